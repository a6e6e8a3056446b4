import { useSyncExternalStore } from 'react';

// One gate for all requests: the first 401 opens the sign-in dialog over whatever is on the screen, the others
// wait behind it; nothing typed is lost, and all of them go on after the sign-in.
let waiting: { promise: Promise<void>; open: () => void } | null = null;
let isPutOff = false;
let holding = 0;
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

/**
 * Nobody is interrupted in the middle of writing: the question waits until they are done. Only for forms whose acts wait
 * on the device, never for one whose own request waits behind the gate. Returns what ends it.
 */
export function holdSignIn(): () => void {
  holding += 1;
  tell();
  return () => {
    holding -= 1;
    tell();
  };
}

export type SignInNeeded = 'no' | 'now' | 'later';

/** Whether requests wait for a sign-in, and whether it can wait: the person said so, or is writing. */
export function useSignInNeeded(): SignInNeeded {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => (waiting === null ? 'no' : isPutOff || holding > 0 ? 'later' : 'now'),
  );
}
