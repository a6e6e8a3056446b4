import type { LogEntry, Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import { hearFromSite, type SiteWaiting } from '../../tickets/actions/hear-from-site.ts';
import type { VisitRecord } from '../queries/visit-record.ts';
import { type ContactNames, loadContactNames } from './hold-against-records.ts';

/**
 * R7: what the ticket's clocks hear of from the site. A line that the customer can read now and could not before is our word
 * to them; waiting for them pauses the clocks, and its end lets them go on. Later corrections of times leave the clocks alone.
 */
export async function tellTicket(
  ctx: Context,
  act: { before: Visit; after: Visit; ticket: VisitRecord['ticket']; contactNames: ContactNames },
): Promise<void> {
  const { before, after, ticket } = act;
  if (ticket.state === 'closed') return;
  const known = new Map(before.log.map((entry) => [entry.id, entry]));
  const changed = after.log.filter((entry) => known.get(entry.id) !== entry);
  if (changed.length === 0) return;
  const said = changed.some((entry) => isSaid(entry) && !isSaid(known.get(entry.id)));
  const waitings: SiteWaiting[] = [];
  for (const entry of changed) {
    const was = known.get(entry.id);
    const began = isWaiting(entry) && !isWaiting(was);
    const ended = isWaiting(was) && was.ended_at === null && (!isWaiting(entry) || entry.ended_at !== null);
    if (!began && !ended) continue;
    const contact_id = (began ? entry : was)?.waiting_on_contact_id as string;
    const names = act.contactNames.has(contact_id)
      ? act.contactNames
      : await loadContactNames(ctx, after.customer_id, [contact_id]);
    waitings.push({
      waiting_for: entry.waiting_for,
      contact_id,
      contact_name: names.get(contact_id) as string,
      began_at: began ? entry.started_at : null,
      since: (was ?? entry).started_at,
      ended_at: isWaiting(entry) ? entry.ended_at : ctx.happenedAt,
    });
  }
  if (said || waitings.length > 0) await hearFromSite(ctx, ticket.id, { said, waitings });
}

function isSaid(entry: LogEntry | undefined): boolean {
  return entry !== undefined && entry.customer_line.trim() !== '';
}

function isWaiting(entry: LogEntry | undefined): entry is LogEntry {
  return entry?.kind === 'waiting';
}
