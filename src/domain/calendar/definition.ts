import { z } from 'zod';
import { plainDate } from '../ground/text.ts';
import { isKnownZone } from './known-zone.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];
export const weekday = z.enum(weekdays);

const startTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time_of_day' });
/** `24:00` is midnight at the end of the day, the same as an end of `00:00`. */
const endTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'time_of_day' });

/** `[start, end]` in wall time of the calendar's zone; an end at or before the start is the next day's. */
export const shift = z.tuple([startTime, endTime]);
export type Shift = z.infer<typeof shift>;

const shifts = z.array(shift).max(24);
export const weekHours = z.strictObject({
  mon: shifts.optional(),
  tue: shifts.optional(),
  wed: shifts.optional(),
  thu: shifts.optional(),
  fri: shifts.optional(),
  sat: shifts.optional(),
  sun: shifts.optional(),
});
export type WeekHours = z.infer<typeof weekHours>;

export const zone = z.string().min(1).max(60).refine(isKnownZone, { error: 'zone' });

/**
 * Working time, whole and resolved: nothing outside of it is needed to count with it.
 * - `hours`: shifts by weekday; a shift belongs to the day on which it starts. A missing weekday is free.
 * - `off`: dates that lose their shifts, whole, even the part of a night shift after midnight.
 * - `workdays`: make-up workdays 调休上班, date → the weekday whose hours it follows.
 * - `restAnyway`: the customer rests on make-up workdays all the same, so `workdays` is ignored.
 * A date in both lists is off: `workdays` only says whose hours a day has, `off` then takes them away.
 */
export const calendarDefinition = z.strictObject({
  zone,
  hours: weekHours,
  off: z.array(plainDate).max(5_000).default([]),
  workdays: z.record(plainDate, weekday).default({}),
  restAnyway: z.boolean().default(false),
});
export type CalendarDefinition = z.infer<typeof calendarDefinition>;
