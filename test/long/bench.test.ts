import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// Apart, so that each has the rounds of a whole quick run: medians of two rounds are no figures.
const writes = ['tickets.create', 'tickets.reply', 'visits.log'];
const reads = ['tickets.list', 'tickets.open', 'promises.list', 'visits.list'];

function check(figures: readonly string[], env: Record<string, string> = {}) {
  return run(['--check', '--only', figures.join()], env);
}

function run(args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, ['bench/run.ts', '--quick', ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 240_000,
  });
}

for (const figures of [writes, reads]) {
  test(`the figures meet their targets at 10,000 tickets: ${figures.join(', ')}`, (t) => {
    const { status, stdout, stderr } = check([...figures, 'memory']);
    for (const line of stdout.trim().split('\n')) t.diagnostic(line);
    assert.equal(status, 0, stderr);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const figure of figures) {
      for (const clients of [1, 8]) {
        const line = lines.find((one) => one.figure === figure && one.clients === clients);
        assert.ok(line?.n > 0 && line.raw_per_second > 0 && line.cpu_us > 0, `${figure}, ${clients} clients`);
      }
    }
  });
}

test('the first screens stay within their sizes', (t) => {
  const { status, stdout, stderr } = check(['screens']);
  for (const line of stdout.trim().split('\n')) t.diagnostic(line);
  assert.equal(status, 0, stderr);
  for (const shell of ['desk', 'phone', 'portal'])
    assert.match(stdout, new RegExp(`"figure":"first_screen","shell":"${shell}","kb_gz":[1-9]`));
});

test('a run with added latency turns the check red and says for which figures', () => {
  const figures = [...writes, ...reads];
  const { status, stderr } = check(figures, { BENCH_ADDED_LATENCY_MS: '600' });
  assert.equal(status, 1, stderr);
  for (const figure of figures) assert.ok(stderr.includes(`missed: ${figure} `), `${figure}\n${stderr}`);
});

test('the phone’s figures are measured: its board is planned and worked on by the acts of today', (t) => {
  // Printed, not judged: milliseconds under a quota depend on the machine's hour.
  const { status, stdout, stderr } = run(['--only', 'sync.edits,phone.offline_start']);
  for (const line of stdout.trim().split('\n')) t.diagnostic(line);
  assert.equal(status, 0, stderr);
  for (const figure of ['sync.edits', 'phone.offline_start'])
    assert.match(stdout, new RegExp(`"figure":"${figure}".*"ms":[1-9]`));
});
