import { Refusal } from '#domain/ground/refusal.ts';
import { applyAct } from '#domain/visits/acting.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { OutboxRow } from './database.ts';
import type { StoredAct } from './stored-act.ts';

export type Laid = Pick<OutboxRow, 'state' | 'version' | 'outcome'> & { stored: StoredAct };

/** Whether an act is not in what the server last told, and shows on this device all the same. */
export function liesOver({ state, version, outcome }: Omit<Laid, 'stored'>, page: VisitPage): boolean {
  if (state === 'refused' || outcome === 'quarantined') return false;
  return !(state === 'done' && version !== null && version <= page.visit.version);
}

/**
 * A visit's page as it is on this device: what the server last told, and upon it, in order, what was done since and is not
 * in there yet. What no longer fits is passed over: the server will say so in its verdict.
 */
export function layOver(page: VisitPage, acts: Laid[], person: { id: string; name: string }): VisitPage {
  let visit = page.visit;
  for (const act of acts) {
    if (!liesOver(act, page)) continue;
    const { stored } = act;
    const after = applyAct(visit, stored.act, { ...person, happened_at: stored.happened_at });
    if (!(after instanceof Refusal)) visit = after;
  }
  return visit === page.visit ? page : { ...page, visit };
}
