import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { anyone } from '#domain/ground/actor.ts';
import { newId } from '#server/platform/ids.ts';
import { LiveHub } from '#server/platform/live.ts';
import { makeLog } from '#server/platform/log.ts';
import { Metrics } from '#server/platform/metrics.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { write } from './route.ts';
import { buildServer } from './server.ts';

let server: TestServer;
const started: FastifyInstance[] = [];
before(async () => {
  server = await startTestServer();
});
after(async () => {
  for (const one of started) await one.close();
  await server.stop();
});

const first = z.strictObject({
  said: z.string(),
  more: z.strictObject({ a: z.int(), b: z.int() }).optional(),
});
const next = first.extend({ comes_back: z.boolean().default(false) });

/** A server on the same database whose one write takes such a body: the product in one of its versions. */
async function versionWith(body: z.ZodType, options: { secrets?: string[] } = {}): Promise<FastifyInstance> {
  const log = makeLog('silent');
  const { db, settings, databaseUrl: url } = server;
  const say = async () => ({ id: newId() });
  const built = await buildServer({
    db,
    settings,
    log,
    policy: { 'trial.say': ['anyone'] },
    routes: [
      write('POST /api/says', 'trial.say', { body, result: z.strictObject({ id: z.uuid() }) }, say, options),
    ],
    listening: new Map(),
    live: new LiveHub({ url, log }),
    metrics: new Metrics(),
    resolveActor: async () => anyone,
  });
  started.push(built);
  return built;
}

async function send(to: FastifyInstance, key: string, payload: string) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const answer = await to.inject({ method: 'POST', url: '/api/says', headers, payload });
  const { id, code } = answer.json();
  return { status: answer.statusCode, id, code, replayed: answer.headers['idempotency-replayed'] === 'true' };
}

const storedHash = async (key: string) =>
  (
    await server.db
      .selectFrom('verdicts')
      .select('request_hash')
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
  ).request_hash;

test('R28 the lost answer of an act is found after an update whose form has a field more', async () => {
  const [older, newer] = [await versionWith(first), await versionWith(next)];
  const key = newId();
  const raw = '{"said":"做了"}';
  const done = await send(older, key, raw);
  assert.equal(done.status, 200);
  assert.deepEqual(await send(newer, key, raw), { ...done, replayed: true });
  // And the way back, when an update is taken back.
  const other = newId();
  const later = await send(newer, other, raw);
  assert.deepEqual(await send(older, other, raw), { ...later, replayed: true });
});

test('R28 the same key with another body is refused', async () => {
  const newer = await versionWith(next);
  const key = newId();
  const { status } = await send(newer, key, '{"said":"做了"}');
  assert.equal(status, 200);
  for (const other of [
    '{"said":"没做"}',
    '{"said":"做了","comes_back":true}',
    '{"said":"做了","more":{"a":1,"b":2}}',
  ])
    assert.equal((await send(newer, key, other)).code, 'ground.key_reused', other);
});

test('the order of the fields in a body is no part of the request, at any depth', async () => {
  const older = await versionWith(first);
  const key = newId();
  const done = await send(older, key, '{"said":"做了","more":{"a":1,"b":2}}');
  const turned = await send(older, key, '{"more":{"b":2,"a":1},"said":"做了"}');
  assert.deepEqual(turned, { ...done, replayed: true });
});

test('R28 a verdict that an earlier version stored, by what it had read, answers the repeat', async () => {
  const newer = await versionWith(next);
  const key = newId();
  await send(newer, key, '{"said":"做了"}');
  const asRead = createHash('sha256')
    .update('POST /api/says\n{"said":"做了","comes_back":false}')
    .digest('base64url');
  await server.db.updateTable('verdicts').set({ request_hash: asRead }).where('key', '=', key).execute();
  const again = await send(newer, key, '{"said":"做了"}');
  assert.deepEqual([again.status, again.replayed], [200, true]);
  assert.equal((await send(newer, key, '{"said":"没做"}')).code, 'ground.key_reused');
});

test('a secret leaves no trace in the hash of what was received', async () => {
  const login = z.strictObject({
    said: z.string(),
    password: z.string(),
    remember: z.boolean().default(false),
  });
  const guarded = await versionWith(login, { secrets: ['password'] });
  const [one, other] = [newId(), newId()];
  await send(guarded, one, '{"said":"我","password":"first secret"}');
  await send(guarded, other, '{"password":"another secret","said":"我"}');
  assert.equal(await storedHash(one), await storedHash(other));
});
