import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { ClockFact, ClockKind, Restatement } from '#domain/tickets/sla-clock.ts';
import { type CalendarNotes, explainDue } from '#domain/tickets/why-due.ts';
import { loadCalendarVersions } from '../../calendar/queries/calendars.ts';
import { listCompleteYears } from '../../calendar/queries/holidays.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { loadCalendars } from '../actions/clock-rows.ts';

/** R7: "why is it due then?", every span of one clock with its reason. */
export async function explainClock(ctx: Context, { params }: { params: { id: string; kind: ClockKind } }) {
  const clock = await ctx.db
    .selectFrom('ticket_clocks')
    .select(['kind', 'facts', 'restatements'])
    .where('ticket_id', '=', params.id)
    .where('kind', '=', params.kind)
    .executeTakeFirst();
  if (!clock) throw new Refusal('not_found', 'ground.not_found');
  const facts = clock.facts as ClockFact[];
  const calendars = await loadCalendars(ctx.db, facts);
  const notes = await loadNotes(ctx.db, facts);
  return {
    ...unlessRefused(explainDue({ facts, calendars, notes, now: ctx.now })),
    kind: params.kind,
    restatements: clock.restatements as Restatement[],
  };
}

async function loadNotes(db: Database, facts: readonly ClockFact[]): Promise<Map<string, CalendarNotes>> {
  const ids = facts.flatMap((fact) => ('calendar_version_id' in fact ? [fact.calendar_version_id] : []));
  const versions = await loadCalendarVersions(db, [...new Set(ids)]);
  const notes = new Map<string, CalendarNotes>();
  for (const { id, calendar_name, region, day_names } of versions) {
    const complete_years = region ? await listCompleteYears(db, region) : null;
    notes.set(id, { name: calendar_name, day_names, complete_years });
  }
  return notes;
}
