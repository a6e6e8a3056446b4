import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '#server/platform/postgres/free-port.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

const children = new Set<ChildProcess>();

function kept<T extends ChildProcess>(child: T): T {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Ends what was started here, each by its own id. */
export async function endChildren(): Promise<void> {
  await Promise.all([...children].map((child) => endChild(child)));
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 6_000);
  await ended;
  clearTimeout(hard);
}

export type Server = { url: string; child: ChildProcess; end(): Promise<void> };

/** The server as `npm start` starts it, in processes of its own on a free loopback port. */
export async function startServer(env: Record<string, string>, args: string[] = []): Promise<Server> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = kept(
    spawn(process.execPath, ['scripts/start.mjs', ...args], {
      cwd: root,
      env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    // The first start builds the screens.
    if (tries > 3_600) throw new Error('the server does not answer');
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, child, end: () => endChild(child) };
}

export type Worker = { child: ChildProcess; ask<T>(message: unknown): Promise<T> };

/** A script of this folder in a process of its own that answers one message at a time. */
export function startScript(name: string, env: Record<string, string> = {}): Worker {
  const child = kept(
    fork(fileURLToPath(new URL(name, import.meta.url)), {
      execPath: process.execPath,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, ...env },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  return {
    child,
    ask: async <T>(message: unknown) => {
      child.send(message as object);
      const settled = new AbortController();
      const { signal } = settled;
      const answer = await Promise.race([
        once(child, 'message', { signal }).then(([said]) => ({ said })),
        once(child, 'exit', { signal }).then(([status]) => ({ status })),
      ]);
      settled.abort();
      if ('status' in answer) throw new Error(`${name} ended with ${answer.status}`);
      return answer.said as T;
    },
  };
}
