import * as shape from '#domain/promises/commands.ts';
import { type Route, read, write } from '../platform/http/route.ts';
import { completePromise, declinePromise, keepPromise, makePromise, movePromise } from './actions.ts';
import { listPromises, openPromise } from './queries.ts';

const params = shape.promiseParams;
const result = shape.promiseRow;

export const routes: Route[] = [
  read(
    'GET /api/promises',
    'promises.list',
    { query: shape.listPromises, result: shape.promiseList },
    listPromises,
  ),
  read('GET /api/promises/{id}', 'promises.open', { params, result }, openPromise),
  write('POST /api/promises', 'promises.make', { body: shape.makePromise, result }, makePromise, {
    status: 201,
  }),
  write(
    'POST /api/promises/{id}/complete',
    'promises.complete',
    { params, body: shape.completePromise, result },
    completePromise,
  ),
  write(
    'POST /api/promises/{id}/keep',
    'promises.keep',
    { params, body: shape.keepPromise, result },
    keepPromise,
  ),
  write(
    'POST /api/promises/{id}/move',
    'promises.move',
    { params, body: shape.movePromise, result },
    movePromise,
  ),
  write(
    'POST /api/promises/{id}/decline',
    'promises.decline',
    { params, body: shape.declinePromise, result },
    declinePromise,
  ),
];
