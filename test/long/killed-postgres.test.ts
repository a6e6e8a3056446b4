import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { cookieOf } from '#test/cast.ts';
import { RealServer } from './faults/real-server.ts';
import { assertEachStandsOnce, assertPlainAnswers, Writers } from './faults/writers.ts';

test('five times PostgreSQL is killed under eight writers: the server says so, recovers by itself, and nothing acknowledged is lost', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'copperpea-killed-'));
  const server = await RealServer.begin(t, dataDir);
  t.after(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 }));
  const { pid } = server;
  const writers = new Writers(server);
  for (let kills = 0; kills < 5; kills += 1) {
    await sleep(800 + Math.random() * 1_200);
    server.killPostgres();
    await assertToldPlainly(server);
    await server.healthy(60_000);
  }
  await sleep(1_000);
  await writers.stop();
  t.diagnostic(`${writers.acknowledged.length} writes; answers ${JSON.stringify([...writers.answers])}`);
  assert.equal(server.pid, pid, 'the same process goes on');
  assert.ok(writers.answers.get('503 ground.database_gone'), 'people were told that the database is away');
  assertPlainAnswers(writers.answers, ['ground.database_gone']);
  await assertEachStandsOnce(server, writers.acknowledged);
});

/** A read too is answered with words that both languages have, and a health check with its own status. */
async function assertToldPlainly(server: RealServer): Promise<void> {
  const answer = await fetch(`${server.url}/api/tickets`, { headers: { cookie: cookieOf('林海') } });
  if (answer.status === 200) return; // it was back within the blink
  const problem = (await answer.json()) as { code: string; reference: string };
  assert.equal(answer.status, 503);
  assert.equal(problem.code, 'ground.database_gone');
  assert.ok(problem.reference);
  assert.equal(answer.headers.get('retry-after'), '2');
  for (const language of ['zh-CN', 'en']) {
    const texts = JSON.parse(
      readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'),
    );
    assert.ok(texts.refusals.ground.database_gone.text && texts.refusals.ground.database_gone.next);
  }
}
