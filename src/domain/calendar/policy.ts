import { allStaff, type Policy } from '../ground/policy.ts';

export const calendarPolicy = {
  'calendars.list': allStaff,
  'calendars.open': allStaff,
  'calendars.preview': allStaff,
  'calendars.create': ['manager', 'administrator'],
  'calendars.edit': ['manager', 'administrator'],
  'calendars.archive': ['manager', 'administrator'],
  'calendars.restore': ['manager', 'administrator'],
  'holidays.list': allStaff,
  'holidays.list_gaps': allStaff,
  'holidays.import': ['manager', 'administrator'],
  'holidays.confirm': ['manager', 'administrator'],
  'holidays.add': ['manager', 'administrator'],
  'holidays.edit': ['manager', 'administrator'],
  'holidays.remove': ['manager', 'administrator'],
} satisfies Policy;
