import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '#server/platform/postgres/free-port.ts';
import { isAlive } from '#server/platform/postgres/processes.ts';
import { startTestCluster } from '../cluster.ts';
import { findOrdinaryUser, makeFolder, type Program, runProgram } from './program.ts';

const ordinary = findOrdinaryUser();
const limitMs = 5_000;

type Desk = Program & { port: number; dataDir: string };

async function startDesk(
  t: TestContext,
  command: string[],
  env: Record<string, string> = {},
  user: { uid: number; gid: number } | null = null,
): Promise<Desk> {
  const port = await findFreePort();
  const dataDir = env.DATA_DIR ?? makeFolder(t);
  const program = runProgram(t, command, {
    env: { PORT: String(port), DATA_DIR: dataDir, ...env },
    input: 'pipe',
    user,
  });
  return { ...program, port, dataDir };
}

async function answers(desk: Desk): Promise<void> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 50) {
    if (await isHealthy(desk.port)) return;
    if (desk.child.exitCode !== null) break;
    await sleep(50);
  }
  assert.fail(`it does not answer. It said:\n${desk.output()}`);
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health`)).ok;
  } catch {
    return false;
  }
}

/** Whatever runs on this data folder or below the program: PostgreSQL, launcher, server. */
function partsOf(desk: Desk): number[] {
  const postmaster = Number(
    readFileSync(join(desk.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  );
  return [postmaster, ...descendantsOf(desk.child.pid as number)];
}

function descendantsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

async function allEnd(parts: number[], started: number): Promise<void> {
  while (parts.some(isAlive)) {
    const took = Date.now() - started;
    assert(took < limitMs, `still there after ${took} ms: ${parts.filter(isAlive)}`);
    await sleep(20);
  }
}

const launcher = [process.execPath, 'scripts/start.mjs'];
const npmStart = ['npm', 'start'];
const onLinux = { skip: process.platform === 'linux' ? false : 'looks into /proc' };

test(
  'R74 npm start on a fresh folder answers and prints its address; SIGTERM to npm alone ends all of it',
  onLinux,
  async (t) => {
    const desk = await startDesk(t, npmStart);
    await answers(desk);
    await desk.says(`http://localhost:${desk.port}`);
    const parts = partsOf(desk);
    assert(parts.length >= 3, 'the case is real: PostgreSQL, launcher and server run');
    const started = Date.now();
    desk.child.kill('SIGTERM');
    await allEnd(parts, started);
  },
);

test('R74 killing npm, which can tell nobody, ends all of it', onLinux, async (t) => {
  const desk = await startDesk(t, npmStart);
  await answers(desk);
  const parts = partsOf(desk);
  const started = Date.now();
  desk.child.kill('SIGKILL');
  await allEnd(parts, started);
});

test('R74 killing the launcher ends server and PostgreSQL', onLinux, async (t) => {
  const desk = await startDesk(t, launcher);
  await answers(desk);
  const parts = partsOf(desk);
  const started = Date.now();
  desk.child.kill('SIGKILL');
  await allEnd(parts, started);
});

for (const [name, command] of [
  ['npm', 'npm start'],
  // exec: dash, unlike bash, would stand in between and report 130 of its own.
  ['the launcher', `exec ${process.execPath} scripts/start.mjs`],
]) {
  test(`R74 Ctrl-C at a terminal ends ${name} and all below it in order`, onLinux, async (t) => {
    if (!existsSync('/usr/bin/script'))
      return t.skip('no terminal to be had without the program script (bsdutils)');
    const desk = await startDesk(t, [
      '/usr/bin/script',
      '--quiet',
      '--return',
      '--command',
      command as string,
      '/dev/null',
    ]);
    await answers(desk);
    const parts = partsOf(desk);
    const started = Date.now();
    desk.child.stdin?.write('\x03');
    const { status } = await desk.ended();
    await allEnd(parts, started);
    // npm itself reports 130 after Ctrl-C, whatever its script says.
    assert.equal(status, name === 'npm' ? 130 : 0, desk.output());
    const log = readFileSync(join(desk.dataDir, 'postgres.log'), 'utf8');
    assert.match(log, /database system is shut down\n$/);
  });
}

test('R74 a later start answers within 3 s', onLinux, async (t) => {
  const first = await startDesk(t, launcher);
  await answers(first);
  first.child.kill('SIGTERM');
  await first.ended();
  const tookMs: number[] = [];
  // The quickest of three: what else the machine does is no part of it.
  for (let times = 0; times < 3 && !tookMs.some((took) => took < 3_000); times += 1) {
    const started = Date.now();
    const again = await startDesk(t, launcher, { DATA_DIR: first.dataDir });
    await answers(again);
    tookMs.push(Date.now() - started);
    again.child.kill('SIGTERM');
    await again.ended();
  }
  assert(Math.min(...tookMs) < 3_000, `it took ${tookMs.join(', ')} ms`);
});

