import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

// One engineer with two devices from whom the permission is taken for a while; and a visit that goes to a colleague.
for (const seed of [5, 6]) {
  test(`R28 two phones and a dispatcher while everything breaks: nothing lost, nothing doubled (seed ${seed})`, (t) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/offline-trial.mjs', '--seed', String(seed), '--runs', '1'],
      { cwd: root, encoding: 'utf8', timeout: 600_000 },
    );
    t.diagnostic(stdout.trim());
    assert.equal(status, 0, stderr);
    const figure = JSON.parse(stdout.trim().split('\n').at(-1) as string);
    const { lost, doubled, clocks_wrong } = figure;
    assert.deepEqual({ lost, doubled, clocks_wrong }, { lost: 0, doubled: 0, clocks_wrong: 0 });
    assert.ok(figure.operations >= 50 && figure.photos > 0 && figure.kills >= 4, stdout);
  });
}
