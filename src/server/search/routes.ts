import * as shape from '#domain/search/commands.ts';
import { type Route, read } from '../platform/http/route.ts';
import { findEverything, findInPortal, suggestThings } from './queries/search.ts';

export const routes: Route[] = [
  read('GET /api/search', 'search.find', shape.search, findEverything),
  read('GET /api/search/suggestions', 'search.suggest', shape.suggest, suggestThings),
  read('GET /api/portal/search', 'portal.search', shape.portalSearch, findInPortal),
];
