import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { importHead } from './imports.ts';

let database: TestDatabase;
let folder: string;
let client: pg.Client;
before(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'copperpea-import-'));
  client = new pg.Client({ connectionString: database.url });
  client.on('error', () => {});
  await client.connect();
});
after(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

type Run = { child: ChildProcess; ended: Promise<{ status: number | null; out: string; err: string }> };

function run(...args: string[]): Run {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/server/import-command.ts', ...args],
    {
      cwd: new URL('..', import.meta.url),
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        DATA_DIR: folder,
        INIT_CWD: folder,
        LC_ALL: 'C',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  return { child, ended: once(child, 'close').then(([status]) => ({ status, out, err })) };
}

const one = async (sql: string) => (await client.query(sql)).rows[0] as Record<string, never>;
const countsOf = (out: string) =>
  JSON.parse(out.trim().split('\n').at(-1) as string) as Record<string, number>;

async function writeConversations(name: string, issues: number): Promise<string> {
  const lines = [importHead];
  for (let n = 0; n < issues; n += 1) {
    const at = `2022-03-${String((n % 28) + 1).padStart(2, '0')} 10:00:00+00:00`;
    lines.push(
      `${n}.0,${n}1.0,0,0,reporter ${n % 50},${at},0.0,question ${n},reporter`,
      `${n}.0,${n}2.0,1,0,desk,${at},1.0,note ${n},assignee`,
      `${n}.0,${n}3.0,2,0,desk,${at},0.0,answer ${n},assignee`,
    );
  }
  await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  return name;
}

test('R71 an import that is killed is taken up where it was, and what it brings is there once', async () => {
  const file = await writeConversations('killed.csv', 3_000);
  for (let kills = 0; kills < 2; kills += 1) {
    const before = Number((await one('select coalesce(max(cursor_records), 0) as n from imports')).n);
    const { child, ended } = run('conversations', file);
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(10)) {
      const { n } = await one('select coalesce(max(cursor_records), 0) as n from imports');
      if (Number(n) > before) break;
    }
    child.kill('SIGKILL');
    const { status } = await ended;
    assert.equal(status, null);
    const left = await one('select state, cursor_records from imports');
    assert.equal(left.state, 'running');
    assert.ok(Number(left.cursor_records) > before, 'nothing was committed before the kill');
  }
  const { status, out, err } = await run('conversations', file).ended;
  assert.equal(status, 0, err);
  assert.match(err, /broken off, after row \d/);
  const { tickets, messages, records, rejected } = countsOf(out);
  assert.deepEqual([tickets, messages, records, rejected], [3_000, 9_000, 9_000, 0]);
  const found = await one(`select count(*)::int as messages, count(distinct source_key)::int as keys,
    count(*) filter (where voice = 'internal')::int as notes from messages`);
  assert.deepEqual(found, { messages: 9_000, keys: 9_000, notes: 3_000 });
  assert.deepEqual(await one('select count(*)::int as n from tickets'), { n: 3_000 });
  assert.deepEqual(await one(`select count(*)::int as n from events where name like 'import.%'`), { n: 2 });
});

test('R71 a second run adds nothing, and taking back removes all of it', async () => {
  const again = await run('conversations', 'killed.csv').ended;
  const counts = countsOf(again.out);
  assert.deepEqual([counts.tickets, counts.messages, counts.contacts, counts.known], [0, 0, 0, 3_000]);
  const [{ id }] = (await client.query('select id from imports order by id limit 1')).rows as [
    { id: string },
  ];
  const back = await run('take-back', id).ended;
  assert.equal(back.status, 0, back.err);
  assert.deepEqual(countsOf(back.out), { import: id, state: 'taken_back', removed: 3_000, kept: 0 });
  for (const table of ['tickets', 'messages', 'contacts', 'customers', 'imported_events', 'import_rejects'])
    assert.deepEqual(await one(`select count(*)::int as n from ${table}`), { n: 0 }, table);
});

test('rows that stay out are written down with line and reason; what can’t be done ends in a sentence', async () => {
  await writeFile(
    join(folder, 'bad.csv'),
    `${importHead}\n1.0,1.0,0,0,a,2022-01-01 10:00,perhaps,x,reporter\n`,
  );
  const { status, out } = await run('conversations', 'bad.csv').ended;
  assert.equal(status, 0);
  assert.equal(countsOf(out).rejected, 1);
  const reject = JSON.parse(await readFile(join(folder, 'bad.csv.rejects.jsonl'), 'utf8'));
  assert.deepEqual([reject.line, reject.reason], [2, 'voice_unknown']);
  assert.match(reject.why, /can't tell whether the customer may read it: “perhaps”/);
  const wrong: [number, RegExp, ...string[]][] = [
    [64, /npm run import/],
    [64, /--map/, 'tickets', 'bad.csv'],
    [65, /can't be read \(ENOENT\)/, 'conversations', 'nowhere.csv'],
    [65, /no such columns/, 'incidents', 'bad.csv'],
    [65, /time zone “Mars”/, 'conversations', 'bad.csv', '--zone', 'Mars'],
    [65, /preset zammad does not fit/, 'tickets', 'bad.csv', '--map', 'zammad'],
  ];
  const ends = await Promise.all(
    wrong.map(async ([code, sentence, ...args]) => ({ code, sentence, args, ...(await run(...args).ended) })),
  );
  for (const { code, sentence, args, status, err } of ends) {
    assert.equal(status, code, `${args.join(' ')}: ${err}`);
    assert.match(err, sentence, args.join(' '));
  }
});
