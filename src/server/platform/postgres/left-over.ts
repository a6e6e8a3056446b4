import { readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../start-problems.ts';
import { readPostmasterFile } from './cluster.ts';
import { isAlive } from './processes.ts';

/**
 * Ends a PostgreSQL that still runs on this folder because its node was killed. To be called only by the holder of
 * the data folder's lock. Returns whether there was one.
 */
export async function endLeftOver(clusterDir: string): Promise<boolean> {
  const found = readPostmasterFile(clusterDir);
  if (!found || !isAlive(found.pid)) return false; // PostgreSQL itself clears up after one that is dead
  if (!runsHere(found.pid, clusterDir)) {
    // The id went to a stranger, after a restart of the machine: PostgreSQL would take it for itself.
    rmSync(join(clusterDir, 'postmaster.pid'));
    return false;
  }
  for (const { signal, patienceMs } of [
    { signal: 'SIGINT', patienceMs: 10_000 },
    { signal: 'SIGQUIT', patienceMs: 5_000 },
  ] as const) {
    try {
      process.kill(found.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
      break;
    }
    if (await hasEnded(found.pid, patienceMs)) return true;
  }
  throw new StartProblem('left_over_stuck', { pid: found.pid, folder: clusterDir });
}

async function hasEnded(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return false;
}

function runsHere(pid: number, clusterDir: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterDir);
  } catch {
    return false;
  }
}
