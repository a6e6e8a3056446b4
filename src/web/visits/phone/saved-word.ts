import { useSyncExternalStore } from 'react';

const shownMs = 4_000;
let word = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

function setWord(next: string): void {
  word = next;
  for (const watcher of watchers) watcher();
}

/** Says in a line that something stands on this device; the latest word alone, and not for long. */
export function saySaved(text: string): void {
  clearTimeout(timer);
  setWord(text);
  timer = setTimeout(() => setWord(''), shownMs);
}

export function useSavedWord(): string {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => word,
  );
}