test(
  'R74 a port in use is named, with one that is free to try, and nothing is left running',
  onLinux,
  async (t) => {
    const other = createServer().listen(0, '0.0.0.0');
    await once(other, 'listening');
    t.after(() => other.close());
    const { port } = other.address() as { port: number };
    const desk = await startDesk(t, launcher, { PORT: String(port) });
    const { status } = await desk.ended();
    assert.equal(status, 69);
    assert.match(
      desk.output(),
      new RegExp(`Port ${port} is already used by another program\\.\n.*--port ${port + 1}`),
    );
    assert(!existsSync(join(desk.dataDir, 'postgres/postmaster.pid')), 'PostgreSQL has ended in order');
  },
);

test('R74 a second start on the same folder is refused and the first goes on', async (t) => {
  const first = await startDesk(t, launcher);
  await answers(first);
  const second = await startDesk(t, launcher, { DATA_DIR: first.dataDir });
  assert.equal((await second.ended()).status, 75);
  assert.match(second.output(), /already running on/);
  assert(await isHealthy(first.port));
});

test('R74 after a kill -9 of everything but PostgreSQL the next start works', onLinux, async (t) => {
  const first = await startDesk(t, launcher);
  await answers(first);
  const [postmaster = 0, server = 0] = partsOf(first);
  process.kill(server, 'SIGKILL');
  await first.ended();
  assert.match(first.output(), /SIGKILL/, 'it says that somebody ended it, and what to do');
  assert(isAlive(postmaster), 'the case is real');
  const second = await startDesk(t, launcher, { DATA_DIR: first.dataDir });
  await answers(second);
});

test('R74 when PostgreSQL is killed the desk stays up and answers again', onLinux, async (t) => {
  const desk = await startDesk(t, launcher);
  await answers(desk);
  for (const times of [1, 2]) {
    process.kill(partsOf(desk)[0] as number, 'SIGKILL');
    await desk.says(new RegExp(`(runs again[\\s\\S]*){${times}}`));
    await answers(desk);
  }
  desk.child.kill('SIGTERM');
  assert.equal((await desk.ended()).status, 0, desk.output());
});

test('R74 wrong options and settings are said in one sentence, in Chinese on a Chinese terminal', async (t) => {
  const cases: [string[], Record<string, string>, number, RegExp][] = [
    [['--smaple'], {}, 64, /--smaple/],
    [['--worker'], {}, 64, /DATABASE_URL/],
    [[], { PORT: 'eighty' }, 64, /PORT/],
    [[], { TLS_CERT: '/nowhere/cert.pem', TLS_KEY: '/nowhere/key.pem' }, 78, /\/nowhere\/cert\.pem/],
    [[], { DATABASE_URL: 'mysql://here' }, 78, /DATABASE_URL/],
    [[], { LC_ALL: 'zh_CN.UTF-8', DATABASE_URL: 'postgres://a@127.0.0.1:1/b' }, 69, /没有应答/],
  ];
  for (const [args, env, status, sentence] of cases) {
    const desk = await startDesk(t, [...launcher, ...args], env);
    assert.equal((await desk.ended()).status, status, desk.output());
    assert.match(desk.output(), sentence);
    assert.doesNotMatch(desk.output(), /^\s+at /m, 'no stack trace');
  }
});

test('R74 web and worker run apart on a database of one’s own', onLinux, async (t) => {
  const cluster = await startTestCluster('embedded');
  t.after(() => cluster.stop());
  const web = await startDesk(t, [...launcher, '--web'], { DATABASE_URL: cluster.url });
  await answers(web);
  const worker = await startDesk(t, [...launcher, '--worker'], {
    DATABASE_URL: cluster.url,
    DATA_DIR: web.dataDir,
  });
  await sleep(1_500);
  assert.equal(worker.child.exitCode, null, worker.output());
  assert(!(await isHealthy(worker.port)), 'the worker serves nothing');
  for (const part of [web, worker]) {
    part.child.kill('SIGTERM');
    const { status, tookMs } = await part.ended();
    assert.equal(status, 0);
    assert(tookMs < limitMs);
  }
});

test('R74 it runs as root on a folder below one that is closed to others', {
  skip: process.geteuid?.() === 0 ? onLinux.skip : 'only root can do this',
}, async (t) => {
  const closed = makeFolder(t);
  chmodSync(closed, 0o700);
  await answers(await startDesk(t, launcher, { DATA_DIR: join(closed, 'data') }));
});

test('R74 it runs as an ordinary user who owns nothing but the data folder', {
  skip: ordinary.reason,
}, async (t) => {
  const { user } = ordinary;
  assert(user);
  const dataDir = makeFolder(t);
  chownSync(dataDir, user.uid, user.gid);
  const desk = await startDesk(t, launcher, { DATA_DIR: dataDir, HOME: dataDir }, user);
  await answers(desk);
  desk.child.kill('SIGTERM');
  assert.equal((await desk.ended()).status, 0);
});

test('node that is too old is told which one to get', async (t) => {
  const folder = makeFolder(t);
  const preload = join(folder, 'old.cjs');
  writeFileSync(preload, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });");
  const program = runProgram(t, [process.execPath, '--require', preload, 'scripts/start.mjs']);
  assert.equal((await program.ended()).status, 69);
  assert.match(program.output(), /Node\.js 18\.20\.4; Copperpea needs 20\.19.*\n.*Node\.js 24/);
});
