import { useSyncExternalStore } from 'react';

/**
 * `kept`: the app itself opens without a network. `isNewer`: another version waits; it takes over only when somebody asks,
 * since a page that loads anew in the middle of a visit would be the worse fault.
 */
export type AppVersion = { kept: boolean; isNewer: boolean };

let version: AppVersion = { kept: false, isNewer: false };
let waiting: ServiceWorker | null = null;
const watchers = new Set<() => void>();
const lookEveryMs = 60 * 60_000;

function change(next: Partial<AppVersion>): void {
  version = { ...version, ...next };
  for (const watcher of watchers) watcher();
}

export function useAppVersion(): AppVersion {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => version,
  );
}

/** Keeps the app itself on this device. Only the phone of staff asks for it; elsewhere nothing is registered. */
export async function keepApp(): Promise<void> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    void navigator.serviceWorker.ready.then(() => change({ kept: true }));
    follow(registration);
    const look = () => void registration.update().catch(() => {});
    setInterval(look, lookEveryMs);
    window.addEventListener('online', look);
  } catch {
    // Without it everything works but the start without a network, and the card says so.
  }
}

function follow(registration: ServiceWorkerRegistration): void {
  const isThere = () => {
    // The first one ever has nothing to replace.
    if (registration.waiting && registration.active) {
      waiting = registration.waiting;
      change({ isNewer: true });
    }
  };
  isThere();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', isThere);
  });
}

/** Changes to the newer version and opens it; what waits in the outbox is untouched. */
export function updateApp(): void {
  if (waiting === null) return;
  // Somebody asked for it in another tab: it has taken over already, and this page is the older one still.
  if (waiting.state === 'activated') {
    location.reload();
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage({ type: 'SKIP_WAITING' });
}
