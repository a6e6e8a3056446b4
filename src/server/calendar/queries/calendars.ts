import { sql } from 'kysely';
import type { CalendarPage, CalendarRow } from '#domain/calendar/commands.ts';
import { compileCalendar } from '#domain/calendar/compiled-calendar.ts';
import type { CalendarDefinition } from '#domain/calendar/definition.ts';
import {
  calendarPlan,
  type DayNames,
  missingYears,
  planOf,
  refusePlan,
  resolvePlan,
} from '#domain/calendar/plan.ts';
import { dueWithSpans } from '#domain/calendar/working-time.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged } from '../../platform/cursor.ts';
import type { Database } from '../../platform/db/connect.ts';
import { listCompleteYears, listHolidaysOf } from './holidays.ts';

/** Calendars with their present version. */
export function selectCalendars(db: Database) {
  return db
    .selectFrom('calendars')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('calendar_versions')
          .select(['id', 'version', 'region', 'definition', 'day_names', 'effective_at'])
          .whereRef('calendar_versions.calendar_id', '=', 'calendars.id')
          .orderBy('version', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select([
      'calendars.id',
      'calendars.name',
      'calendars.archived_at',
      'latest.id as version_id',
      'latest.version',
      'latest.effective_at',
      'latest.region',
      'latest.definition',
      'latest.day_names',
      sql<boolean>`calendars.id = (
        select first.id from calendars first where first.archived_at is null order by first.created_at, first.id limit 1
      ) is true`.as('is_default'),
    ]);
}

type Found = Omit<CalendarRow, 'plan'> & { region: string | null; definition: unknown; day_names: unknown };

function shown({ region, definition, day_names, ...row }: Found): CalendarRow {
  const resolved = { definition: definition as CalendarDefinition, day_names: day_names as DayNames };
  return { ...row, plan: planOf(resolved, region) };
}

export async function listCalendars(
  ctx: Context,
  { query }: { query: { after?: string | undefined; limit: number; archived: 'yes' | 'no' } },
) {
  let rows = selectCalendars(ctx.db).where(
    'calendars.archived_at',
    query.archived === 'yes' ? 'is not' : 'is',
    null,
  );
  if (query.after) {
    const [name, id] = decodeCursor(query.after, ['text', 'id']);
    rows = rows.where(sql<boolean>`(calendars.name, calendars.id) > (${name}, ${id}::uuid)`);
  }
  const found = await rows
    .orderBy('calendars.name')
    .orderBy('calendars.id')
    .limit(query.limit + 1)
    .execute();
  return paged(found.map(shown), query.limit, (row) => [row.name, row.id]);
}

export async function openCalendar(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<CalendarPage> {
  const row = await selectCalendars(ctx.db).where('calendars.id', '=', params.id).executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  const versions = await ctx.db
    .selectFrom('calendar_versions')
    .leftJoin('users', 'users.id', 'calendar_versions.created_by_id')
    .select([
      'calendar_versions.id',
      'calendar_versions.version',
      'calendar_versions.why',
      'calendar_versions.effective_at',
      'users.name as created_by_name',
    ])
    .where('calendar_id', '=', params.id)
    .orderBy('version', 'desc')
    .limit(50)
    .execute();
  return {
    ...shown(row),
    day_names: row.day_names as DayNames,
    versions: versions as CalendarPage['versions'],
  };
}

/** What a screen needs at most to draw; the sum is right in any case. */
const shownSpans = 200;

/** The try-out: when is it due in a plan that may not be saved yet? Reads the region's holidays, writes nothing. */
export async function previewCalendar(
  ctx: Context,
  { query }: { query: { plan: string; from: Instant; minutes: number } },
) {
  const parsed = calendarPlan.safeParse(parseJson(query.plan));
  if (!parsed.success) {
    throw new Refusal('invalid', 'calendar.plan_unreadable', {
      field: parsed.error.issues[0]?.path.join('.') ?? '',
    });
  }
  const plan = parsed.data;
  const refusal = refusePlan(plan);
  if (refusal) throw refusal;
  const holidays = plan.region ? await listHolidaysOf(ctx.db, plan.region) : [];
  const calendar = compileCalendar(resolvePlan(plan, holidays).definition);
  const { from, minutes } = query;
  const { due, spans } = unlessRefused(dueWithSpans({ calendar, from, minutes }));
  const complete_years = plan.region ? await listCompleteYears(ctx.db, plan.region) : [];
  const touched = Number(due.slice(0, 4));
  return {
    due,
    spans: spans.slice(0, shownSpans).map(([start, end]): [Instant, Instant] => [start, end]),
    shortened: spans.length > shownSpans,
    unknown_years: plan.region
      ? missingYears({
          complete_years,
          now: `${from.slice(0, 4)}-01-01T00:00:00.000Z`,
          reaches_to: due,
        }).filter((year) => year <= touched)
      : [],
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type CalendarVersion = {
  id: string;
  calendar_id: string;
  calendar_name: string;
  region: string | null;
  definition: CalendarDefinition;
  day_names: DayNames;
};

/** Versions by id, each once: they never change, so a caller may keep them. */
export async function loadCalendarVersions(db: Database, ids: readonly string[]): Promise<CalendarVersion[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('calendar_versions')
    .innerJoin('calendars', 'calendars.id', 'calendar_versions.calendar_id')
    .select([
      'calendar_versions.id',
      'calendar_versions.calendar_id',
      'calendars.name as calendar_name',
      'calendar_versions.region',
      'calendar_versions.definition',
      'calendar_versions.day_names',
    ])
    .where('calendar_versions.id', 'in', [...ids])
    .execute();
  return rows as CalendarVersion[];
}
