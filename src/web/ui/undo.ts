import { useSyncExternalStore } from 'react';

export type Toast = { id: number; text: string; undo?: () => void; link?: { label: string; to: string } };

/** How long an act can be taken back from the toast. */
export const undoMs = 8_000;

let toasts: readonly Toast[] = [];
let count = 0;
const watchers = new Set<() => void>();

function setToasts(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

export function dismissToast(id: number): void {
  setToasts(toasts.filter((toast) => toast.id !== id));
}

/** Says what was done, with a way back where there is one. */
export function say(toast: Omit<Toast, 'id'>): void {
  const id = ++count;
  setToasts([...toasts, { ...toast, id }].slice(-3));
  setTimeout(() => dismissToast(id), undoMs);
}

/** Takes the last act back, for the keyboard. False when there is none. */
export function undoLast(): boolean {
  const last = toasts.findLast((toast) => toast.undo !== undefined);
  if (!last) return false;
  dismissToast(last.id);
  last.undo?.();
  return true;
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => toasts,
  );
}
