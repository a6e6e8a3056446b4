import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPostmasterFile } from './cluster.ts';

const patienceMs = 20_000;

/**
 * The address of the built-in PostgreSQL that another process runs on this data folder; null when none is ready within
 * 20 s. For a command beside a running server.
 */
export async function findRunning(dataDir: string): Promise<string | null> {
  const dir = join(dataDir, 'postgres');
  const passwordFile = join(dataDir, 'postgres.password');
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(100)) {
    if (!readPostmasterFile(dir)?.ready || !existsSync(passwordFile)) continue;
    // PostgreSQL's own format: line 4 is its port.
    const port = Number(readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')[3]);
    const password = readFileSync(passwordFile, 'utf8').trim();
    if (port > 0) return `postgres://copperpea:${password}@127.0.0.1:${port}/copperpea`;
  }
  return null;
}
