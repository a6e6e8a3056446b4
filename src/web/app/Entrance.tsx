import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { ErrorState } from '../ui/ErrorState.tsx';
import { NetworkSentence } from '../ui/NetworkSentence.tsx';
import { lazyPart } from '../ui/the-rest.ts';
import { setupQuery } from './session.ts';

const SignIn = lazyPart(() => import('../people/SignIn.tsx'), 'SignIn');
const SetUp = lazyPart(() => import('../people/SetUp.tsx'), 'SetUp');

/**
 * What stands at every address while nobody is signed in: the set-up of an empty database, or the sign-in. The address
 * stays, so that after signing in the person is where the link was meant to lead.
 */
export function Entrance() {
  const { data, error, refetch } = useQuery(setupQuery);
  return (
    <>
      <NetworkSentence />
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data && <Suspense>{data.needs_setup ? <SetUp /> : <SignIn />}</Suspense>}
    </>
  );
}
