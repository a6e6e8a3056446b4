import { cacheNames, clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

// The phone's app opens without a network. The page that stands before the app is loaded (decision 29) answers all addresses;
// a newer version waits until somebody asks for it (app-update.ts).
type Lasting = Event & { waitUntil(done: Promise<unknown>): void };
type Source = { cacheName: string } | 'network';
type Route = { condition: { urlPattern: URLPatternInit; requestMode?: 'navigate' }; source: Source };
/**
 * Where the browser knows routes (the ServiceWorker Static Routing API), it answers these addresses itself, without waking the
 * worker. What is not in the cache then comes from the network alone, so a route stands only when all behind it is kept.
 */
type Installing = Lasting & { addRoutes?(routes: Route[]): Promise<void> };
type Worker = {
  __WB_MANIFEST: { url: string; revision: string | null }[];
  skipWaiting(): void;
  addEventListener(name: 'install', then: (event: Installing) => void): void;
  addEventListener(name: 'activate', then: (event: Lasting) => void): void;
  addEventListener(name: 'message', then: (event: MessageEvent<{ type?: string } | null>) => void): void;
};
declare const self: Worker;

const page = 'carried.html';
/** Where the app is opened at. To wake the worker for them costs a slow phone a quarter of a second. */
const doors = ['/', '/today'];
/** For these the browser throws away the process that it began for the page, and begins another (decision 29). */
const slow = ['Cross-Origin-Opener-Policy', 'Origin-Agent-Cluster'];
const files = self.__WB_MANIFEST;
const pagesBegin = 'copperpea doors ';
// Each version's own: while a newer one waits, the older opens its own page.
const pages = pagesBegin + files.find(({ url }) => url === page)?.revision;

const kept = new PrecacheController();
kept.addToCacheList(files);
registerRoute(new PrecacheRoute(kept, { directoryIndex: page }));
registerRoute(new NavigationRoute(kept.createHandlerBoundToURL(`/${page}`), { denylist: [/^\/api\//] }));
cleanupOutdatedCaches();
// The page that installs it may lose its network before it has seen every screen.
clientsClaim();

self.addEventListener('install', (event) => {
  const isKept = kept.install(event as never);
  // Faster, not needed: without them the worker answers.
  if (event.addRoutes) event.waitUntil(isKept.then(() => openDoors(event)).catch(() => {}));
});

self.addEventListener('activate', (event) => {
  kept.activate(event as never);
  event.waitUntil(closeOldDoors());
});

self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') self.skipWaiting();
});

async function openDoors(event: Installing): Promise<void> {
  const answer = await kept.matchPrecache(`/${page}`);
  if (!answer) return;
  const cache = await caches.open(pages);
  const headers = new Headers(answer.headers);
  for (const name of slow) headers.delete(name);
  const text = await answer.text();
  for (const door of doors) await cache.put(door, new Response(text, { headers }));
  await event.addRoutes?.([
    ...doors.map((door) => routeTo(pages, { pathname: door, isPage: true })),
    routeTo(cacheNames.precache, { pathname: '/assets/*', isPage: false }),
    // Nothing for the worker. Chromium forgets a newer version that was asked for while a request wakes the older one.
    { condition: { urlPattern: { pathname: '/api/*', search: '*' } }, source: 'network' },
  ]);
}

function routeTo(cacheName: string, { pathname, isPage }: { pathname: string; isPage: boolean }): Route {
  const condition = {
    urlPattern: { pathname, search: '' },
    ...(isPage && { requestMode: 'navigate' as const }),
  };
  return { condition, source: { cacheName } };
}

async function closeOldDoors(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(pagesBegin) && name !== pages) await caches.delete(name);
}
