import type { LogEntry, Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import { hearFromSite, type SiteCorrection, type SiteWaiting } from '../../tickets/actions/hear-from-site.ts';
import type { VisitRecord } from '../queries/visit-record.ts';
import { type ContactNames, loadContactNames } from './hold-against-records.ts';

/**
 * R7: what the ticket's clocks hear of from the site. A line that the customer can read now and could not before is our word
 * to them; waiting for them pauses the clocks, and its end lets them go on. Later corrections of times leave the clocks alone;
 * of a waiting that still runs the ticket hears them all the same, as it knows by them which one ends.
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
  const nameOf = async (id: string) =>
    (act.contactNames.get(id) ?? (await loadContactNames(ctx, after.customer_id, [id])).get(id)) as string;
  const waitings: SiteWaiting[] = [];
  const corrections: SiteCorrection[] = [];
  for (const entry of changed) {
    const was = known.get(entry.id);
    const began = isWaiting(entry) && !isWaiting(was);
    const ended = isRunningWait(was) && !isRunningWait(entry);
    if (isRunningWait(was) && isRunningWait(entry) && !isSameWait(was, entry)) {
      const contact_name = await nameOf(entry.waiting_on_contact_id);
      corrections.push({ from: keptOf(was), to: { ...keptOf(entry), contact_name } });
    }
    if (!began && !ended) continue;
    const contact_id = (began ? entry : was)?.waiting_on_contact_id as string;
    waitings.push({
      waiting_for: entry.waiting_for,
      contact_id,
      contact_name: await nameOf(contact_id),
      began_at: began ? entry.started_at : null,
      since: (was ?? entry).started_at,
      ended_at: isWaiting(entry) ? entry.ended_at : ctx.happenedAt,
    });
  }
  if (said || waitings.length > 0 || corrections.length > 0)
    await hearFromSite(ctx, ticket.id, { said, waitings, corrections });
}

type Wait = LogEntry & { waiting_on_contact_id: string };

/** What a ticket keeps of a waiting. */
function keptOf({ waiting_for, waiting_on_contact_id, started_at }: Wait) {
  return { waiting_for, contact_id: waiting_on_contact_id, since: started_at };
}

function isSaid(entry: LogEntry | undefined): boolean {
  return entry !== undefined && entry.customer_line.trim() !== '';
}

function isWaiting(entry: LogEntry | undefined): entry is Wait {
  return entry?.kind === 'waiting';
}

function isRunningWait(entry: LogEntry | undefined): entry is Wait {
  return isWaiting(entry) && entry.ended_at === null;
}

function isSameWait(one: Wait, other: Wait): boolean {
  return (
    one.waiting_for === other.waiting_for &&
    one.waiting_on_contact_id === other.waiting_on_contact_id &&
    one.started_at === other.started_at
  );
}
