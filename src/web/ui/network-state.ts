import { useSyncExternalStore } from 'react';
import { isOurs } from './device.ts';

/**
 * How the way to the server is, as far as this screen knows. `slow`: an answer is overdue; `unreachable`: nobody
 * answers at the address; `database` and `disk`: the server answers and says what it lacks; `captive`: the network itself
 * answers in the server's place, as in hotels before one has signed in there.
 */
export type NetworkState = 'up' | 'slow' | 'offline' | 'unreachable' | 'database' | 'disk' | 'captive';

/** What stands in this device's outbox: it outlives the page, unlike what merely waits in it. */
export type Kept = {
  /** Whether the outbox was looked into yet, or there is none for this person. */
  is_known: boolean;
  waiting: number;
  /** Of `sending_of`, so many are up already; 0 of 0 while nothing is being sent. */
  sent: number;
  sending_of: number;
  refused: number;
  storage: 'fine' | 'full' | 'broken';
  signed_out: boolean;
};

export type Network = { state: NetworkState; waiting: number; kept: Kept };

const nothingKept: Kept = {
  is_known: false,
  waiting: 0,
  sent: 0,
  sending_of: 0,
  refused: 0,
  storage: 'fine',
  signed_out: false,
};
let network: Network = { state: navigator.onLine ? 'up' : 'offline', waiting: 0, kept: nothingKept };
const watchers = new Set<() => void>();
const recoveries = new Set<() => void>();

function change(next: Partial<Network>): void {
  const before = network;
  network = { ...network, ...next };
  if (JSON.stringify(before) === JSON.stringify(network)) return;
  for (const watcher of watchers) watcher();
  const wasDown = before.state !== 'up' && before.state !== 'slow';
  if (wasDown && network.state === 'up') for (const recover of recoveries) recover();
}

export function reportNetwork(state: NetworkState): void {
  // A failure while the device itself says it has no network is that, whatever the failure looked like.
  change({ state: navigator.onLine || state === 'up' ? state : 'offline' });
}

/** Counts the acts that were made on the screen and have no verdict yet. */
export function countWaiting(difference: 1 | -1): void {
  change({ waiting: network.waiting + difference });
}

/** What the outbox says of itself. */
export function reportKept(kept: Partial<Kept>): void {
  change({ kept: { ...network.kept, ...kept } });
}

export function presentNetwork(): Network {
  return network;
}

/** Calls back whenever the server can be reached again after it could not. */
export function onRecovery(callback: () => void): () => void {
  recoveries.add(callback);
  return () => recoveries.delete(callback);
}

export function useNetwork(): Network {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => network,
  );
}

const probeEveryMs = 2_500;
const probeLimitMs = 8_000;
let probing: ReturnType<typeof setInterval> | undefined;

/** Looks every few seconds whether the server is back, only while it is away. */
export function watchNetwork(): void {
  window.addEventListener('offline', () => change({ state: 'offline' }));
  window.addEventListener('online', () => void askServer());
  watchers.add(() => {
    if (network.state === 'up' || network.state === 'slow') {
      clearInterval(probing);
      probing = undefined;
    } else probing ??= setInterval(() => void askServer(), probeEveryMs);
  });
}

/** Asks whether the server is there, for whoever has a reason to doubt it, and says on the screen what came of it. */
export async function askServer(): Promise<void> {
  if (!navigator.onLine) return;
  try {
    const response = await fetch('/api/health', {
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(probeLimitMs),
    });
    if (response.status < 500 && !isOurs(response)) change({ state: 'captive' });
    else if (response.ok) change({ state: 'up' });
    else if (response.status === 503 && network.state !== 'disk') change({ state: 'database' });
    else if (response.status === 502 || response.status === 504) change({ state: 'unreachable' });
  } catch {
    change({ state: navigator.onLine ? 'unreachable' : 'offline' });
  }
}
