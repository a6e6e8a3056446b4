import type { VisitPage } from '#domain/visits/views.ts';
import type { OutboxItem } from '../outbox-item.ts';
import type { OutboxRow } from './database.ts';
import type { Laid } from './lay-over.ts';
import { whatBecame } from './missing-line.ts';

/** An act as its engineer sees it while it waits or is refused, with the plainest reason; null once it is done. */
export function itemOf(
  { id, visit_id, state, photos, stored }: OutboxRow & Laid,
  { page, acts }: { page: VisitPage | undefined; acts: Laid[] },
): OutboxItem | null {
  if (state === 'done') return null;
  const { act, happened_at, problem } = stored;
  const became = problem && page && whatBecame(problem.code, act, { page, acts });
  return { id, act, visit_id, happened_at, state, photos, problem: became || problem };
}
