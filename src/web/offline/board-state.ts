import { useSyncExternalStore } from 'react';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { WhyLeft } from '#domain/visits/why-left.ts';
import type { OutboxItem } from './outbox-item.ts';

/** `left`: why it is no longer among those to have on board, where the person has to know; null of what was only looked at. */
export type BoardPage = { page: VisitPage; as_of: Instant; is_on_board: boolean; left: WhyLeft | null };

/** What stands on this device for the person, unsealed, in this tab's memory. The machine keeps it; screens read it. */
export type Board = {
  ready: boolean;
  /** Why it is not open: a part of the app that opens it did not load, or the browser has not opened its store for long. */
  lack: 'part' | 'store' | null;
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
  lack: null,
  checked_at: null,
  pages: new Map(),
  items: [],
  photos_waiting: 0,
  missing: new Set(),
};
let board = empty;
const watchers = new Set<() => void>();

export function setBoard(given: Partial<Board>): void {
  const next = { ...board, ...given };
  if (isSameMap(next.pages, board.pages)) next.pages = board.pages;
  if (isSameList(next.items, board.items)) next.items = board.items;
  // What is written beside (that an act was tried, say) draws nothing anew.
  if ((Object.keys(next) as (keyof Board)[]).every((name) => next[name] === board[name])) return;
  board = next;
  for (const watcher of watchers) watcher();
}

function isSameMap(a: Board['pages'], b: Board['pages']): boolean {
  return a.size === b.size && [...a].every(([id, page]) => isSamePage(page, b.get(id)));
}

function isSamePage(a: BoardPage, b: BoardPage | undefined): boolean {
  const isSameStanding = a.is_on_board === b?.is_on_board && a.left?.why === b.left?.why;
  return isSameStanding && a.page === b?.page && a.as_of === b.as_of;
}

function isSameList(a: readonly OutboxItem[], b: readonly OutboxItem[]): boolean {
  const said = ({ id, state, problem }: OutboxItem) => `${id} ${state} ${problem?.code}`;
  return a.length === b.length && a.every((item, n) => b[n] !== undefined && said(item) === said(b[n]));
}

export function clearBoard(): void {
  setBoard(empty);
}

export function presentBoard(): Board {
  return board;
}

const lookedAt = new Set<string>();

/** Somebody looks at a visit that is not on board: it is kept fresh for as long. */
export function lookAt(visitId: string): () => void {
  lookedAt.add(visitId);
  return () => lookedAt.delete(visitId);
}

export function visitsLookedAt(): string[] {
  return [...lookedAt];
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useBoard(): Board {
  return useSyncExternalStore(watch, presentBoard);
}
