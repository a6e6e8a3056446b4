import { sql } from 'kysely';
import type { z } from 'zod';
import type { createCalendar as CreateCalendar, ShownPlan } from '#domain/calendar/commands.ts';
import type { CalendarDefinition } from '#domain/calendar/definition.ts';
import {
  type CalendarPlan,
  type DayNames,
  planOf,
  refusePlan,
  resolvePlan,
  weekInOrder,
} from '#domain/calendar/plan.ts';
import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { listHolidaysOf } from '../queries/holidays.ts';

type ById = { id: string };

export async function createCalendar(
  ctx: Context,
  { body }: { body: z.output<typeof CreateCalendar.body> },
): Promise<ById> {
  const refusal = refusePlan(body.plan);
  if (refusal) throw refusal;
  await refuseTakenName(ctx, body.name);
  await ctx.db
    .insertInto('calendars')
    .values({ id: body.id, name: body.name, created_at: ctx.now })
    .execute();
  await addVersion(ctx, { calendar_id: body.id, version: 1, why: 'created', plan: body.plan });
  ctx.record({ name: 'calendar.created', subject: about(body.id), data: { name: body.name } });
  return { id: body.id };
}

/**
 * A changed plan makes a new version, in force from now; the old one stays for what was counted by it. Tickets
 * hear of it by the event and let running clocks follow from `effective_at`.
 */
export async function editCalendar(
  ctx: Context,
  { params, body }: { params: ById; body: { changes: Record<string, Change | undefined> } },
): Promise<{ id: string; version_id: string }> {
  const calendar = await loadCalendar(ctx, params.id);
  const row = { name: calendar.name, ...calendar.plan };
  const set = unlessRefused(joinChanges(row, inOrder(body.changes)));
  if (Object.keys(set).length === 0) return { id: calendar.id, version_id: calendar.version_id };
  const { name, ...changed } = { ...row, ...set } as ShownPlan & { name: string };
  const refusal = refusePlan(changed);
  if (refusal) throw refusal;
  if (name !== calendar.name) {
    await refuseTakenName(ctx, name);
    await ctx.db.updateTable('calendars').set({ name }).where('id', '=', calendar.id).execute();
  }
  const planned = Object.keys(set).some((field) => field !== 'name');
  const version_id = planned
    ? await addVersion(ctx, {
        calendar_id: calendar.id,
        version: calendar.version + 1,
        why: 'edited',
        plan: changed,
      })
    : calendar.version_id;
  const from = Object.fromEntries(Object.keys(set).map((field) => [field, row[field as keyof typeof row]]));
  recordEdited(ctx, calendar, { why: 'edited', version_id, from, to: set });
  return { id: calendar.id, version_id };
}

