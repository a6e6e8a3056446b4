import { type CompiledCalendar, compileCalendar } from '#domain/calendar/compiled-calendar.ts';
import { calendarDefinition } from '#domain/calendar/definition.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { unlessRefused } from '#domain/ground/refusal.ts';
import type { ClockView } from '#domain/tickets/commands.ts';
import { type ClockFact, type ClockKind, type Restatement, restate } from '#domain/tickets/sla-clock.ts';
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
  const row: ClockRow = {
    id: newId(),
    kind: start.kind,
    state: 'running',
    facts: [],
    restatements: [],
    due_at: null,
    met_at: null,
    breached_at: null,
    next_check_at: null,
    warned_share: null,
  };
  const { minutes, calendar_version_id } = start;
  return addFacts(ctx, row, [{ kind: 'started', ...times(ctx), minutes, calendar_version_id }]);
}

/** The row after further facts, restated by the pure rule; what was breached stays on record. */
export async function addFacts(ctx: Context, row: ClockRow, facts: ClockFact[]): Promise<ClockRow> {
  const all = [...row.facts, ...facts];
  const calendars = await loadCalendars(ctx.db, all);
  const after = unlessRefused(restate(all, calendars, ctx.now));
  return {
    ...row,
    facts: all,
    state: after.state,
    due_at: after.due_at,
    met_at: after.met_at,
    next_check_at: after.state === 'running' ? after.due_at : null,
  };
}

export function times(ctx: Context): { at: Instant; received_at: Instant } {
  return { at: ctx.happenedAt, received_at: ctx.now };
}

export function viewOf({ kind, state, due_at, met_at, breached_at }: ClockRow): ClockView {
  return { kind, state, due_at, met_at, breached_at };
}

/** The earliest due time of the clocks that run; the queue is ordered by it. */
export function nextDue(rows: readonly ClockRow[]): Instant | null {
  const due = rows.flatMap((row) => (row.state === 'running' && row.due_at ? [row.due_at] : []));
  return due.length > 0 ? due.reduce((a, b) => (a < b ? a : b)) : null;
}
