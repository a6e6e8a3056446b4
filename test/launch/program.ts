import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findOsUser } from '#server/platform/postgres/os-user.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program under test, with what it said and when it ended. */
export type Program = {
  child: ChildProcess;
  output(): string;
  /** Waits for a text on either stream. Throws when the program ends first or `limitMs` pass. */
  says(text: string | RegExp, limitMs?: number): Promise<RegExpMatchArray>;
  /** Waits for the end; resolves to exit status (null after a signal) and how long the wait took. */
  ended(limitMs?: number): Promise<{ status: number | null; tookMs: number }>;
};

type Options = {
  env?: Record<string, string | undefined>;
  cwd?: string;
  user?: { uid: number; gid: number } | null;
  input?: 'pipe' | 'ignore';
};

/** Starts a program that is ended with its whole group, at the latest when the test ends. */
export function runProgram(t: TestContext, command: string[], options: Options = {}): Program {
  // What npm tells its scripts is not for the programs of a test.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_TEST|DATABASE_URL|TEST_POSTGRES)/.test(name),
  );
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: options.cwd ?? root,
    env: { ...Object.fromEntries(inherited), LC_ALL: 'C', ...options.env },
    stdio: [options.input ?? 'ignore', 'pipe', 'pipe'],
    detached: true,
    ...options.user,
  });
  let said = '';
  const ear = (chunk: Buffer) => {
    said += chunk;
    child.emit('said');
  };
  child.stdout?.on('data', ear);
  child.stderr?.on('data', ear);
  const end = new Promise<number | null>((resolve) => child.once('close', resolve));
  t.after(async () => {
    endGroup(child, 'SIGTERM');
    // What it started may be no part of its group; only an orderly end takes that along.
    const hard = setTimeout(() => endGroup(child, 'SIGKILL'), 6_000);
    await end;
    clearTimeout(hard);
  });
  return {
    child,
    output: () => said,
    says: (text, limitMs = 30_000) => waitForText({ child, said: () => said, end, text, limitMs }),
    ended: async (limitMs = 30_000) => {
      const started = Date.now();
      const status = await withLimit(
        end,
        limitMs,
        () => `it still ran after ${limitMs} ms. It said:\n${said}`,
      );
      return { status, tookMs: Date.now() - started };
    },
  };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid as number), signal);
  } catch {
    // it has ended
  }
}

function waitForText(wait: {
  child: ChildProcess;
  said(): string;
  end: Promise<unknown>;
  text: string | RegExp;
  limitMs: number;
}): Promise<RegExpMatchArray> {
  const { child, said, end, text, limitMs } = wait;
  const pattern = typeof text === 'string' ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text;
  const found = new Promise<RegExpMatchArray>((resolve, reject) => {
    const look = () => {
      const match = said().match(pattern);
      if (match) resolve(match);
    };
    child.on('said', look);
    end.then(() => reject(new Error(`it ended without saying ${pattern}. It said:\n${said()}`)));
    look();
  });
  return withLimit(found, limitMs, () => `not said within ${limitMs} ms: ${pattern}. It said:\n${said()}`);
}

function withLimit<T>(promise: Promise<T>, limitMs: number, complaint: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(complaint())), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A user of this machine without rights, who can run this project; or the reason why there is none, for `skip`. */
export function findOrdinaryUser(): { user: { uid: number; gid: number } | null; reason: string | false } {
  if (process.geteuid?.() !== 0) return { user: null, reason: 'only root can start it as another user' };
  const user = findOsUser('nobody');
  const reads = "require('node:fs').readFileSync(process.argv[1])";
  const tried =
    user && spawnSync(process.execPath, ['-e', reads, join(root, 'package.json')], { ...user, cwd: '/' });
  if (tried?.status === 0) return { user, reason: false };
  return { user: null, reason: 'the project stands where no other user of this machine can go' };
}

/** An empty folder of this test's own. */
export function makeFolder(t: TestContext, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'copperpea-launch-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
