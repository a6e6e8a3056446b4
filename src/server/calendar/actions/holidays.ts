import type { z } from 'zod';
import type { addHoliday as AddHoliday } from '#domain/calendar/commands.ts';
import { type Holiday, refuseHoliday } from '#domain/calendar/plan.ts';
import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { listAnnounced } from '../queries/announced-holidays.ts';
import { renewCalendars } from './calendars.ts';

type ById = { id: string };
type RegionYear = { region: string; year: number };

/** Takes a year's announced holidays over. Days that people have set by hand stay as they are. */
export async function importHolidays(ctx: Context, { body }: { body: RegionYear }) {
  const { region, year } = body;
  const days = listAnnounced(region, year);
  if (days.length === 0) throw new Refusal('conflict', 'holidays.not_announced', { region, year });
  const byHand = await ctx.db
    .selectFrom('holidays')
    .select('holiday_on')
    .where('region', '=', region)
    .where('source', '=', 'person')
    .execute();
  const kept = new Set(byHand.map((row) => row.holiday_on));
  const fresh = days.filter((day) => !kept.has(day.holiday_on));
  await ctx.db
    .deleteFrom('holidays')
    .where('region', '=', region)
    .where('source', '=', 'import')
    .where((is) =>
      is.or([
        is.and([is('holiday_on', '>=', `${year}-01-01`), is('holiday_on', '<=', `${year}-12-31`)]),
        is(
          'holiday_on',
          'in',
          days.map((day) => day.holiday_on),
        ),
      ]),
    )
    .execute();
  if (fresh.length > 0) {
    await ctx.db
      .insertInto('holidays')
      .values(fresh.map((day) => ({ ...day, id: newId(), region, source: 'import', created_at: ctx.now })))
      .execute();
  }
  const counts = { imported: fresh.length, kept: days.length - fresh.length };
  const subject = { kind: 'holiday_year', id: await completeYear(ctx, body) };
  ctx.record({ name: 'holiday.imported', subject, data: { region, year, ...counts } });
  await renewCalendars(ctx, region);
  return { year, ...counts };
}

/** Somebody says that what stands for this year is all: for years and regions that cannot be imported. */
export async function confirmHolidays(ctx: Context, { body }: { body: RegionYear }) {
  const { region, year } = body;
  const some = await ctx.db
    .selectFrom('holidays')
    .select('id')
    .where('region', '=', region)
    .where('holiday_on', '>=', `${year}-01-01`)
    .where('holiday_on', '<=', `${year}-12-31`)
    .limit(1)
    .executeTakeFirst();
  if (!some) throw new Refusal('conflict', 'holidays.year_empty', { region, year });
  const subject = { kind: 'holiday_year', id: await completeYear(ctx, body) };
  ctx.record({ name: 'holiday.confirmed', subject, data: { region, year } });
  return { year };
}

export async function addHoliday(
  ctx: Context,
  { body }: { body: z.output<typeof AddHoliday.body> },
): Promise<ById> {
  const refusal = refuseHoliday(body);
  if (refusal) throw refusal;
  const taken = await ctx.db
    .selectFrom('holidays')
    .select('name')
    .where('region', '=', body.region)
    .where('holiday_on', '=', body.holiday_on)
    .executeTakeFirst();
  if (taken) {
    throw new Refusal('conflict', 'holidays.day_taken', { holiday_on: body.holiday_on, name: taken.name });
  }
  await ctx.db
    .insertInto('holidays')
    .values({ ...body, source: 'person', created_at: ctx.now })
    .execute();
  const { id, ...data } = body;
  ctx.record({ name: 'holiday.added', subject: about(id), data });
  await renewCalendars(ctx, body.region);
  return { id };
}

/** Which weekday a make-up day follows, its name, or that it is a day off after all. */
export async function editHoliday(
  ctx: Context,
  { params, body }: { params: ById; body: { changes: Record<string, Change | undefined> } },
): Promise<ById> {
  const { id, region, ...day } = await loadHoliday(ctx, params.id);
  const set = unlessRefused(joinChanges(day, body.changes)) as Partial<Holiday>;
  if (Object.keys(set).length === 0) return { id };
  const refusal = refuseHoliday({ ...day, ...set });
  if (refusal) throw refusal;
  await ctx.db
    .updateTable('holidays')
    .set({ ...set, source: 'person' })
    .where('id', '=', id)
    .execute();
  const from = Object.fromEntries(Object.keys(set).map((field) => [field, day[field as keyof Holiday]]));
  ctx.record({ name: 'holiday.edited', subject: about(id), data: { ...day, region, from, to: set } });
  await renewCalendars(ctx, region);
  return { id };
}

export async function removeHoliday(ctx: Context, { params }: { params: ById }): Promise<ById> {
  const { id, ...day } = await loadHoliday(ctx, params.id);
  await ctx.db.deleteFrom('holidays').where('id', '=', id).execute();
  ctx.record({ name: 'holiday.removed', subject: about(id), data: day });
  await renewCalendars(ctx, day.region);
  return { id };
}

async function loadHoliday(ctx: Context, id: string): Promise<Holiday & { id: string; region: string }> {
  const row = await ctx.db
    .selectFrom('holidays')
    .select(['id', 'region', 'holiday_on', 'name', 'is_off', 'follows'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row as Holiday & { id: string; region: string };
}

async function completeYear(ctx: Context, { region, year }: RegionYear): Promise<string> {
  const completed_by_id = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  const row = await ctx.db
    .insertInto('holiday_years')
    .values({ id: newId(), region, year, completed_by_id, created_at: ctx.now })
    .onConflict((conflict) =>
      conflict.columns(['region', 'year']).doUpdateSet({ completed_by_id, created_at: ctx.now }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

function about(id: string) {
  return { kind: 'holiday', id };
}
