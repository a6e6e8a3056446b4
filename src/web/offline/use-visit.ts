import { useEffect, useMemo } from 'react';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { WhyLeft } from '#domain/visits/why-left.ts';
import { lookAt, useBoard } from './board-state.ts';
import { byPlan } from './day-record.ts';
import type { OutboxItem } from './outbox-item.ts';
import { offlineMachine } from './start.ts';

export type SeenVisit = {
  page: VisitPage | null;
  /** As of when the server's part of it is. */
  asOf: Instant | null;
  /** What waits or was refused of this visit. */
  items: OutboxItem[];
  missing: boolean;
};

/** A visit as it is on this device: what the server last told, and what was done here since. */
export function useVisit(id: string): SeenVisit {
  const board = useBoard();
  const seen = board.pages.get(id);
  const isNotCarried = board.ready && !seen?.is_on_board;
  useEffect(() => {
    if (!isNotCarried) return;
    void bringHere(id);
    return lookAt(id);
  }, [isNotCarried, id]);
  return useMemo(
    () => ({
      page: seen?.page ?? null,
      asOf: seen?.as_of ?? null,
      items: board.items.filter(({ visit_id }) => visit_id === id),
      missing: seen === undefined && board.missing.has(id),
    }),
    [seen, board.items, board.missing, id],
  );
}

/** A visit that was opened by its address and is not among those on board, or no longer. */
async function bringHere(id: string): Promise<void> {
  const machine = await offlineMachine();
  if (machine === null) return;
  const { fetchVisit } = await import('./machine/pull.ts');
  await fetchVisit(machine, id, null);
}

export type Left = VisitPage & { why: WhyLeft };
export type OnBoardVisits = {
  pages: VisitPage[];
  /** What was among them within the last days and is not any more, where the person has to know why. */
  left: Left[];
  asOf: Instant | null;
  ready: boolean;
};

/** The visits to have on board, in the order in which they are planned. */
export function useOnBoardVisits(): OnBoardVisits {
  const { pages, checked_at, ready } = useBoard();
  return useMemo(() => {
    const all = [...pages.values()];
    const carried = all.filter(({ is_on_board }) => is_on_board).map(({ page }) => page);
    const left = all.flatMap(({ page, left: why }) => (why === null ? [] : [{ ...page, why }]));
    return { pages: carried.toSorted(byPlan), left: left.toSorted(byPlan), asOf: checked_at, ready };
  }, [pages, checked_at, ready]);
}
