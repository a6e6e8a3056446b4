import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { CatchBoundary, RouterProvider } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { shadesOf } from '../ui/accent.ts';
import { ErrorOver, ErrorState } from '../ui/ErrorState.tsx';
import { endFirstPicture } from '../ui/first-picture.ts';
import { hasChosenLanguage, switchLanguage } from '../ui/i18n.ts';
import { useLive } from '../ui/live.ts';
import { NetworkSentence } from '../ui/NetworkSentence.tsx';
import type { Language } from '../ui/present-language.ts';
import { queryClient } from '../ui/query-client.ts';
import { setOwnName } from '../ui/Screen.tsx';
import { putOffSignIn, useSignInNeeded } from '../ui/session-gate.ts';
import { lazyPart, loadTheRestInIdleTime } from '../ui/the-rest.ts';
import { cssVariables, themeFor } from '../ui/theme.ts';
import { ZoneContext } from '../ui/use-words.ts';
import { readersZone } from '../ui/wall-time.ts';
import { routerFor } from './router.tsx';
import { firmQuery, forgetOthers, meQuery, rememberPerson, useFirmName } from './session.ts';
import { type Shell, useShell } from './shell-kind.ts';

const SignInAgain = lazyPart(() => import('./SignInAgain.tsx'), 'SignInAgain');

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Themed />
    </QueryClientProvider>
  );
}

function Themed() {
  const me = useQuery(meQuery);
  const firm = useQuery(firmQuery);
  const shell = useShell(me.data ?? null);
  const kind = shell === 'open' ? 'portal' : shell;
  const accent = firm.data?.accent_color;
  const { t } = useTranslation();
  const close = t('ui.close');
  const theme = useMemo(
    () => themeFor(kind, { close }, accent ? shadesOf(accent) : undefined),
    [kind, close, accent],
  );
  setOwnName(useFirmName(firm.data));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      // The theme says nearly all of them anew; loading the defaults too would be 3 KB for nothing.
      deduplicateCssVariables={false}
    >
      {me.data === undefined ? (
        <Waiting error={me.error} onRetry={() => void me.refetch()} />
      ) : (
        <Routed me={me.data} shell={shell} />
      )}
    </MantineProvider>
  );
}

/** PhoneToday ends the first picture by itself, whoever stands elsewhere is seen at once. */
function usePictureGivesWay(given: { router: ReturnType<typeof routerFor>; isElsewhere: boolean }): void {
  const { router, isElsewhere } = given;
  useEffect(() => {
    if (isElsewhere) endFirstPicture();
    return router.subscribe('onRendered', ({ toLocation }) => {
      if (toLocation.pathname !== '/today') endFirstPicture();
    });
  }, [router, isElsewhere]);
}

/** Before it is known who is there: nothing, and a sentence when that takes long. */
function Waiting({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main aria-busy={!error}>
      <NetworkSentence />
      {error ? <ErrorState error={error} onRetry={onRetry} /> : null}
    </main>
  );
}

function Routed({ me, shell }: { me: Me | null; shell: Shell }) {
  const { t } = useTranslation();
  const router = useMemo(() => routerFor(shell), [shell]);
  const signInNeeded = useSignInNeeded();
  const mayPutOff = shell === 'phone';
  useLive(me !== null);
  useEffect(loadTheRestInIdleTime, []);
  usePictureGivesWay({ router, isElsewhere: shell !== 'phone' || signInNeeded === 'now' });
  useEffect(() => {
    if (!me) return;
    if (shell !== 'phone') return void forgetOthers(me);
    void rememberPerson(me);
    void import('../offline/start.ts').then(({ startOffline }) => startOffline(me));
  }, [me, shell]);
  useEffect(() => {
    // On a device where nobody chose a language yet, the person's own one holds.
    if (me && !hasChosenLanguage()) void switchLanguage(me.locale as Language);
  }, [me]);
  const zone = readersZone(me?.zone);
  return (
    <ZoneContext value={zone}>
      <Suspense fallback={<div role="status" aria-label={t('app.loading')} />}>
        <RouterProvider key={shell} router={router} />
      </Suspense>
      {/* Boundaries of its own: while it loads, or cannot, what somebody is writing in stays on the screen. */}
      <CatchBoundary
        getResetKey={() => signInNeeded}
        errorComponent={({ error }) => (
          <ErrorOver error={error} onClose={mayPutOff ? () => putOffSignIn(true) : undefined} />
        )}
      >
        <Suspense fallback={null}>
          {signInNeeded === 'now' && me !== null && <SignInAgain me={me} mayPutOff={mayPutOff} />}
        </Suspense>
      </CatchBoundary>
    </ZoneContext>
  );
}
