import type { ClockFact } from '#domain/tickets/sla-clock.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import { findDefaultCalendar } from '../calendar/queries/default-calendar.ts';
import type { Context } from '../platform/context.ts';
import type { JobTools, Listener, RecordedEvent } from '../platform/jobs.ts';
import { nextDue, replaceFacts } from './actions/clock-rows.ts';
import { loadClocks, saveChanged } from './actions/clocks.ts';
import { loadTicket } from './actions/load-ticket.ts';
import { loadTermsOf } from './actions/terms.ts';

/**
 * A calendar has a new version: clocks that run on an earlier one follow it from the moment of the edit; what was
 * counted before stays as it was counted.
 */
async function followCalendar(event: RecordedEvent, { db, asSystem }: JobTools): Promise<void> {
  const { id: defaultId } = await findDefaultCalendar(db);
  const tickets = await db
    .selectFrom('tickets')
    .leftJoin('contracts', 'contracts.id', 'tickets.contract_id')
    .select('tickets.id')
    .where((is) =>
      is.or([
        is('contracts.calendar_id', '=', event.subject_id),
        ...(defaultId === event.subject_id ? [is('tickets.contract_id', 'is', null)] : []),
      ]),
    )
    .where('tickets.state', '<>', 'closed')
    .execute();
  for (const { id } of tickets)
    await asSystem((ctx) => followTerms(ctx, id, { event, why: 'calendar_edited' }));
}

/** A contract has other targets or another calendar: its open tickets follow from the moment of the edit. */
async function followContract(event: RecordedEvent, { db, asSystem }: JobTools): Promise<void> {
  const tickets = await db
    .selectFrom('tickets')
    .select('id')
    .where('contract_id', '=', event.subject_id)
    .where('state', '<>', 'closed')
    .execute();
  for (const { id } of tickets) await asSystem((ctx) => followTerms(ctx, id, { event, why: 'contract' }));
}

/** Adds the facts of the new terms at the time of the edit; a second run finds them there and adds nothing. */
async function followTerms(
  ctx: Context,
  ticketId: string,
  by: { event: RecordedEvent; why: 'contract' | 'calendar_edited' },
): Promise<void> {
  const ticket = await loadTicket(ctx, ticketId);
  const own = await ctx.db
    .selectFrom('tickets')
    .select(['contract_id', 'kind', 'priority'])
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
  const terms = await loadTermsOf(ctx, { ...own, kind: own.kind as TicketKind });
  const before = await loadClocks(ctx.db, ticketId);
  const at = { at: by.event.happened_at, received_at: by.event.received_at };
  const after = await Promise.all(
    before.map((row) => {
      if (row.state === 'met' || row.state === 'stopped') return row;
      const facts: ClockFact[] = [];
      if (presentCalendar(row.facts) !== terms.calendar_version_id) {
        facts.push({ kind: 'calendar', ...at, calendar_version_id: terms.calendar_version_id, why: by.why });
      }
      if (by.why === 'contract' && presentTarget(row.facts) !== terms.minutes[row.kind]) {
        facts.push({ kind: 'target', ...at, minutes: terms.minutes[row.kind], why: 'contract' });
      }
      if (facts.length === 0) return row;
      const cause = { at: ctx.now, cause: 'calendar_edited' as const, happened_at: by.event.happened_at };
      return replaceFacts(ctx, row, [...row.facts, ...facts], cause);
    }),
  );
  await saveChanged(ctx, { ticket, before, after });
  await ctx.db
    .updateTable('tickets')
    .set({ next_due_at: nextDue(after) })
    .where('id', '=', ticketId)
    .execute();
}

function presentCalendar(facts: readonly ClockFact[]): string | undefined {
  const fact = facts.findLast((each) => 'calendar_version_id' in each);
  return fact && 'calendar_version_id' in fact ? fact.calendar_version_id : undefined;
}

function presentTarget(facts: readonly ClockFact[]): number | undefined {
  const fact = facts.findLast((each) => 'minutes' in each);
  return fact && 'minutes' in fact ? fact.minutes : undefined;
}

export const listeners: Listener[] = [
  { on: 'calendar.edited', task: 'tickets.follow_calendar', run: followCalendar },
  { on: 'contract.edited', task: 'tickets.follow_contract', run: followContract },
];
