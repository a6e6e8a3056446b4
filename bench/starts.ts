import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '#server/platform/postgres/free-port.ts';
import { root } from './processes.ts';
import type { Line } from './targets.ts';

const limitMs = 60_000;

/** From `npm start` to listening: with an empty data folder (cold), and again with what that left (warm). */
export async function measureStarts(folder: string, print: (line: Line) => void): Promise<void> {
  const dataDir = join(folder, 'start');
  for (const figure of ['start.cold', 'start.warm']) {
    print({ figure, ms: Math.round(await startOnce(dataDir)) });
  }
}

async function startOnce(dataDir: string): Promise<number> {
  const port = await findFreePort();
  const { DATABASE_URL: _, ...env } = process.env;
  const began = performance.now();
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(npm, 'exit');
  try {
    while (!(await listens(port))) {
      if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}`);
      if (performance.now() - began > limitMs) throw new Error('npm start does not listen');
      await sleep(10);
    }
    return performance.now() - began;
  } finally {
    npm.kill('SIGTERM');
    await ended;
    // npm may end before the server has put its PostgreSQL away.
    while ((await listens(port)) || existsSync(join(dataDir, 'postgres/postmaster.pid'))) await sleep(20);
    await sleep(200);
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  const answer = await Promise.race([
    once(socket, 'connect').then(
      () => true,
      () => false,
    ),
    once(socket, 'error').then(() => false),
  ]);
  socket.destroy();
  return answer;
}
