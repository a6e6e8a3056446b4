import { queryOptions } from '@tanstack/react-query';
import type {
  CalendarPage,
  CalendarRow,
  HolidayGap,
  HolidayRow,
  ShownPlan,
} from '#domain/calendar/commands.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { get } from '../ui/api-client.ts';
import { queryClient } from '../ui/query-client.ts';

type Page<T> = { items: T[]; next: string | null };

/** A firm has a few dozen; one page holds them. */
export const calendarsQuery = (archived: 'no' | 'yes') =>
  queryOptions({
    queryKey: ['calendars', 'list', archived],
    queryFn: ({ signal }) => get<Page<CalendarRow>>('/api/calendars', { archived, limit: 100 }, { signal }),
  });

export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendars', id],
    queryFn: ({ signal }) => get<CalendarPage>(`/api/calendars/${id}`, {}, { signal }),
  });

export type Preview = {
  due: Instant;
  spans: [Instant, Instant][];
  shortened: boolean;
  unknown_years: number[];
};

export const previewQuery = (ask: { plan: ShownPlan; from: Instant; minutes: number }) =>
  queryOptions({
    queryKey: ['calendars', 'preview', ask],
    queryFn: ({ signal }) =>
      get<Preview>('/api/calendars/preview', { ...ask, plan: JSON.stringify(ask.plan) }, { signal }),
    retry: false,
  });

export type HolidayYear = { items: HolidayRow[]; completed_at: Instant | null; importable: boolean };

export const holidaysQuery = (region: string, year: number) =>
  queryOptions({
    queryKey: ['holidays', 'list', region, year],
    queryFn: ({ signal }) => get<HolidayYear>('/api/holidays', { region, year }, { signal }),
  });

export const gapsQuery = queryOptions({
  queryKey: ['holidays', 'list', 'gaps'],
  queryFn: ({ signal }) => get<{ items: HolidayGap[] }>('/api/holidays/gaps', {}, { signal }),
});

/** Holidays stand in calendars too: after a change of one, both are asked for again. */
export function refreshHolidays(): void {
  void queryClient.invalidateQueries({ queryKey: ['holidays'] });
  void queryClient.invalidateQueries({ queryKey: ['calendars'] });
}
