import { z } from 'zod';
import { id, paging } from '#domain/ground/text.ts';
import * as shape from '#domain/imports/commands.ts';
import { type Route, read, write } from '../platform/http/route.ts';
import type { Settings } from '../platform/settings.ts';
import { startImport } from './actions/start-import.ts';
import { takeBackImport } from './actions/take-back.ts';
import { compareImport } from './queries/compare.ts';
import { listImports, listRejects, openImport, readImportedHistory } from './queries/imports.ts';
import { makePreview } from './queries/preview.ts';

const params = shape.importParams;
const idOnly = z.strictObject({ id });

export function makeRoutes(parts: { settings: Settings }): Route[] {
  return [
    read(
      'GET /api/imports',
      'imports.list',
      { query: z.strictObject(paging), result: shape.importList },
      listImports,
    ),
    read('GET /api/imports/{id}', 'imports.open', { params, result: shape.importPage }, openImport),
    read(
      'GET /api/imports/{id}/rejects',
      'imports.list_rejects',
      { params, query: shape.listRejects, result: shape.rejectList },
      listRejects,
    ),
    read(
      'GET /api/imports/{id}/comparison',
      'imports.compare',
      { params, result: shape.comparison },
      compareImport,
    ),
    read(
      'GET /api/import-preview',
      'imports.preview',
      { query: shape.previewImport, result: shape.importPreview },
      makePreview(parts.settings),
    ),
    write('POST /api/imports', 'imports.start', { body: shape.startImport, result: idOnly }, startImport, {
      status: 201,
    }),
    write(
      'POST /api/imports/{id}/take_back',
      'imports.take_back',
      { params, body: shape.nothing, result: idOnly },
      takeBackImport,
    ),
    read(
      'GET /api/tickets/{id}/imported-history',
      'imports.read_history',
      { params, query: z.strictObject(paging), result: shape.importedHistory },
      readImportedHistory,
    ),
  ];
}
