import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../scripts/clock.mjs', import.meta.url));
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copperpea-clock-'));
});
after(() => rm(folder, { recursive: true }));

function clock(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, lines: stdout.split('\n').filter(Boolean), stderr };
}

const calendar = {
  zone: 'Asia/Shanghai',
  hours: {
    mon: [
      ['09:00', '12:00'],
      ['13:30', '18:00'],
    ],
    sat: [['22:00', '06:00']],
  },
  off: ['2026-10-01'],
  workdays: { '2026-10-10': 'fri' },
  restAnyway: false,
};
const line = (more: object) =>
  JSON.stringify({ calendar, from: '2026-10-01T09:00:00+08:00', minutes: 200, ...more });

test('R7 npm run clock prints due and working spans for each line of a file', async () => {
  const file = join(folder, 'questions.jsonl');
  await writeFile(file, `\uFEFF${line({})}\r\n\n${line({ minutes: 0 })}\n`);
  const answer = clock([file]);
  assert.deepEqual(answer, {
    status: 0,
    stderr: '',
    lines: [
      '{"due":"2026-10-03T17:20:00.000Z","spans":[["2026-10-03T14:00:00.000Z","2026-10-03T17:20:00.000Z"]]}',
      '{"due":"2026-10-01T01:00:00.000Z","spans":[]}',
    ],
  });
});

test('R7 a line that cannot be answered says why, the others are answered, and the end is not 0', () => {
  const never = { calendar: { zone: 'UTC', hours: {} } };
  const nowhere = { calendar: { zone: 'Mars/Olympus', hours: {} } };
  const { status, lines } = clock(
    ['-'],
    [line({}), 'no', line(never), line(nowhere), line({ from: 'noon' })].join('\n'),
  );
  assert.equal(status, 1);
  const errors = lines.map((text) => JSON.parse(text) as { error?: string; line?: number });
  assert.deepEqual(
    errors.map((one) => [one.line, one.error?.split(':')[0]]),
    [
      [undefined, undefined],
      [2, 'not a JSON object'],
      [3, 'the calendar has no working time at all'],
      [4, 'calendar.zone'],
      [5, 'from'],
    ],
  );
});

test('npm run clock without a file, or with one that is not there, helps in one go', () => {
  assert.equal(clock(['--help']).status, 0);
  assert.match(clock(['--help']).lines[0] ?? '', /npm run clock/);
  assert.equal(clock([]).status, 2);
  const missing = clock([join(folder, 'missing.jsonl')]);
  assert.deepEqual([missing.status, missing.lines], [2, []]);
  assert.match(missing.stderr, /cannot be read: ENOENT/);
});
