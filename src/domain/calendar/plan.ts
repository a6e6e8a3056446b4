import { z } from 'zod';
import type { Instant, PlainDate } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { plainDate, shortText } from '../ground/text.ts';
import {
  type CalendarDefinition,
  calendarDefinition,
  type Weekday,
  weekday,
  weekdays,
} from './definition.ts';

/** Whose public holidays: a country, or a part of one with holidays of its own. */
export const region = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,8})?$/, { error: 'region' });

/** What people plan: their own days, and the region whose holidays come on top of it. */
export const calendarPlan = calendarDefinition.extend({ region: region.nullable().default(null) });
export type CalendarPlan = z.infer<typeof calendarPlan>;

/** Within the years that are reckoned with; a database knows no year 0. */
const holidayDate = plainDate.refine((date) => date >= '2000-01-01' && date < '2200-01-01', {
  error: 'date',
});

export const holidayFields = {
  holiday_on: holidayDate,
  name: shortText(60),
  is_off: z.boolean(),
  /** For a make-up workday the weekday whose hours it follows; announcements do not say it. */
  follows: weekday.nullable(),
};
export const holiday = z.strictObject(holidayFields);
export type Holiday = z.infer<typeof holiday>;

/** Unless people say otherwise; a make-up day mostly makes up for a working day early in the week. */
export const defaultFollows: Weekday = 'mon';

export type DayNames = Record<PlainDate, string>;
export type ResolvedCalendar = { definition: CalendarDefinition; day_names: DayNames };

/**
 * The plan with its region's holidays put in. A day that the plan itself names is left as it says: a shop that
 * works on a holiday, a firm that has a make-up day off. `day_names` has the days that came from holidays.
 */
export function resolvePlan(plan: CalendarPlan, holidays: readonly Holiday[]): ResolvedCalendar {
  const { region: _named, ...own } = plan;
  const taken = new Set([...own.off, ...Object.keys(own.workdays)]);
  const off = new Set(own.off);
  const workdays = { ...own.workdays };
  const day_names: DayNames = {};
  for (const { holiday_on, name, is_off, follows } of holidays) {
    if (taken.has(holiday_on)) continue;
    day_names[holiday_on] = name;
    if (is_off) off.add(holiday_on);
    else workdays[holiday_on] = follows ?? defaultFollows;
  }
  return { definition: { ...own, off: [...off].sort(), workdays: sortedByDate(workdays) }, day_names };
}

/** The plan behind a resolved calendar: what did not come from holidays. */
export function planOf(resolved: ResolvedCalendar, ofRegion: string | null): CalendarPlan {
  const { definition, day_names } = resolved;
  const own = (date: PlainDate) => !(date in day_names);
  return {
    zone: definition.zone,
    hours: weekInOrder(definition.hours),
    off: definition.off.filter(own),
    workdays: sortedByDate(
      Object.fromEntries(Object.entries(definition.workdays).filter(([date]) => own(date))),
    ),
    restAnyway: definition.restAnyway,
    region: ofRegion,
  };
}

/** Weekdays from Monday on, free ones left out: one plan has one text, however a database orders its keys. */
export function weekInOrder(hours: CalendarDefinition['hours']): CalendarDefinition['hours'] {
  return Object.fromEntries(
    weekdays.flatMap((day) => {
      const shifts = hours[day] ?? [];
      return shifts.length > 0 ? [[day, shifts]] : [];
    }),
  );
}

function sortedByDate<T>(days: Record<PlainDate, T>): Record<PlainDate, T> {
  return Object.fromEntries(Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A calendar in which nothing is ever due would stop every clock. */
export function refusePlan(plan: CalendarPlan): Refusal | null {
  const some = weekdays.some((day) => (plan.hours[day]?.length ?? 0) > 0);
  return some ? null : new Refusal('invalid', 'calendar.no_working_time');
}

export function refuseHoliday(day: Pick<Holiday, 'is_off' | 'follows'>): Refusal | null {
  if (day.is_off && day.follows !== null) return new Refusal('invalid', 'holidays.off_follows_none');
  if (!day.is_off && day.follows === null) return new Refusal('invalid', 'holidays.follows_missing');
  return null;
}

/** From 1 October on next year's holidays are asked for; China announces them in November. */
const askFromMonth = 10;

/**
 * Years whose holidays a region should have and lacks at `now`: this one, and next year's from October on or as
 * soon as something that runs reaches into it. A year without data is unknown, never a year without holidays.
 */
export function missingYears(ask: {
  complete_years: readonly number[];
  now: Instant;
  /** The latest instant that anything running reaches, if known. */
  reaches_to?: Instant | null | undefined;
}): number[] {
  const year = Number(ask.now.slice(0, 4));
  const month = Number(ask.now.slice(5, 7));
  const reached = ask.reaches_to ? Number(ask.reaches_to.slice(0, 4)) : year;
  const last = Math.max(month >= askFromMonth ? year + 1 : year, Math.min(reached, year + 5));
  const wanted = Array.from({ length: last - year + 1 }, (_, index) => year + index);
  return wanted.filter((one) => !ask.complete_years.includes(one));
}
