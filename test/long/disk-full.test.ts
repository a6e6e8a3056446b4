import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { RealServer } from './faults/real-server.ts';
import { assertEachStandsOnce, assertPlainAnswers, Writers } from './faults/writers.ts';

const diskMb = 320;
// What is left when the writing begins: little enough to be full soon, enough to have begun.
const leftMb = 14;
const megabyte = 1024 * 1024;

test('the disk is full under eight writers: what was acknowledged stands, refusals say why, and it goes on once there is room', async (t) => {
  const folder = mountSmallDisk(t);
  if (!folder) return t.skip('only root can mount a small disk, and not on every machine');
  const server = await RealServer.begin(t, join(folder, 'data'));
  const writers = new Writers(server);
  await sleep(1_500);
  const ballast = join(folder, 'ballast');
  fill(folder, ballast);

  for (let waited = 0; !writers.answers.get('503 ground.disk_full'); waited += 100) {
    assert.ok(waited < 60_000, `nobody was told. ${JSON.stringify([...writers.answers])}\n${server.log}`);
    if (waited % 2_000 === 0) fill(folder, `${ballast}.${waited}`, 0);
    await sleep(100);
  }
  await sleep(2_000);
  const before = writers.acknowledged.length;
  spawnSync('sh', ['-c', `rm -f "${ballast}"*`]);
  await server.healthy(60_000);
  for (let waited = 0; writers.acknowledged.length < before + 16; waited += 100) {
    assert.ok(waited < 60_000, `it does not go on. ${JSON.stringify([...writers.answers])}\n${server.log}`);
    await sleep(100);
  }
  await writers.stop();
  t.diagnostic(`${writers.acknowledged.length} writes; answers ${JSON.stringify([...writers.answers])}`);
  // A PostgreSQL that finds no room for its journal ends and comes back: people may hear of that as well.
  assertPlainAnswers(writers.answers, ['ground.disk_full', 'ground.database_gone']);
  await assertEachStandsOnce(server, writers.acknowledged);
});

/** A disk of its own, so that nobody else's is filled. Null where it can't be had. */
function mountSmallDisk(t: TestContext): string | null {
  if (process.geteuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'copperpea-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m,mode=755`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    return null;
  }
  process.once('exit', () => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  t.diagnostic(`a disk of ${diskMb} MB at ${folder}`);
  return folder;
}

function fill(folder: string, file: string, keepMb = leftMb): void {
  const { bavail, bsize } = statfsSync(folder);
  const room = bavail * bsize - keepMb * megabyte;
  try {
    if (room > 0) writeFileSync(file, Buffer.alloc(room));
  } catch {
    // full at last
  }
}
