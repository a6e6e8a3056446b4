import type { CalendarDefinition, WeekHours } from '#domain/calendar/definition.ts';

const daily = (...shifts: [string, string][]): WeekHours =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, shifts]));
const weekdays = (...shifts: [string, string][]): WeekHours =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, shifts]));
const sixDays = (...shifts: [string, string][]): WeekHours => ({
  ...weekdays(...shifts),
  sat: shifts,
});

export type SampleCalendar = { key: string; name: string } & Pick<
  CalendarDefinition,
  'zone' | 'hours' | 'restAnyway'
> & { holidays: boolean };

/** The first is the firm's own: customers without a contract are counted in it. */
export const sampleCalendars: SampleCalendar[] = [
  {
    key: 'office',
    name: '周一至周五 9–18 点',
    zone: 'Asia/Shanghai',
    hours: weekdays(['09:00', '12:00'], ['13:00', '18:00']),
    restAnyway: false,
    holidays: true,
  },
  {
    key: 'always',
    name: '7×24',
    zone: 'Asia/Shanghai',
    hours: daily(['00:00', '24:00']),
    restAnyway: false,
    holidays: false,
  },
  {
    key: 'six_days',
    name: '周一至周六 8–20 点',
    zone: 'Asia/Shanghai',
    hours: sixDays(['08:00', '20:00']),
    restAnyway: false,
    holidays: true,
  },
  {
    key: 'shops',
    name: '门店每天 9–22 点',
    zone: 'Asia/Shanghai',
    hours: daily(['09:00', '22:00']),
    restAnyway: false,
    holidays: false,
  },
  {
    key: 'two_shifts',
    name: '两班制（夜班跨零点，周一至周六）',
    zone: 'Asia/Shanghai',
    hours: sixDays(['08:00', '20:00'], ['20:00', '08:00']),
    restAnyway: false,
    holidays: true,
  },
  {
    key: 'school',
    name: '学校（调休上班日照常休息）',
    zone: 'Asia/Shanghai',
    hours: weekdays(['07:30', '12:00'], ['13:30', '17:30']),
    restAnyway: true,
    holidays: true,
  },
  {
    key: 'daily',
    name: '每天 8–22 点',
    zone: 'Asia/Shanghai',
    hours: daily(['08:00', '22:00']),
    restAnyway: false,
    holidays: false,
  },
  {
    key: 'singapore',
    name: '新加坡 周一至周五 9–18 点',
    zone: 'Asia/Singapore',
    hours: weekdays(['09:00', '18:00']),
    restAnyway: false,
    holidays: false,
  },
];
