import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ErrorState } from '../ui/ErrorState.tsx';
import { NetworkSentence } from '../ui/NetworkSentence.tsx';
import { setupQuery } from './session.ts';

const SignIn = lazy(() => import('../people/SignIn.tsx').then((file) => ({ default: file.SignIn })));
const SetUp = lazy(() => import('../people/SetUp.tsx').then((file) => ({ default: file.SetUp })));

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
