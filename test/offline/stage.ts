import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { findFreePort } from '#server/platform/postgres/free-port.ts';
import { createTestDatabase, findServer, urlOf } from '../database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const samplePassword = 'copperpea-sample';

const running = new Set<ChildProcess>();
// A trial that is broken off leaves no server behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Makes all that a Node process can know of the time later by so much. */
function later(ms: number): string[] {
  if (ms === 0) return [];
  const code = `const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...parts) { parts.length === 0 ? super(Right.now() + ${ms}) : super(...parts); }
      static now() { return Right.now() + ${ms}; }
    };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

/** The real server in a process of its own, which can be killed and started again at the same address. */
export class ServerProcess {
  readonly port: number;
  readonly databaseUrl: string;
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'copperpea-offline-'));
  private child: ChildProcess | null = null;
  private said = '';

  constructor(port: number, databaseUrl: string) {
    this.port = port;
    this.databaseUrl = databaseUrl;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What it wrote to its terminal. */
  get log(): string {
    return this.said;
  }

  /**
   * `from`: where the program stands, another version of it perhaps. `aheadMs`: so much later it is there than here; to a
   * device that was without a network since before, so much time has passed.
   */
  async start(args: string[] = [], from = root, { aheadMs = 0 } = {}): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...later(aheadMs), 'src/server/main.ts', ...args],
      {
        cwd: from,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          DATABASE_URL: this.databaseUrl,
          DATA_DIR: this.dataDir,
          PORT: String(this.port),
          HOST: '127.0.0.1',
          PUBLIC_URL: this.url,
          LOG_LEVEL: 'warn',
        },
      },
    );
    this.child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.said = `${this.said}${chunk}`.slice(-100_000);
      });
    for (let tries = 0; tries < 1_200; tries += 1) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${this.port}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await sleep(50);
    }
    child.kill('SIGKILL');
    throw new Error(`the server does not answer:\n${this.said}`);
  }

  /** SIGKILL: no answer under way is finished. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), 6_000);
    await gone;
    clearTimeout(hard);
  }

  async end(): Promise<void> {
    await this.kill('SIGTERM');
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

let sampled: Promise<string> | undefined;

/** What all runs of this process begin with; done once, before the first. */
export async function prepareStages(): Promise<void> {
  sampled ??= fillOnce();
  await sampled;
}

/** A database with the sample company in it, a copy of one that is filled once in this process. */
async function createSampledDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  sampled ??= fillOnce();
  const template = await sampled;
  const name = `trial_${randomBytes(6).toString('hex')}`;
  const serverUrl = await findServer();
  await query(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: urlOf(serverUrl, name),
    drop: async () => void (await query(serverUrl, `drop database if exists ${name} with (force)`)),
  };
}

async function fillOnce(): Promise<string> {
  const database = await createTestDatabase();
  const server = new ServerProcess(await findFreePort(), database.url);
  try {
    await server.start(['--sample']);
  } finally {
    await server.end();
  }
  const name = new URL(database.url).pathname.slice(1);
  // A copy is refused while anybody is connected; the server's last connections close after it has ended.
  for (let tries = 0; tries < 100; tries += 1) {
    const { rowCount } = await query(
      await findServer(),
      `select from pg_stat_activity where datname = '${name}'`,
    );
    if (rowCount === 0) break;
    await sleep(50);
  }
  return name;
}

async function query(url: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

export type Stage = {
  server: ServerProcess;
  /** A look into the database; where a trial plays the passing of time, a change in it. */
  query(text: string, values?: unknown[]): Promise<pg.QueryResult>;
  end(): Promise<void>;
};

/**
 * A port that stays free while the server at it is killed: below those that systems give to outgoing connections, of which
 * the devices make many while nobody listens.
 */
async function findLastingPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = 20_000 + randomInt(10_000);
    const probe = createServer();
    const isFree = new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (await isFree) return port;
  }
  throw new Error('no port is free');
}

/** A server of one's own with the sample company. */
export async function setStage(): Promise<Stage> {
  const database = await createSampledDatabase();
  const server = new ServerProcess(await findLastingPort(), database.url);
  await server.start();
  return {
    server,
    query: (text, values) => query(database.url, text, values),
    end: async () => {
      await server.end();
      await database.drop();
    },
  };
}

export type Caller = {
  get<T>(path: string): Promise<T>;
  /** How many bytes a file has; 0 when there is none. */
  bytes(path: string): Promise<number>;
  /** A write as a program makes it, repeated with the same key until somebody answers. */
  post<T>(path: string, body: unknown): Promise<{ status: number; body: T; key: string; at: number }>;
};

/** Somebody who acts through the HTTP API, signed in by password. */
export async function signInCaller(server: ServerProcess, email: string): Promise<Caller> {
  const origin = `http://127.0.0.1:${server.port}`;
  const signedIn = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password: samplePassword }),
  });
  if (!signedIn.ok) throw new Error(`${email} cannot sign in: ${signedIn.status} ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const call = async (path: string, init: RequestInit) => {
    for (let tries = 0; ; tries += 1) {
      const answer = await fetch(`${origin}${path}`, {
        ...init,
        headers: { cookie, origin, 'content-type': 'application/json', ...init.headers },
      }).catch(() => null);
      if (answer && answer.status < 500) return answer;
      if (tries > 300) throw new Error(`${path}: nobody answers (${answer?.status})`);
      await sleep(100);
    }
  };
  return {
    get: async <T>(path: string) => {
      const answer = await call(path, {});
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    bytes: async (path) => {
      const answer = await call(path, {});
      return answer.ok ? (await answer.arrayBuffer()).byteLength : 0;
    },
    post: async <T>(path: string, body: unknown) => {
      const key = crypto.randomUUID();
      const at = Date.now();
      const answer = await call(path, {
        method: 'POST',
        headers: { 'idempotency-key': key },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as T, key, at };
    },
  };
}
