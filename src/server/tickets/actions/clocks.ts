import type { Instant } from '#domain/ground/instant.ts';
import type { ClockView } from '#domain/tickets/commands.ts';
import type { ClockFact } from '#domain/tickets/sla-clock.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { addFacts, type ClockRow, nextDue, times, viewOf } from './clock-rows.ts';
import { noteDoubt } from './decide-time.ts';
import { aboutTicket } from './load-ticket.ts';
import { loadTerms, loadTermsOf } from './terms.ts';

export type Clocks = { views: ClockView[]; next_due_at: Instant | null };

type TicketIds = { id: string; customer_id: string; requester_id: string };

/** Writes the three clocks of a new ticket. */
export async function startClocks(
  ctx: Context,
  start: { ticket: TicketIds; clocks: readonly ClockRow[] },
): Promise<void> {
  await ctx.db
    .insertInto('ticket_clocks')
    .values(
      start.clocks.map((row) => ({
        ...clockColumns(row),
        id: row.id,
        kind: row.kind,
        ticket_id: start.ticket.id,
        customer_id: start.ticket.customer_id,
        created_at: ctx.now,
        updated_at: ctx.now,
      })),
    )
    .execute();
  await noteDoubt(ctx, start.ticket);
}

/** Our word went out: the first response is met, and the next update is counted from here. */
export async function answerClocks(
  ctx: Context,
  ticket: TicketIds,
  answer: { next_update_at: Instant | null },
): Promise<Clocks & { met: { kind: string; due_at: Instant | null; met_at: Instant }[] }> {
  const before = await loadClocks(ctx.db, ticket.id);
  const met = before
    .filter((row) => row.state === 'running' && row.kind !== 'resolution')
    .map((row) => ({ kind: row.kind, due_at: row.due_at, met_at: ctx.happenedAt }));
  const terms = await loadTermsOf(ctx, await ownTerms(ctx, ticket.id));
  const again: ClockFact[] = [
    {
      kind: 'started',
      ...times(ctx),
      minutes: terms.minutes.next_update,
      calendar_version_id: terms.calendar_version_id,
    },
    ...(answer.next_update_at
      ? [{ kind: 'due_set' as const, ...times(ctx), due_at: answer.next_update_at }]
      : []),
  ];
  const after = await Promise.all(
    before.map((row) => {
      const done: ClockFact[] =
        row.state === 'running' || row.state === 'paused' ? [{ kind: 'met', ...times(ctx) }] : [];
      if (row.kind === 'first_response') {
        const met: ClockFact[] = isEarlier(ctx, row) ? [{ kind: 'met', ...times(ctx) }] : done;
        return met.length > 0 ? addFacts(ctx, row, met) : row;
      }
      if (row.kind === 'next_update')
        return addFacts(ctx, row, [...done, ...again, ...stillPaused(ctx, row)]);
      return row;
    }),
  );
  await saveChanged(ctx, { ticket, before, after });
  return { ...clocksFrom(after), met };
}

/** A word that came in late was the first one after all. */
function isEarlier(ctx: Context, row: ClockRow): boolean {
  return row.state === 'met' && row.met_at !== null && ctx.happenedAt < row.met_at;
}

/** An update while we wait for the customer does not end the waiting: the new round starts paused. */
function stillPaused(ctx: Context, row: ClockRow): ClockFact[] {
  const paused = row.state === 'paused' ? row.facts.findLast((fact) => fact.kind === 'paused') : undefined;
  return paused ? [{ ...paused, ...times(ctx) }] : [];
}

/** We wait for the customer: what runs pauses, but never the first response, which is ours alone to give. */
export async function pauseClocks(
  ctx: Context,
  ticket: TicketIds,
  waiting: { waiting_for: string; asked_of: string },
): Promise<Clocks> {
  return change(ctx, ticket, (row) =>
    row.state === 'running' && row.kind !== 'first_response'
      ? [{ kind: 'paused', ...times(ctx), ...waiting }]
      : [],
  );
}

