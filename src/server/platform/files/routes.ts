import { allStaff, type Policy } from '#domain/ground/policy.ts';
import type { Listening } from '../context.ts';
import type { Database } from '../db/connect.ts';
import { type Route, raw } from '../http/route.ts';
import type { Settings } from '../settings.ts';
import { serveFile, serveThumbnail } from './serving.ts';
import { FileStore } from './store.ts';
import { uploadFile } from './uploading.ts';

export const filesPolicy: Policy = {
  'files.upload': [...allStaff, 'contact'],
  'files.download': [...allStaff, 'contact'],
  'files.preview': [...allStaff, 'contact'],
};

/** Files are the one thing that is no JSON: in as multipart, out as bytes. */
export function fileRoutes(parts: { db: Database; settings: Settings; listening: Listening }): Route[] {
  const store = new FileStore(parts.settings.dataDir);
  return [
    raw('POST /api/files', 'files.upload', async ({ request, reply }) =>
      reply.status(201).send(await uploadFile(request, { ...parts, store })),
    ),
    raw('GET /api/files/{id}', 'files.download', ({ request, reply, actor }) =>
      serveFile({ reply, actor, params: request.params }, { db: parts.db, store }),
    ),
    raw('GET /api/files/{id}/thumbnail', 'files.preview', ({ request, reply, actor }) =>
      serveThumbnail({ reply, actor, params: request.params }, { db: parts.db, store }),
    ),
  ];
}
