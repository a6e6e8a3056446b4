import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../start-problems.ts';
import type { Binaries } from './binaries.ts';
import type { OsUser } from './os-user.ts';

/** A folder of PostgreSQL's (`PGDATA`), what runs it and as whom. */
export type Cluster = { dir: string; binaries: Binaries; user: OsUser };

/** A PostgreSQL that answers on 127.0.0.1:`port`. */
export type RunningCluster = { child: ChildProcess; pid: number; port: number };

// A clean environment: PGPORT, PGOPTIONS and the like of whoever starts us are not meant for this server.
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

const startLimitMs = 60_000;

// As another user below a folder closed to it (0700), PostgreSQL can't walk the path to its data. It can stand in
// it: node enters the folder before it gives up root, and this name leads to wherever a process stands.
const here = '/proc/self/cwd';

function spawnOptions({ dir, user }: Cluster) {
  return { ...user, cwd: dir, env: environment };
}

function nameForPostgres({ dir, user }: Cluster): string {
  return user && process.platform === 'linux' ? here : dir;
}

/**
 * Makes the cluster with one superuser and one database, both called `name`: UTF-8, sorted by code point (the
 * same everywhere), data checksums, passwords by SCRAM. It appears under its folder's name only when complete.
 */
export function initCluster(
  cluster: Cluster,
  options: { name: string; password: string; fsync?: boolean },
): void {
  clearUnfinished(cluster);
  const unfinished = { ...cluster, dir: mkdtempSync(unfinishedName(cluster)) };
  if (cluster.user) chownSync(unfinished.dir, cluster.user.uid, cluster.user.gid);
  const locale =
    cluster.binaries.major >= 17
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8'];
  const checks = ['--data-checksums', '--auth=scram-sha-256', '--pwfile=/dev/stdin', '--no-instructions'];
  const settings = [`--username=${options.name}`, '--encoding=UTF8', ...locale, ...checks];
  if (options.fsync === false) settings.push('--no-sync');
  const password = openPassword(unfinished, options.password);
  try {
    run(unfinished, 'initdb', ['-D', nameForPostgres(unfinished), ...settings], {
      stdio: [password, 'pipe', 'pipe'],
    });
    const create = `create database "${options.name}"\n`;
    run(unfinished, 'postgres', ['--single', '-D', nameForPostgres(unfinished), 'postgres'], {
      input: create,
    });
    renameSync(unfinished.dir, cluster.dir);
  } catch (error) {
    rmSync(unfinished.dir, { recursive: true, force: true });
    throw error;
  } finally {
    closeSync(password);
  }
}

function unfinishedName({ dir }: Cluster): string {
  return `${dir}.unfinished.`;
}

// What a killed start left; its initdb may be at work there still, and then the next start clears it away.
function clearUnfinished(cluster: Cluster): void {
  const folder = dirname(cluster.dir);
  for (const name of readdirSync(folder)) {
    if (!join(folder, name).startsWith(unfinishedName(cluster))) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // it is still being written
    }
  }
}

// initdb reads it as its standard input: a name could lie where its user can't look.
function openPassword({ dir, user }: Cluster, password: string): number {
  const file = `${dir}.password`;
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(file, user.uid, user.gid);
  const opened = openSync(file, 'r');
  rmSync(file);
  return opened;
}

function run(cluster: Cluster, program: string, args: string[], options: object): void {
  const path = join(cluster.binaries.bin, program);
  const done = spawnSync(path, args, { ...spawnOptions(cluster), ...options, encoding: 'utf8' });
  const failed = done.status !== 0 || /^.*(ERROR|FATAL|PANIC): /m.test(done.stderr ?? '');
  if (!failed) return;
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`;
  if (/could not look up effective user ID/.test(said))
    throw new StartProblem('os_user_nameless', { uid: process.geteuid?.() ?? '' });
  throw problemOfOutput(said, dirname(cluster.dir));
}

/** What PostgreSQL's own words about its failure mean for the person who starts it. */
export function problemOfOutput(said: string, folder: string): StartProblem {
  if (/No space left on device|Disk quota exceeded/.test(said))
    return new StartProblem('disk_full', { folder });
  const lines = said.trim().split('\n');
  const line = lines.findLast((candidate) => /error|FATAL|PANIC/.test(candidate)) ?? lines.at(-1) ?? '';
  return new StartProblem('postgres_failed', { folder, line: line.trim() });
}

/**
 * Starts PostgreSQL and waits until it answers. It leads a session of its own, so that Ctrl-C at the terminal
 * reaches node alone and requests under way can end. Throws StartProblem when it ends before it answers.
 */
export async function startCluster(
  cluster: Cluster,
  options: { port: number; logFile: string; settings: Record<string, string | number> },
): Promise<RunningCluster> {
  const settings = { ...options.settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const args = Object.entries({ ...settings, port: options.port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = openSync(options.logFile, 'a+', 0o600);
  const logStart = fstatSync(log).size;
  const child = spawn(join(cluster.binaries.bin, 'postgres'), ['-D', nameForPostgres(cluster), ...args], {
    ...spawnOptions(cluster),
    detached: true,
    stdio: ['ignore', log, log],
  });
  const endWithNode = () => child.kill('SIGINT');
  process.once('exit', endWithNode);
  child.once('exit', () => process.removeListener('exit', endWithNode));
  try {
    await waitUntilReady(child, cluster.dir);
    return { child, pid: child.pid as number, port: options.port };
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw problemOfOutput(`${readFrom(log, logStart)}\n${(error as Error).message}`, dirname(cluster.dir));
  } finally {
    closeSync(log);
  }
}

function readFrom(file: number, start: number): string {
  const buffer = Buffer.alloc(Math.min(fstatSync(file).size - start, 64 * 1024));
  readSync(file, buffer, 0, buffer.length, start);
  return buffer.toString();
}

async function waitUntilReady(child: ChildProcess, dir: string): Promise<void> {
  let failure: Error | null = null;
  child.once('error', (error) => {
    failure = error;
  });
  child.once('exit', (status, signal) => {
    failure ??= new Error(`postgres ended with ${signal ?? status}`);
  });
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    if (failure) throw failure;
    const running = readPostmasterFile(dir);
    if (running?.ready && running.pid === child.pid) return;
    await sleep(15);
  }
  child.kill('SIGQUIT');
  throw new Error(`postgres was not ready after ${startLimitMs / 1000} s`);
}

/** What a running PostgreSQL, or one that was killed, left in its folder; null when it ended in order. */
export function readPostmasterFile(dir: string): { pid: number; ready: boolean } | null {
  const file = join(dir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  try {
    // PostgreSQL's own format: line 1 the process id, line 8 its state.
    const lines = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: (lines[7] ?? '').startsWith('ready') };
  } catch {
    return null; // taken away between the look and the reading
  }
}

/** Ends PostgreSQL: orderly, and hard when that takes more than `patienceMs` (it loses nothing then either). */
export async function stopCluster({ child }: RunningCluster, patienceMs = 3_500): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const hard = setTimeout(() => child.kill('SIGQUIT'), patienceMs);
  await ended;
  clearTimeout(hard);
}