/** A waiting that somebody wrote down with its own times; one that has ended already leaves the clocks running. */
export async function waitClocks(
  ctx: Context,
  ticket: TicketIds,
  waiting: { waiting_for: string; asked_of: string; began_at: Instant | null; ended_at: Instant | null },
): Promise<Clocks> {
  const { waiting_for, asked_of, began_at, ended_at } = waiting;
  return change(ctx, ticket, (row) => {
    const facts: ClockFact[] = [];
    if (row.kind === 'first_response' || (row.state !== 'running' && row.state !== 'paused')) return facts;
    const since = row.state === 'paused' ? pausedSince(row) : null;
    const pauses = began_at !== null && (since === null || began_at < since);
    // A clock that pauses for something else goes on pausing, unless this waiting was over before that one began.
    const resumes = ended_at !== null && (since === null ? pauses : began_at === null || ended_at <= since);
    if (pauses) facts.push({ kind: 'paused', ...timesOf(ctx, began_at), waiting_for, asked_of });
    // A corrected start moved no clock: a waiting that was over before the pause began takes nothing off, and ends it.
    // Where the times are doubted, a lead decides on them.
    const isBeforePause =
      !times(ctx).doubtful && began_at === null && since !== null && ended_at !== null && ended_at < since;
    // Heard of now, or it would stand before the pause that it ends.
    if (isBeforePause) facts.push({ kind: 'resumed', at: since, received_at: ctx.now });
    else if (resumes) facts.push({ kind: 'resumed', ...timesOf(ctx, ended_at) });
    return facts;
  });
}

// By when it happened: facts stand in the order in which they came in.
function pausedSince(row: ClockRow): Instant | null {
  const pauses = row.facts.flatMap((fact) => (fact.kind === 'paused' ? [fact.at] : []));
  return pauses.sort().at(-1) ?? null;
}

/** A time that a person gave, unless their device's clock is not believed. */
function timesOf(ctx: Context, at: Instant) {
  const said = times(ctx);
  return { ...said, at: said.doubtful ? said.at : at };
}

/** What we waited for is there. */
export async function resumeClocks(ctx: Context, ticket: TicketIds): Promise<Clocks> {
  return change(ctx, ticket, (row) => (row.state === 'paused' ? [{ kind: 'resumed', ...times(ctx) }] : []));
}

/** The ticket is closed: resolution is met, the others have nothing more to count. */
export async function stopClocks(ctx: Context, ticket: TicketIds): Promise<Clocks> {
  return change(ctx, ticket, (row) => {
    if (row.state === 'met' || row.state === 'stopped') return [];
    return [{ kind: row.kind === 'resolution' ? 'met' : 'stopped', ...times(ctx) }];
  });
}

/** The ticket is opened again: resolution goes on from what it had used; the next update is due anew. */
export async function reopenClocks(ctx: Context, ticket: TicketIds): Promise<Clocks> {
  // What another desk closed has no clocks; opened again it is ours to answer.
  if ((await loadClocks(ctx.db, ticket.id)).length === 0)
    return beginLate(ctx, ticket, await ownTerms(ctx, ticket.id));
  await change(ctx, ticket, (row) =>
    row.kind === 'resolution' ? [{ kind: 'reopened', ...times(ctx) }] : [],
  );
  return answerClocks(ctx, ticket, { next_update_at: null });
}

/** Clocks of a ticket that had none, counted from now by what is agreed now. */
export async function beginLate(
  ctx: Context,
  ticket: TicketIds,
  of: { kind: TicketKind; priority: number },
): Promise<Clocks> {
  const { contract_id, clocks } = await loadTerms(ctx, { customer_id: ticket.customer_id, ...of });
  await startClocks(ctx, { ticket, clocks: clocks.rows });
  await ctx.db
    .updateTable('tickets')
    .set({ contract_id, next_due_at: clocks.next_due_at })
    .where('id', '=', ticket.id)
    .execute();
  return clocks;
}

