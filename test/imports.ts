import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ImportKind, ImportPage } from '#domain/imports/commands.ts';
import { newId } from '#server/platform/ids.ts';
import { type CastName, cookieOf } from './cast.ts';
import type { TestServer } from './server.ts';

const shared = fileURLToPath(new URL('../../shared/data/', import.meta.url));
export const realConversations = join(shared, 'tickets-real/utterances.csv');
export const realIncidents = join(shared, 'incident-log/incident_event_log.csv.zip');

/** Whether a test on real data is left out: only where the data are missing and nobody insists. */
export function withoutData(path: string): string | false {
  return !existsSync(path) && process.env.REQUIRE_SHARED_DATA !== '1'
    ? 'the real data are not on this machine'
    : false;
}

export const importHead = 'issueid,id,comment_seq,utr_seq,author,created,is_private,actionbody,author_role';

/** Uploads a file as the screen does, and begins to import it. */
export async function upload(
  server: TestServer,
  bytes: string | Buffer,
  name: string,
  who: CastName = '管理员',
): Promise<string> {
  const id = newId();
  const form = new FormData();
  form.append('id', id);
  form.append('file', new Blob([bytes as never]), name);
  const answer = await fetch(`${server.url}/api/files`, {
    method: 'POST',
    headers: { cookie: cookieOf(who), 'idempotency-key': newId() },
    body: form,
  });
  assert.equal(answer.status, 201, await answer.text());
  return id;
}

export async function begin(
  server: TestServer,
  wanted: { kind: ImportKind; bytes: string | Buffer; name: string; options: object },
): Promise<string> {
  const id = newId();
  const file_id = await upload(server, wanted.bytes, wanted.name);
  const options = { unknown_contact: '不清楚是谁', customer: { name: '旧系统的客户' }, ...wanted.options };
  const answer = await server.send('管理员', 'POST /api/imports', {
    id,
    file_id,
    kind: wanted.kind,
    options,
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return id;
}

/** Waits until the background job has come to an end with an import. */
export async function ended(server: TestServer, id: string): Promise<ImportPage> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    const page = (await server.get('管理员', `/api/imports/${id}`)).body as ImportPage;
    if (page.state !== 'running' && page.state !== 'taking_back') return page;
  }
  throw new Error('the import does not end');
}

export async function bring(server: TestServer, wanted: Parameters<typeof begin>[1]): Promise<ImportPage> {
  return ended(server, await begin(server, wanted));
}

/** A small history: two issues, one with internal notes before the customer's own words. */
export const smallConversations = [
  importHead,
  '7001.0,1.0,0,0,赵丽,2022-01-02 11:12:51+00:00,0.0,收银机打不开。,reporter',
  '7001.0,1.0,0,1,赵丽,2022-01-02 11:12:51+00:00,0.0,请尽快处理。,reporter',
  '7001.0,2.0,1,0,老陈,2022-01-02 11:20:00+00:00,1.0,上次也是她弄坏的。,assignee',
  '7001.0,3.0,2,0,老陈,2022-01-02 12:00:00+00:00,0.0,已经换了电源。,assignee',
  '7002.0,4.0,0,0,老陈,2022-02-01 08:00:00+00:00,1.0,内部先看一眼。,assignee',
  '7002.0,5.0,1,0,钱进,2022-02-01 09:00:00+00:00,0.0,"打印机, 又卡纸了",reporter',
  '',
].join('\n');

export async function withCanaries(): Promise<{
  csv: string;
  voiceOf: Map<string, 'customer' | 'internal'>;
}> {
  const { parse } = await import('csv-parse/sync');
  const rows = parse(await readFile(realConversations), { columns: true }) as Record<string, string>[];
  const voiceOf = new Map<string, 'customer' | 'internal'>();
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => {
    const canary = `canary-${Number(row.id)}-x`;
    if (!voiceOf.has(canary)) {
      voiceOf.set(canary, row.is_private === '1.0' ? 'internal' : 'customer');
      row.actionbody = `${canary} ${row.actionbody}`;
    }
    return importHead
      .split(',')
      .map((name) => quoted(row[name] ?? ''))
      .join(',');
  });
  return { csv: [importHead, ...lines, ''].join('\n'), voiceOf };
}
