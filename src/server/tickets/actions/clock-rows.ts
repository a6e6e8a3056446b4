import { type CompiledCalendar, compileCalendar } from '#domain/calendar/compiled-calendar.ts';
import { calendarDefinition } from '#domain/calendar/definition.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { unlessRefused } from '#domain/ground/refusal.ts';
import { nextCheck } from '#domain/tickets/clock-checks.ts';
import type { ClockView } from '#domain/tickets/commands.ts';
import {
  type ClockFact,
  type ClockKind,
  isLate,
  listRestatements,
  type Restatement,
  restate,
} from '#domain/tickets/sla-clock.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { newId } from '../../platform/ids.ts';

export type ClockRow = {
  id: string;
  kind: ClockKind;
  state: ClockView['state'];
  facts: ClockFact[];
  restatements: Restatement[];
  due_at: Instant | null;
  met_at: Instant | null;
  breached_at: Instant | null;
  next_check_at: Instant | null;
  /** The highest share of the target, in percent, that people were warned of. */
  warned_share: number | null;
};

// A calendar version never changes, so once compiled it serves for good; a firm has a few dozen.
const compiled = new Map<string, CompiledCalendar>();

/** The calendars that facts count by, ready for counting. */
export async function loadCalendars(
  db: Database,
  facts: readonly ClockFact[],
): Promise<ReadonlyMap<string, CompiledCalendar>> {
  const ids = facts.flatMap((fact) => ('calendar_version_id' in fact ? [fact.calendar_version_id] : []));
  const unknown = [...new Set(ids)].filter((id) => !compiled.has(id));
  if (unknown.length > 0) {
    const rows = await db
      .selectFrom('calendar_versions')
      .select(['id', 'definition'])
      .where('id', 'in', unknown)
      .execute();
    for (const row of rows) compiled.set(row.id, compileCalendar(calendarDefinition.parse(row.definition)));
  }
  return compiled;
}

/** A clock that starts now. */
export async function beginClock(
  ctx: Context,
  start: { kind: ClockKind; minutes: number; calendar_version_id: string },
): Promise<ClockRow> {
  const { kind, minutes, calendar_version_id } = start;
  const facts: ClockFact[] = [{ kind: 'started', ...times(ctx), minutes, calendar_version_id }];
  return { id: newId(), kind, restatements: [], ...(await said(ctx, facts)) };
}

/**
 * The row after further facts. An act that comes late from a device may say something else of the past than was
 * said before: each such restatement is listed on the clock.
 */
export async function addFacts(ctx: Context, row: ClockRow, facts: ClockFact[]): Promise<ClockRow> {
  const late = facts.filter((fact) => isLate(fact, ctx.now));
  const after = await said(ctx, [...row.facts, ...facts]);
  if (late.length === 0) return { ...row, ...after };
  const cause = { at: ctx.now, cause: 'late_fact' as const, happened_at: late[0]?.at as Instant };
  return { ...row, ...after, restatements: await restated(ctx, row, after.facts, cause) };
}

/** The row with its facts replaced, after a lead's decision or a calendar's edit; what changes is listed. */
export async function replaceFacts(
  ctx: Context,
  row: ClockRow,
  facts: ClockFact[],
  cause: Pick<Restatement, 'at' | 'cause' | 'happened_at'>,
): Promise<ClockRow> {
  return { ...row, ...(await said(ctx, facts)), restatements: await restated(ctx, row, facts, cause) };
}

async function restated(
  ctx: Context,
  row: ClockRow,
  facts: ClockFact[],
  cause: Pick<Restatement, 'at' | 'cause' | 'happened_at'>,
): Promise<Restatement[]> {
  const calendars = await loadCalendars(ctx.db, facts);
  const before = unlessRefused(restate(row.facts, calendars, ctx.now));
  const after = unlessRefused(restate(facts, calendars, ctx.now));
  return [...row.restatements, ...listRestatements(before, after, cause)];
}

/** What the clock says at present, and when it has something to say again. */
async function said(ctx: Context, facts: ClockFact[]) {
  const calendars = await loadCalendars(ctx.db, facts);
  const state = unlessRefused(restate(facts, calendars, ctx.now));
  const check = unlessRefused(nextCheck({ facts, calendars, now: ctx.now }));
  return {
    facts,
    state: state.state,
    due_at: state.due_at,
    met_at: state.met_at,
    breached_at: state.breached_at,
    next_check_at: check.next_check_at,
    warned_share: check.reached_share,
  };
}

/** When an act on a clock happened and was received, and what the device showed when that was doubted. */
export function times(ctx: Context): Pick<ClockFact, 'at' | 'received_at' | 'device_at' | 'doubtful'> {
  const doubted = ctx.deviceTime?.needs_decision
    ? { device_at: ctx.deviceTime.device_at, doubtful: true }
    : {};
  // What waited in quarantine was received long before now, and its doubt is settled by that time.
  return { at: ctx.happenedAt, received_at: ctx.deviceTime?.received_at ?? ctx.now, ...doubted };
}

export function viewOf({ kind, state, due_at, met_at, breached_at }: ClockRow): ClockView {
  return { kind, state, due_at, met_at, breached_at };
}

/** The earliest due time of the clocks that run; the queue is ordered by it. */
export function nextDue(rows: readonly ClockRow[]): Instant | null {
  const due = rows.flatMap((row) => (row.state === 'running' && row.due_at ? [row.due_at] : []));
  return due.sort()[0] ?? null;
}
