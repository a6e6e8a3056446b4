import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { ErrorState } from '../ui/ErrorState.tsx';
import { queryClient } from '../ui/query-client.ts';
import { Entrance } from './Entrance.tsx';
import { NotFound } from './NotFound.tsx';
import { type ScreenLine, screens } from './routes.tsx';
import { meQuery } from './session.ts';
import type { Shell } from './shell-kind.ts';
import { frames } from './shells.tsx';

/** Where a person begins: whoever goes on site, with the visits that the phone has on board. */
function homeOf(shell: Shell): string {
  if (shell === 'portal') return '/portal';
  const me = queryClient.getQueryData(meQuery.queryKey);
  return shell === 'phone' && me?.permissions.includes('visits.carry') ? '/today' : '/tickets';
}

/** The screens of one shell inside its frame, the open ones beside it. */
export function routerFor(shell: Shell) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
  const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: frames[shell] });
  const routeOf = (line: ScreenLine, parent: typeof root) =>
    createRoute({
      getParentRoute: () => parent,
      path: line.path,
      component: line.component,
      errorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
    });
  const framed = shell === 'open' ? [] : screens.filter((line) => line.shells.includes(shell));
  const open = screens.filter((line) => line.shells.includes('open') && !framed.includes(line));
  const entrance = ['/', '$'].map((path) =>
    createRoute({ getParentRoute: () => root, path, component: Entrance }),
  );
  // Whoever kept the address of the sign-in comes home too.
  const home = ['/', '/sign-in'].map((path) =>
    createRoute({
      getParentRoute: () => root,
      path,
      beforeLoad: () => {
        throw redirect({ to: homeOf(shell) });
      },
    }),
  );
  const tree = root.addChildren([
    frame.addChildren(framed.map((line) => routeOf(line, frame as unknown as typeof root))),
    ...open.map((line) => routeOf(line, root)),
    ...(shell === 'open' ? entrance : home),
  ]);
  return createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultPendingMs: 100,
    // The shells scroll inside `main`: a new screen begins at its top.
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
    // Search parameters are plain words, as people may read and send them.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const present = Object.entries(search).filter(([, value]) => value !== undefined && value !== null);
      const text = new URLSearchParams(present.map(([name, value]) => [name, String(value)])).toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}
