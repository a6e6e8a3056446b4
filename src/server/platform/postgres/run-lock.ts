import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from '../start-problems.ts';
import { startOf } from './processes.ts';

export type RunLock = { release(): void };

/**
 * Claims a data folder for this process, or throws `second_start` while another live process has it. A claim is
 * a file named after the process's id, its start time and the boot, so one left by a kill -9 is known as dead
 * even when its id is in use again. Each process writes its own claim first and looks at the others' after:
 * two that start in the same instant may both give way, but never both go on.
 * Claims can't be checked across containers that share a folder but no process ids.
 */
export function claimFolder(dataDir: string): RunLock {
  const folder = join(dataDir, 'running');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = nameOf(process.pid);
  const release = () => rmSync(join(folder, own), { force: true });
  writeFileSync(join(folder, own), '');
  for (const name of readdirSync(folder)) {
    if (name === own) continue;
    const pid = Number(name.split('.')[0]);
    if (nameOf(pid) === name) {
      release();
      throw new StartProblem('second_start', { folder: dataDir, pid });
    }
    rmSync(join(folder, name), { force: true });
  }
  return { release };
}

function nameOf(pid: number): string {
  return `${pid}.${startOf(pid) ?? 'dead'}`;
}
