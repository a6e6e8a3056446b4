import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from '@playwright/test';
import { newId } from '#server/platform/ids.ts';
import { importHead } from '../imports.ts';

type Api = (who: 'administrator', path: string, data?: object) => Promise<{ state: string }>;

const lines = [
  importHead,
  '7001.0,1.0,0,0,赵丽,2022-01-02 11:12:51+00:00,0.0,收银机打不开。,reporter',
  '7001.0,2.0,1,0,老陈,2022-01-02 11:20:00+00:00,1.0,先看电源。,assignee',
  '7002.0,3.0,0,0,赵丽,2022-13-02 11:20:00+00:00,0.0,没有这个月,reporter',
];

/** An import that has come to its end, with a row that stayed out. Returns its id. */
export async function playImport(parts: { context: BrowserContext; api: Api; url: string }): Promise<string> {
  const { context, api, url } = parts;
  const [id, file_id] = [newId(), newId()];
  await api('administrator', '/api/imports');
  const answer = await context.request.post('/api/files', {
    headers: { Origin: url, 'Idempotency-Key': newId() },
    multipart: {
      id: file_id,
      file: { name: '旧系统.csv', mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) },
    },
  });
  if (!answer.ok()) throw new Error(await answer.text());
  const options = { customer: { name: '旧系统的客户' }, unknown_contact: '?' };
  await api('administrator', '/api/imports', { id, file_id, kind: 'conversations', options });
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(200))
    if ((await api('administrator', `/api/imports/${id}`)).state === 'done') return id;
  throw new Error('the import does not end');
}
