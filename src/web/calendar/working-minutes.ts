import type { TFunction } from 'i18next';

/**
 * Working time in words. It stays in hours: what a day of work is differs from calendar to calendar, and "2 days"
 * would promise something that nobody agreed to.
 */
export function workingMinutes(minutes: number, t: TFunction): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t('calendar.minutes', { count: rest });
  if (rest === 0) return t('calendar.hours', { count: hours });
  return t('calendar.hours_minutes', { hours, minutes: rest });
}
