import { Refusal } from '#domain/ground/refusal.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Laid } from './lay-over.ts';

const isMissing = ['visits.entry_unknown', 'visits.finding_unknown'];

/**
 * What is said of an edit that was refused because its line is not in the visit; null where that is all there is to say. A line of
 * one's own can leave it while its form is open, or its edit waits: the server would not take it, or it came too late and waits for
 * a lead. "Not found" would be no news to somebody who wrote it here.
 */
export function whatBecame(
  code: string,
  edit: VisitAct,
  { page, acts }: { page: VisitPage; acts: Laid[] },
): Refusal | null {
  const lineId = lineOf(edit);
  if (!isMissing.includes(code) || lineId === null) return null;
  const made = acts.find(({ stored }) => idOf(stored.act.body) === lineId);
  if (made?.state === 'refused') return new Refusal('conflict', 'offline.line_refused');
  const kept = page.about.quarantined.find(({ body }) => idOf(body) === lineId);
  if (kept?.decided?.verdict === 'dropped')
    return new Refusal('conflict', 'offline.line_dropped', { name: kept.decided.by_name });
  const waits = kept ? kept.decided === null : made?.outcome === 'quarantined';
  return waits ? new Refusal('conflict', 'offline.line_set_apart') : null;
}

function lineOf({ name, body }: VisitAct): string | null {
  if (name === 'edit_log') return body.entry_id;
  return name === 'edit_finding' ? body.finding_id : null;
}

const idOf = (body: object) => (body as { id?: unknown }).id;
