import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { RealServer } from './faults/real-server.ts';
import { assertEachStandsOnce, assertPlainAnswers, Writers } from './faults/writers.ts';

test('five times the server is killed under eight writers: every acknowledged write stands once', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'copperpea-killed-'));
  const server = await RealServer.begin(t, dataDir);
  t.after(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 }));
  const writers = new Writers(server);
  for (let kills = 0; kills < 5; kills += 1) {
    await sleep(800 + Math.random() * 1_200);
    server.kill();
    await server.start();
  }
  await sleep(1_000);
  await writers.stop();
  t.diagnostic(`${writers.acknowledged.length} writes; answers ${JSON.stringify([...writers.answers])}`);
  assertPlainAnswers(writers.answers, ['ground.database_gone']);
  await assertEachStandsOnce(server, writers.acknowledged);
});
