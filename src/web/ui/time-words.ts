import type { TFunction } from 'i18next';
import { type Instant, type PlainDate, toMs } from '#domain/ground/instant.ts';
import { wallOf } from './wall-time.ts';

type Parts = { date: PlainDate; time: string; year: number; month: number; day: number; weekday: number };
export type Speaker = { t: TFunction; zone: string; now: Instant };

const dayMs = 86_400_000;

function partsOf(instant: Instant, zone: string): Parts {
  const [date = '', time = ''] = wallOf(instant, zone).split('T');
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  // Monday is 1, Sunday 7.
  const weekday = ((Math.floor(toMs(`${date}T00:00:00Z`) / dayMs) + 3) % 7) + 1;
  return { date, time, year, month, day, weekday };
}

const dayNumber = (date: PlainDate) => Math.floor(toMs(`${date}T00:00:00Z`) / dayMs);

/** The day as people say it: today, yesterday, Wednesday, next Monday, 5 March, 5 March 2025. */
function dayWords(parts: Parts, today: Parts, t: TFunction): string {
  const away = dayNumber(parts.date) - dayNumber(today.date);
  const near: Record<number, string> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' };
  if (near[away] !== undefined) return t(`ui.time.${near[away]}`);
  const weeks = (dayNumber(parts.date) - parts.weekday - (dayNumber(today.date) - today.weekday)) / 7;
  const week = { [-1]: 'last_week', 0: 'this_week', 1: 'next_week' }[weeks];
  if (week !== undefined) return t(`ui.time.${week}`, { weekday: t(`ui.time.weekdays.${parts.weekday}`) });
  const month = t(`ui.time.months.${parts.month}`);
  return parts.year === today.year
    ? t('ui.time.date', { month, day: parts.day })
    : t('ui.time.date_year', { year: parts.year, month, day: parts.day });
}

/** 「今天 14:30」, 「昨天 09:00」, 「周三 14:30」: the time as people say it, in the speaker's zone. */
export function formatTime(instant: Instant, { t, zone, now }: Speaker): string {
  const parts = partsOf(instant, zone);
  return t('ui.time.day_time', { day: dayWords(parts, partsOf(now, zone), t), time: parts.time });
}

/** The day alone, without a time. */
export function formatDay(instant: Instant, { t, zone, now }: Speaker): string {
  return dayWords(partsOf(instant, zone), partsOf(now, zone), t);
}

/** A calendar date, which has no zone, as people say it. */
export function formatDate(date: PlainDate, { t, zone, now }: Speaker): string {
  return dayWords(partsOf(`${date}T00:00:00.000Z`, 'UTC'), partsOf(now, zone), t);
}

/** Exact, with date, weekday and zone: for tooltips and for papers. */
export function formatExact(instant: Instant, { t, zone }: Pick<Speaker, 't' | 'zone'>): string {
  const parts = partsOf(instant, zone);
  return t('ui.time.exact', {
    date: t('ui.time.date_year', {
      year: parts.year,
      month: t(`ui.time.months.${parts.month}`),
      day: parts.day,
    }),
    weekday: t(`ui.time.weekdays.${parts.weekday}`),
    time: parts.time,
    zone: zoneWords(zone, t),
  });
}

/** A zone as people know it; zones without a name of their own in locales keep the city's. */
export function zoneWords(zone: string, t: TFunction): string {
  const known = t(`ui.time.zones.${zone.replace('/', '_')}`, { defaultValue: '' });
  return known === '' ? zone.split('/').at(-1)!.replaceAll('_', ' ') : known;
}

/** 「2 天 3 小时」, 「1 小时 5 分」, 「42 分钟」: minutes as people say them, at most two units. */
export function formatDuration(minutes: number, t: TFunction): string {
  const whole = Math.max(0, Math.round(minutes));
  const days = Math.floor(whole / 1440);
  const hours = Math.floor((whole % 1440) / 60);
  const rest = whole % 60;
  if (days > 0) {
    const both = hours > 0 ? 'days_hours' : 'days';
    return t(`ui.time.${both}`, {
      days: t('ui.time.n_days', { count: days }),
      hours: t('ui.time.n_hours', { count: hours }),
    });
  }
  return hoursWords({ hours, rest }, t);
}

/** 「26 小时 45 分」: time that was worked, never in days, since a day of work is none of 24 hours. */
export function formatWorkTime(minutes: number, t: TFunction): string {
  const whole = Math.max(0, Math.round(minutes));
  return hoursWords({ hours: Math.floor(whole / 60), rest: whole % 60 }, t);
}

function hoursWords({ hours, rest }: { hours: number; rest: number }, t: TFunction): string {
  if (hours === 0) return t('ui.time.n_minutes', { count: rest });
  if (rest === 0) return t('ui.time.n_hours', { count: hours });
  return t('ui.time.hours_minutes', {
    hours: t('ui.time.n_hours', { count: hours }),
    minutes: t('ui.time.n_minutes_short', { count: rest }),
  });
}

/** 「还剩 42 分钟」 or 「超时 1 小时 5 分」; elapsed time, as a watch on the wall would show it. */
export function formatLeft(due: Instant, { t, now }: Speaker): string {
  const minutes = (toMs(due) - toMs(now)) / 60_000;
  if (minutes >= 0) return t('ui.time.left', { duration: formatDuration(Math.max(1, minutes), t) });
  return t('ui.time.over', { duration: formatDuration(Math.max(1, -minutes), t) });
}
