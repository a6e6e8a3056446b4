import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// In 5 the permission is taken away for a while, in 6 the visit goes to a colleague, in 7 neither.
const seeds = [5, 6, 7];

test('R28 two phones and a dispatcher while everything breaks: nothing lost, nothing doubled', (t) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/offline-trial.mjs', '--seed', String(seeds[0]), '--runs', String(seeds.length)],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8', timeout: 1_200_000 },
  );
  const lines = stdout.trim().split('\n');
  for (const line of lines) t.diagnostic(line);
  assert.equal(status, 0, stderr);
  const figures = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    figures.map(({ seed, lost, doubled, clocks_wrong }) => ({ seed, lost, doubled, clocks_wrong })),
    seeds.map((seed) => ({ seed, lost: 0, doubled: 0, clocks_wrong: 0 })),
  );
  for (const figure of figures)
    assert.ok(figure.operations >= 60 && figure.photos >= 10 && figure.kills >= 6, JSON.stringify(figure));
  // The case is real: answers were lost, and what came too late was set apart.
  const sum = (name: string) => figures.reduce((total, figure) => total + figure[name], 0);
  assert.ok(sum('answers_lost') > 0 && sum('quarantined') > 0, stdout);
});
