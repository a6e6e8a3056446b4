import { useSyncExternalStore } from 'react';

// One gate for all requests: the first 401 opens the sign-in dialog over whatever is on the screen, the others
// wait behind it; nothing typed is lost, and all of them go on after the sign-in.
let waiting: { promise: Promise<void>; open: () => void } | null = null;
let isPutOff = false;
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
  isPutOff = false;
  tell();
  gate?.open();
}

/** On site, with no network for a sign-in, the work goes on: what is done waits on the device all the same. */
export function putOffSignIn(isLater: boolean): void {
  isPutOff = isLater;
  tell();
}

export type SignInNeeded = 'no' | 'now' | 'later';

/** Whether requests wait for a sign-in, and whether the person said that it can wait. */
export function useSignInNeeded(): SignInNeeded {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => (waiting === null ? 'no' : isPutOff ? 'later' : 'now'),
  );
}
