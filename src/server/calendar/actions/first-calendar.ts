import type { CalendarPlan } from '#domain/calendar/plan.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { listImportableYears } from '../queries/announced-holidays.ts';
import { createCalendar } from './calendars.ts';
import { importHolidays } from './holidays.ts';

const day: [string, string][] = [
  ['09:00', '12:00'],
  ['13:30', '18:00'],
];

/** What most offices in China work; meant to be edited. */
const officeHours: CalendarPlan = {
  zone: 'Asia/Shanghai',
  region: 'CN',
  hours: { mon: day, tue: day, wed: day, thu: day, fri: day },
  off: [],
  workdays: {},
  restAnyway: false,
};

/** The holidays that are known from last year on, so that running and coming clocks count right. */
export async function importKnownHolidays(ctx: Context): Promise<void> {
  const lastYear = Number(ctx.now.slice(0, 4)) - 1;
  for (const year of listImportableYears().filter((one) => one >= lastYear)) {
    await importHolidays(ctx, { body: { region: 'CN', year } });
  }
}

/** A firm that starts empty has one calendar, so that the first question gets its clocks. A second call does nothing. */
export async function makeFirstCalendar(ctx: Context, name: string): Promise<void> {
  const some = await ctx.db.selectFrom('calendars').select('id').limit(1).executeTakeFirst();
  if (some) return;
  await importKnownHolidays(ctx);
  await createCalendar(ctx, { body: { id: newId(), name, plan: officeHours } });
}
