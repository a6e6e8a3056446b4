import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findServer } from '#test/database.ts';

test('each seeded fault turns its test red', async (t) => {
  const done = spawnSync(process.execPath, ['scripts/mutants.mjs'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, TEST_POSTGRES_URL: await findServer() },
    encoding: 'utf8',
    timeout: 12 * 60_000,
  });
  for (const line of done.stdout.trim().split('\n')) t.diagnostic(line);
  assert.equal(done.status, 0, done.stderr);
});
