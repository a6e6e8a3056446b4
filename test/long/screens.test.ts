import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('every screen in English and in the dark: nothing to stumble over', (t) => {
  const { TEST_TOTALS_FILE: _, NODE_TEST_CONTEXT: __, ...inherited } = process.env;
  const walk = spawnSync(
    process.execPath,
    ['scripts/test.mjs', '--only', 'journeys', 'test/journeys/screens.test.ts'],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...inherited, SCREENS: 'rest' },
      encoding: 'utf8',
      timeout: 15 * 60_000,
    },
  );
  for (const line of walk.stdout.trim().split('\n')) t.diagnostic(line);
  assert.equal(walk.status, 0, walk.stderr);
});