/** Out of use for new contracts. Contracts that have it keep it, and clocks go on by it. */
export async function archiveCalendar(ctx: Context, { params }: { params: ById }): Promise<ById> {
  // All in use are locked, in one order, so that two people cannot archive the last two at once.
  const inUse = await ctx.db
    .selectFrom('calendars')
    .select('id')
    .where('archived_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const calendar = await loadCalendar(ctx, params.id);
  if (calendar.archived_at) throw new Refusal('conflict', 'calendars.already_archived');
  if (inUse.length === 1) throw new Refusal('conflict', 'calendars.last_one', { name: calendar.name });
  await ctx.db
    .updateTable('calendars')
    .set({ archived_at: ctx.now, archived_by_id: ctx.actor.id })
    .where('id', '=', calendar.id)
    .execute();
  ctx.record({ name: 'calendar.archived', subject: about(calendar.id), data: { name: calendar.name } });
  return { id: calendar.id };
}

export async function restoreCalendar(ctx: Context, { params }: { params: ById }): Promise<ById> {
  const calendar = await loadCalendar(ctx, params.id);
  if (!calendar.archived_at) throw new Refusal('conflict', 'calendars.not_archived');
  await refuseTakenName(ctx, calendar.name);
  await ctx.db
    .updateTable('calendars')
    .set({ archived_at: null, archived_by_id: null })
    .where('id', '=', calendar.id)
    .execute();
  ctx.record({ name: 'calendar.restored', subject: about(calendar.id), data: { name: calendar.name } });
  return { id: calendar.id };
}

/** After a change of a region's holidays: a new version of each calendar in which it changes a day. */
export async function renewCalendars(ctx: Context, region: string): Promise<void> {
  const calendars = await ctx.db.selectFrom('calendars').select('id').orderBy('id').forUpdate().execute();
  const holidays = await listHolidaysOf(ctx.db, region);
  for (const { id } of calendars) {
    const calendar = await loadCalendar(ctx, id);
    if (calendar.plan.region !== region) continue;
    const { definition, day_names } = resolvePlan(calendar.plan, holidays);
    if (isSame(calendar, { definition, day_names })) continue;
    const version_id = await addVersion(ctx, {
      calendar_id: id,
      version: calendar.version + 1,
      why: 'holidays',
      plan: calendar.plan,
    });
    recordEdited(ctx, calendar, { why: 'holidays', version_id });
  }
}

type Loaded = {
  id: string;
  name: string;
  archived_at: string | null;
  version: number;
  version_id: string;
  definition: CalendarDefinition;
  day_names: DayNames;
  plan: CalendarPlan;
};

async function loadCalendar(ctx: Context, id: string): Promise<Loaded> {
  const calendar = await ctx.db
    .selectFrom('calendars')
    .select(['id', 'name', 'archived_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!calendar) throw new Refusal('not_found', 'ground.not_found');
  const latest = await ctx.db
    .selectFrom('calendar_versions')
    .select(['id', 'version', 'region', 'definition', 'day_names'])
    .where('calendar_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const definition = latest.definition as CalendarDefinition;
  const day_names = latest.day_names as DayNames;
  const plan = planOf({ definition, day_names }, latest.region);
  return { ...calendar, version: latest.version, version_id: latest.id, definition, day_names, plan };
}

async function addVersion(
  ctx: Context,
  version: {
    calendar_id: string;
    version: number;
    why: 'created' | 'edited' | 'holidays';
    plan: CalendarPlan;
  },
): Promise<string> {
  const { plan, ...row } = version;
  const holidays = plan.region ? await listHolidaysOf(ctx.db, plan.region) : [];
  const { definition, day_names } = resolvePlan(plan, holidays);
  const id = newId();
  await ctx.db
    .insertInto('calendar_versions')
    .values({
      ...row,
      id,
      definition: JSON.stringify(definition),
      region: plan.region,
      day_names: JSON.stringify(day_names),
      effective_at: ctx.now,
      created_by_id: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      created_at: ctx.now,
    })
    .execute();
  return id;
}

function recordEdited(
  ctx: Context,
  calendar: Loaded,
  edit: { why: 'edited' | 'holidays'; version_id: string; from?: object; to?: object },
): void {
  const data = { name: calendar.name, from_version_id: calendar.version_id, ...edit, effective_at: ctx.now };
  ctx.record({ name: 'calendar.edited', subject: about(calendar.id), data });
}

async function refuseTakenName(ctx: Context, name: string): Promise<void> {
  const taken = await ctx.db
    .selectFrom('calendars')
    .select('id')
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (taken) throw new Refusal('conflict', 'calendars.name_taken', { name });
}

/** Hours and days in the one order in which they are compared. */
function inOrder(changes: Record<string, Change | undefined>): Record<string, Change | undefined> {
  const ordered = (field: string, value: unknown) => {
    if (field === 'hours') return weekInOrder(value as CalendarPlan['hours']);
    if (field === 'off') return [...new Set(value as string[])].sort();
    if (field === 'workdays') return Object.fromEntries(Object.entries(value as object).sort());
    return value;
  };
  return Object.fromEntries(
    Object.entries(changes).map(([field, change]) => [
      field,
      change && { from: ordered(field, change.from), to: ordered(field, change.to) },
    ]),
  );
}

function isSame(
  a: { definition: CalendarDefinition; day_names: DayNames },
  b: { definition: CalendarDefinition; day_names: DayNames },
): boolean {
  const text = ({ definition: { off, workdays }, day_names }: typeof a) =>
    JSON.stringify([[...off].sort(), Object.entries(workdays).sort(), Object.entries(day_names).sort()]);
  return text(a) === text(b);
}

function about(id: string) {
  return { kind: 'calendar', id };
}
