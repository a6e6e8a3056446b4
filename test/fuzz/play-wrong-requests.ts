import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type CastName, cookieOf } from '#test/cast.ts';
import type { TestServer } from '#test/server.ts';
import { fillDesk } from './desk.ts';
import { listOperations, type Operation, readPermissions } from './operations.ts';
import { randomFrom } from './samples.ts';
import { changedTables, TableHashes } from './table-hashes.ts';
import { type WrongRequest, wrongRequests } from './wrong-requests.ts';

const callers: CastName[] = ['林海', '周敏', '陈立', '王经理', '管理员', '孙悦', '小吴'];
// What a wrong request might do by being right: played last, so that nobody is signed out before the others.
const unsettling = /^(people|sessions|api_keys|setup|auth)/;

// Who downloads a paper first has it printed, and that is kept.
const printing = /^(reports\.download|portal\.download_report)$/;

const texts = JSON.parse(readFileSync(new URL('../../locales/zh-CN.json', import.meta.url), 'utf8')).refusals;

export type Played = { requests: number; refused: number; operations: number; failures: string[] };

/**
 * Sends wrong requests to every operation by people who may call it. Nothing may be answered as if it had broken, every
 * refusal is a problem document with words, and a refusal leaves every table as it was: looked at after each request
 * (`thorough`) or after those to one operation.
 */
export async function playWrongRequests(
  server: TestServer,
  { seed, each, thorough }: { seed: number; each: number; thorough: boolean },
): Promise<Played> {
  const matters = await fillDesk(server);
  const all = [...matters.values()];
  const ids = {
    existing: all.flatMap((matter) => matter.ids),
    under: {
      tickets: all.map(({ openTicket }) => openTicket),
      visits: all.map(({ visit }) => visit),
      'quarantined-acts': all.map(({ quarantined }) => quarantined),
      reports: all.map(({ report }) => report),
    },
  };
  const permissions = await readPermissions(server, callers);
  const operations = (await listOperations(server)).sort(
    (a, b) => Number(unsettling.test(a.id)) - Number(unsettling.test(b.id)),
  );
  const hashes = new TableHashes(server.databaseUrl);
  await hashes.open();
  const played: Played = { requests: 0, refused: 0, operations: operations.length, failures: [] };
  let before = await hashes.read();
  for (const [index, operation] of operations.entries()) {
    const random = randomFrom(seed * 1_000 + index);
    const requests = wrongRequests(operation, random, ids);
    const allowed = callers.filter((name) => permissions.get(name)?.has(operation.id));
    for (let n = 0; n < each; n += 1) {
      const request = requests.next().value as WrongRequest;
      const who = allowed[n % Math.max(1, allowed.length)] ?? null;
      const complaint = await send(server, who, request);
      played.requests += 1;
      if (complaint.text)
        played.failures.push(`${operation.id} (${who}), ${request.wrong}: ${complaint.text}`);
      if (complaint.refused) played.refused += 1;
      const accepted = !complaint.refused && (operation.method !== 'GET' || printing.test(operation.id));
      if (!(thorough || accepted || n === each - 1)) continue;
      const after = await hashes.read();
      const changed = changedTables(before, after);
      before = after;
      if (changed.length > 0 && !accepted && mayNot(operation, changed))
        played.failures.push(`${operation.id} (${who}), ${request.wrong}: refused, and changed ${changed}`);
    }
  }
  await hashes.close();
  return played;
}

// A refused try at the sign-in leaves its line in the audit, and a used-up second factor its count.
function mayNot(operation: Operation, changed: string[]): boolean {
  const audit = [
    'public.events',
    'public.two_factors',
    'public.verifications',
    'graphile_worker._private_jobs',
  ];
  return !(operation.id.startsWith('auth/') && changed.every((table) => audit.includes(table)));
}

async function send(
  server: TestServer,
  who: CastName | null,
  request: WrongRequest,
): Promise<{ refused: boolean; text: string | null }> {
  const { method, url, payload } = request;
  const headers = { ...(who ? { cookie: cookieOf(who) } : {}), ...request.headers };
  const answer = await server.server.inject({
    method,
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  const refused = answer.statusCode >= 400;
  if (answer.statusCode >= 500) return { refused, text: `${answer.statusCode} ${answer.body.slice(0, 200)}` };
  if (!refused) return { refused, text: null };
  const type = String(answer.headers['content-type']);
  if (!type.startsWith('application/problem+json'))
    return { refused, text: `${answer.statusCode} as ${type}` };
  const { code, reference } = answer.json() as { code?: string; reference?: string };
  const words = code?.split('.').reduce((at, key) => at?.[key], texts);
  if (!words?.text || !words?.next) return { refused, text: `no words for ${code}` };
  return { refused, text: reference ? null : 'no reference' };
}

export function assertNothingBroke({ requests, refused, failures }: Played): void {
  assert.deepEqual([...new Set(failures)].slice(0, 40), []);
  assert.ok(
    refused > requests * 0.6,
    `only ${refused} of ${requests} were refused: they are not wrong enough`,
  );
}
