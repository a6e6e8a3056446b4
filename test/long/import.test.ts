import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { importHead, realIncidents, withoutData } from '../imports.ts';
import { RealServer } from './faults/real-server.ts';

// The same as the command's own: it is a script that runs before anything is installed.
const script = new URL('../../scripts/import-flags.mjs', import.meta.url);
const { flags } = (await import(script.href)) as { flags: string[] };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copperpea-import-long-'));
});
after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

/** Runs the command; `peakMb` is the most memory it ever had (Linux). */
async function run(env: Record<string, string>, args: string[]) {
  const child = spawn(process.execPath, [...flags, 'src/server/import-command.ts', ...args], {
    cwd: new URL('../..', import.meta.url),
    env: { ...process.env, INIT_CWD: folder, LC_ALL: 'C', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  let peakMb = 0;
  const watch = setInterval(async () => {
    const text = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024);
  }, 200);
  const [status] = await once(child, 'close');
  clearInterval(watch);
  return { status, out, err, peakMb };
}

async function onDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  await work(database).finally(() => database.drop());
}

test(
  'R71 all 141,712 events of a real desk: our counting against its own counters, each contradiction by its place',
  {
    skip: withoutData(realIncidents),
  },
  (t) =>
    onDatabase(async ({ url }) => {
      const env = { DATABASE_URL: url, DATA_DIR: folder };
      const { status, out, err } = await run(env, [
        'incidents',
        realIncidents,
        '--zone',
        'America/Sao_Paulo',
      ]);
      assert.equal(status, 0, err);
      const counts = JSON.parse(out.trim().split('\n').at(-1) as string);
      assert.deepEqual(
        [counts.records, counts.tickets, counts.events, counts.rejected],
        [141_712, 24_918, 141_707, 5],
      );
      assert.match(out, /don't begin as New: 8521/);
      assert.match(
        out,
        /reopenings: 331 by the events, 331 by the source's counters; 24918 of 24918 incidents agree/,
      );
      assert.match(
        out,
        /reassignments: 23321 by the events, 23414 by the source's counters; 24827 of 24918 incidents agree/,
      );
      const places =
        out.match(/^ {2}INC\d+ line \d+: a reassignment is counted, but the group is the same$/gm) ?? [];
      assert.equal(places.length, 93);
      assert.equal(new Set(places).size, 93);
      const states = {
        Active: 38_716,
        New: 36_407,
        Resolved: 25_751,
        Closed: 24_985,
        'Awaiting User Info': 14_642,
      };
      for (const [state, count] of Object.entries(states))
        assert.match(out, new RegExp(`^ {2}${state}: ${count}$`, 'm'));
      const rejects = (await readFile(join(folder, 'incident_event_log.csv.zip.rejects.jsonl'), 'utf8'))
        .trim()
        .split('\n');
      assert.deepEqual(
        rejects.map((line) => JSON.parse(line)).map(({ line, reason }) => [line, reason]),
        [115_643, 115_644, 124_509, 124_510, 124_511].map((line) => [line, 'state_unknown']),
      );
      t.diagnostic(out.trim().split('\n').at(-2) ?? '');
    }),
);

async function writeMany(name: string, issues: number): Promise<void> {
  const file = createWriteStream(join(folder, name));
  file.write(`${importHead}\n`);
  for (let n = 0; n < issues; n += 1) {
    const row = `${n}.0,${n}.0,0,0,reporter ${n % 500},2022-03-01 10:00:00+00:00,0.0,${'words '.repeat(40)}${n},reporter\n`;
    if (!file.write(row)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

test('R71 memory stays flat: twenty times the rows take no more of it', (t) =>
  onDatabase(async ({ url }) => {
    const env = { DATABASE_URL: url, DATA_DIR: folder };
    await writeMany('few.csv', 10_000);
    await writeMany('many.csv', 200_000);
    const few = await run(env, ['conversations', 'few.csv']);
    const many = await run(env, ['conversations', 'many.csv']);
    assert.equal(few.status, 0, few.err);
    assert.equal(many.status, 0, many.err);
    t.diagnostic(`${Math.round(few.peakMb)} MB for 10,000 rows, ${Math.round(many.peakMb)} MB for 200,000`);
    assert.ok(many.peakMb < 380, `${few.peakMb} MB for few, ${many.peakMb} MB for many`);
  }));

test('R71 beside a running server the command works in that server’s database', async (t) => {
  const dataDir = join(folder, 'beside');
  const server = await RealServer.begin(t, dataDir);
  const { status, out, err } = await run({ DATA_DIR: dataDir }, ['conversations', 'few.csv']);
  assert.equal(status, 0, err);
  assert.equal(JSON.parse(out.trim().split('\n').at(-1) as string).tickets, 10_000);
  server.kill();
  // Stopped, the same command starts the database by itself.
  const alone = await run({ DATA_DIR: dataDir }, ['conversations', 'few.csv']);
  assert.equal(alone.status, 0, alone.err);
  assert.equal(JSON.parse(alone.out.trim().split('\n').at(-1) as string).known, 10_000);
});
