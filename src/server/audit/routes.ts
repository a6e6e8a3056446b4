import * as shape from '#domain/audit/commands.ts';
import { type Route, read } from '../platform/http/route.ts';
import { listEventNames, listEvents } from './queries.ts';

export const routes: Route[] = [
  read(
    'GET /api/audit',
    'audit.list',
    { query: shape.listEvents, result: shape.eventList },
    listEvents as never,
  ),
  read('GET /api/audit/names', 'audit.list_names', { result: shape.eventNames }, listEventNames),
];
