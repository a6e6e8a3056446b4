import { useSyncExternalStore } from 'react';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { OutboxItem } from './outbox-item.ts';

export type BoardPage = { page: VisitPage; as_of: Instant; is_on_board: boolean };

/** What stands on this device for the person, unsealed, in this tab's memory. The machine keeps it; screens read it. */
export type Board = {
  ready: boolean;
  /** When the server was last asked whether all this is still so. */
  checked_at: Instant | null;
  pages: ReadonlyMap<string, BoardPage>;
  items: readonly OutboxItem[];
  photos_waiting: number;
  /** Asked for, and the server said that there is no such visit for this person. */
  missing: ReadonlySet<string>;
};

const empty: Board = {
  ready: false,
  checked_at: null,
  pages: new Map(),
  items: [],
  photos_waiting: 0,
  missing: new Set(),
};
let board = empty;
const watchers = new Set<() => void>();

export function setBoard(next: Partial<Board>): void {
  board = { ...board, ...next };
  for (const watcher of watchers) watcher();
}

export function clearBoard(): void {
  setBoard(empty);
}

export function presentBoard(): Board {
  return board;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useBoard(): Board {
  return useSyncExternalStore(watch, presentBoard);
}
