import type { TFunction } from 'i18next';
import type { PlainDate } from '#domain/ground/instant.ts';

const dayMs = 86_400_000;

/** Monday is 1, Sunday 7, as in `ui.time.weekdays`. */
function weekdayNumber(date: PlainDate): number {
  return ((Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs) + 3) % 7) + 1;
}

/** A date in full: nobody reckons with "tomorrow" where it is about which day counts. */
export function dayWithWeekday(date: PlainDate, t: TFunction): string {
  return t('calendar.day_weekday', { day: shortDay(date, t), weekday: weekdayOf(date, t) });
}

export function weekdayOf(date: PlainDate, t: TFunction): string {
  return t(`ui.time.weekdays.${weekdayNumber(date)}`);
}

export function shortDay(date: PlainDate, t: TFunction): string {
  const [, month, day] = date.split('-').map(Number);
  return t('ui.time.date', { month: t(`ui.time.months.${month}`), day });
}

/** The date after; for days in a row and for the end of a day. */
export function dayAfter(date: PlainDate): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}