/** Kind, priority or contract changed in mid-flight: what was used stays used, the rest is counted anew. */
export async function retargetClocks(
  ctx: Context,
  ticket: TicketIds,
  to: { kind: TicketKind; priority: number; contract_id: string | null; why: 'priority' | 'contract' },
): Promise<Clocks> {
  const terms = await loadTermsOf(ctx, to);
  const clocks = await change(ctx, ticket, (row) => {
    if (row.state === 'met' || row.state === 'stopped') return [];
    const facts: ClockFact[] = [
      { kind: 'target', ...times(ctx), minutes: terms.minutes[row.kind], why: to.why },
    ];
    if (to.why === 'contract') {
      facts.push({
        kind: 'calendar',
        ...times(ctx),
        calendar_version_id: terms.calendar_version_id,
        why: 'contract',
      });
    }
    return facts;
  });
  await ctx.db
    .updateTable('tickets')
    .set({ next_due_at: clocks.next_due_at })
    .where('id', '=', ticket.id)
    .execute();
  return clocks;
}

export async function clocksOf(ctx: Context, ticketId: string): Promise<Clocks> {
  return clocksFrom(await loadClocks(ctx.db, ticketId));
}

async function change(
  ctx: Context,
  ticket: TicketIds,
  factsFor: (row: ClockRow) => ClockFact[],
): Promise<Clocks> {
  const before = await loadClocks(ctx.db, ticket.id);
  const after = await Promise.all(
    before.map((row) => {
      const facts = factsFor(row);
      return facts.length > 0 ? addFacts(ctx, row, facts) : row;
    }),
  );
  await saveChanged(ctx, { ticket, before, after });
  return clocksFrom(after);
}

export async function loadClocks(db: Database, ticketId: string): Promise<ClockRow[]> {
  const rows = await db
    .selectFrom('ticket_clocks')
    .select([
      'id',
      'kind',
      'state',
      'facts',
      'restatements',
      'due_at',
      'met_at',
      'breached_at',
      'next_check_at',
      'warned_share',
    ])
    .where('ticket_id', '=', ticketId)
    .orderBy('kind')
    .execute();
  return rows as ClockRow[];
}

/**
 * Writes what changed. New restatements are events of their own, so that nobody finds another due time without
 * its reason; a device time that nobody can believe is laid before a lead.
 */
export async function saveChanged(
  ctx: Context,
  change: { ticket: TicketIds; before: readonly ClockRow[]; after: readonly ClockRow[] },
): Promise<void> {
  const { ticket, before, after } = change;
  const changed = after.filter((row, index) => row !== before[index]);
  for (const row of changed) {
    await ctx.db
      .updateTable('ticket_clocks')
      .set({ ...clockColumns(row), updated_at: ctx.now })
      .where('id', '=', row.id)
      .execute();
    const known = before.find(({ id }) => id === row.id)?.restatements.length ?? 0;
    for (const restatement of row.restatements.slice(known)) {
      ctx.record({
        name: 'ticket.clock_restated',
        ...aboutTicket(ticket),
        data: { clock: row.kind, ...restatement },
      });
    }
  }
  if (changed.length > 0) await noteDoubt(ctx, ticket);
}

/** The columns of `ticket_clocks` that follow from a clock's facts. */
export function clockColumns(row: ClockRow) {
  return {
    state: row.state,
    facts: JSON.stringify(row.facts),
    restatements: JSON.stringify(row.restatements),
    due_at: row.due_at,
    met_at: row.met_at,
    breached_at: row.breached_at,
    next_check_at: row.next_check_at,
    warned_share: row.warned_share,
  };
}

async function ownTerms(ctx: Context, ticketId: string) {
  const row = await ctx.db
    .selectFrom('tickets')
    .select(['contract_id', 'kind', 'priority'])
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
  return { ...row, kind: row.kind as TicketKind };
}

function clocksFrom(rows: readonly ClockRow[]): Clocks {
  return { views: rows.map(viewOf), next_due_at: nextDue(rows) };
}
