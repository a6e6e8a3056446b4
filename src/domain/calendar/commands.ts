import { z } from 'zod';
import { patchOf } from '../ground/patch.ts';
import { id, instant, page, paging, plainDate, shortText } from '../ground/text.ts';
import { weekday, weekHours, zone } from './definition.ts';
import { calendarPlan, holidayFields, region } from './plan.ts';

const byId = z.strictObject({ id });
const name = shortText(100);
const nothing = z.strictObject({});

/** How a plan is shown: everything there, so that a change can say what it was based on. */
export const shownPlan = z.strictObject({
  zone,
  region: region.nullable(),
  hours: weekHours,
  off: z.array(plainDate),
  workdays: z.record(plainDate, weekday),
  restAnyway: z.boolean(),
});
export type ShownPlan = z.infer<typeof shownPlan>;

export const calendarRow = z.strictObject({
  id,
  name: z.string(),
  version_id: id,
  version: z.number().int(),
  effective_at: instant,
  archived_at: instant.nullable(),
  /** Customers without a contract are counted by it: the first made of those in use. */
  is_default: z.boolean(),
  plan: shownPlan,
});
export type CalendarRow = z.infer<typeof calendarRow>;

export const calendarPage = calendarRow.extend({
  /** Days that came from the region's holidays, by date. */
  day_names: z.record(plainDate, z.string()),
  versions: z.array(
    z.strictObject({
      id,
      version: z.number().int(),
      effective_at: instant,
      created_by_name: z.string().nullable(),
      /** An edit by a person, or the region's holidays that changed. */
      why: z.enum(['created', 'edited', 'holidays']),
    }),
  ),
});
export type CalendarPage = z.infer<typeof calendarPage>;

export const listCalendars = {
  query: z.strictObject({ ...paging, archived: z.enum(['no', 'yes']).default('no') }),
  result: page(calendarRow),
};
export const openCalendar = { params: byId, result: calendarPage };
export const createCalendar = {
  body: z.strictObject({ id, name, plan: calendarPlan }),
  result: byId,
};
export const editCalendar = {
  params: byId,
  body: patchOf({
    name,
    zone,
    region: region.nullable(),
    hours: weekHours,
    off: calendarPlan.shape.off.unwrap(),
    workdays: calendarPlan.shape.workdays.unwrap(),
    restAnyway: z.boolean(),
  }),
  result: z.strictObject({ id, version_id: id }),
};
export const actOnCalendar = { params: byId, body: nothing, result: byId };

/** The try-out: when would it be due? `plan` is a calendar plan as JSON, for one that is not saved yet. */
export const previewCalendar = {
  query: z.strictObject({
    plan: z.string().max(12_000),
    from: instant,
    minutes: z.coerce.number().int().min(0).max(1_000_000),
  }),
  result: z.strictObject({
    due: instant,
    spans: z.array(z.tuple([instant, instant])),
    /** Some spans were left out: only the first 200 are given. */
    shortened: z.boolean(),
    /** Years on the way for which the region's holidays are not known. */
    unknown_years: z.array(z.number().int()),
  }),
};

const year = z.coerce.number().int().min(2000).max(2199);
export const holidayRow = z.strictObject({
  id,
  region,
  ...holidayFields,
  source: z.enum(['import', 'person']),
});
export type HolidayRow = z.infer<typeof holidayRow>;

export const listHolidays = {
  query: z.strictObject({ region, year }),
  result: z.strictObject({
    items: z.array(holidayRow),
    /** A year has a list of its own only when it was imported or confirmed; otherwise its holidays are unknown. */
    completed_at: instant.nullable(),
    importable: z.boolean(),
  }),
};

export const holidayGap = z.strictObject({
  region,
  year: z.number().int(),
  calendar_names: z.array(z.string()),
  importable: z.boolean(),
});
export type HolidayGap = z.infer<typeof holidayGap>;
export const listHolidayGaps = { result: z.strictObject({ items: z.array(holidayGap) }) };

const regionYear = z.strictObject({ region, year: year });
export const importHolidays = {
  body: regionYear,
  result: z.strictObject({ year: z.number().int(), imported: z.number().int(), kept: z.number().int() }),
};
export const confirmHolidays = { body: regionYear, result: z.strictObject({ year: z.number().int() }) };
export const addHoliday = {
  body: z.strictObject({ id, region, ...holidayFields }),
  result: byId,
};
const { holiday_on: _fixed, ...editable } = holidayFields;
export const editHoliday = { params: byId, body: patchOf(editable), result: byId };
export const removeHoliday = { params: byId, body: nothing, result: byId };
