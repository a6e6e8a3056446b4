import { useTranslation } from 'react-i18next';

/**
 * Working time in words. It stays in hours: what a day of work is differs from calendar to calendar, and "2 days"
 * would promise something that nobody agreed to.
 */
export function useWorkingTime(): (minutes: number) => string {
  const { t } = useTranslation();
  return (minutes) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (hours === 0) return t('contracts.minutes', { count: rest });
    if (rest === 0) return t('contracts.hours', { count: hours });
    return t('contracts.hours_minutes', { hours, minutes: rest });
  };
}
