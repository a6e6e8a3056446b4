import * as shapes from '#domain/calendar/commands.ts';
import { type Route, read, write } from '../platform/http/route.ts';
import { archiveCalendar, createCalendar, editCalendar, restoreCalendar } from './actions/calendars.ts';
import {
  addHoliday,
  confirmHolidays,
  editHoliday,
  importHolidays,
  removeHoliday,
} from './actions/holidays.ts';
import { listCalendars, openCalendar, previewCalendar } from './queries/calendars.ts';
import { listHolidayGaps, listHolidays } from './queries/holidays.ts';

const created = { status: 201 } as const;

export const routes: Route[] = [
  read('GET /api/calendars', 'calendars.list', shapes.listCalendars, listCalendars),
  read('GET /api/calendars/preview', 'calendars.preview', shapes.previewCalendar, previewCalendar),
  read('GET /api/calendars/{id}', 'calendars.open', shapes.openCalendar, openCalendar),
  write('POST /api/calendars', 'calendars.create', shapes.createCalendar, createCalendar, created),
  write('PATCH /api/calendars/{id}', 'calendars.edit', shapes.editCalendar, editCalendar),
  write('POST /api/calendars/{id}/archive', 'calendars.archive', shapes.actOnCalendar, archiveCalendar),
  write('POST /api/calendars/{id}/restore', 'calendars.restore', shapes.actOnCalendar, restoreCalendar),

  read('GET /api/holidays', 'holidays.list', shapes.listHolidays, listHolidays),
  read('GET /api/holidays/gaps', 'holidays.list_gaps', shapes.listHolidayGaps, listHolidayGaps),
  write('POST /api/holidays/import', 'holidays.import', shapes.importHolidays, importHolidays),
  write('POST /api/holidays/confirm', 'holidays.confirm', shapes.confirmHolidays, confirmHolidays),
  write('POST /api/holidays', 'holidays.add', shapes.addHoliday, addHoliday, created),
  write('PATCH /api/holidays/{id}', 'holidays.edit', shapes.editHoliday, editHoliday),
  write('POST /api/holidays/{id}/remove', 'holidays.remove', shapes.removeHoliday, removeHoliday),
];
