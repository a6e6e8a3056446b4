import type { HolidayGap, HolidayRow } from '#domain/calendar/commands.ts';
import { type Holiday, missingYears } from '#domain/calendar/plan.ts';
import type { Instant } from '#domain/ground/instant.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { isImportable } from './announced-holidays.ts';

export async function listHolidays(
  ctx: Context,
  { query: { region, year } }: { query: { region: string; year: number } },
) {
  const items = await ctx.db
    .selectFrom('holidays')
    .select(['id', 'region', 'holiday_on', 'name', 'is_off', 'follows', 'source'])
    .where('region', '=', region)
    .where('holiday_on', '>=', `${year}-01-01`)
    .where('holiday_on', '<=', `${year}-12-31`)
    .orderBy('holiday_on')
    .execute();
  const complete = await ctx.db
    .selectFrom('holiday_years')
    .select('created_at')
    .where('region', '=', region)
    .where('year', '=', year)
    .executeTakeFirst();
  return {
    items: items as HolidayRow[],
    completed_at: complete?.created_at ?? null,
    importable: isImportable(region, year),
  };
}

/** All holidays of a region, of all years. */
export async function listHolidaysOf(db: Database, region: string): Promise<Holiday[]> {
  const rows = await db
    .selectFrom('holidays')
    .select(['holiday_on', 'name', 'is_off', 'follows'])
    .where('region', '=', region)
    .orderBy('holiday_on')
    .execute();
  return rows as Holiday[];
}

export async function listCompleteYears(db: Database, region: string): Promise<number[]> {
  const rows = await db.selectFrom('holiday_years').select('year').where('region', '=', region).execute();
  return rows.map((row) => row.year);
}

export async function listHolidayGaps(ctx: Context) {
  return { items: await findHolidayGaps(ctx.db, ctx.now) };
}

/** Years whose holidays are missing for calendars in use: this year's, and from October on next year's. */
export async function findHolidayGaps(db: Database, now: Instant): Promise<HolidayGap[]> {
  const calendars = await db
    .selectFrom('calendars')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('calendar_versions')
          .select('region')
          .whereRef('calendar_versions.calendar_id', '=', 'calendars.id')
          .orderBy('version', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select(['calendars.name', 'latest.region'])
    .where('calendars.archived_at', 'is', null)
    .where('latest.region', 'is not', null)
    .orderBy('calendars.name')
    .execute();
  const regions = [...new Set(calendars.map((calendar) => calendar.region as string))].sort();
  const gaps: HolidayGap[] = [];
  for (const region of regions) {
    const complete_years = await listCompleteYears(db, region);
    const calendar_names = calendars.filter((calendar) => calendar.region === region).map(({ name }) => name);
    for (const year of missingYears({ complete_years, now })) {
      gaps.push({ region, year, calendar_names, importable: isImportable(region, year) });
    }
  }
  return gaps;
}
