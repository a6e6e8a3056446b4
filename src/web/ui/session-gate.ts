import { useSyncExternalStore } from 'react';

// One gate for all requests: the first 401 opens the sign-in dialog over whatever is on the screen, the others
// wait behind it; nothing typed is lost, and all of them go on after the sign-in.
let waiting: { promise: Promise<void>; open: () => void } | null = null;
const watchers = new Set<() => void>();

function tell(): void {
  for (const watcher of watchers) watcher();
}

/** Resolves once the person has signed in again. */
export function signedInAgain(): Promise<void> {
  if (waiting === null) {
    let open = () => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    waiting = { promise, open };
    tell();
  }
  return waiting.promise;
}

export function letThrough(): void {
  const gate = waiting;
  waiting = null;
  tell();
  gate?.open();
}

/** True while requests wait for a sign-in. */
export function useSignInNeeded(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => waiting !== null,
  );
}
