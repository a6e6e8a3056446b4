import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, type Pools } from '#server/platform/db/connect.ts';
import { findFreePort } from '#server/platform/postgres/free-port.ts';
import { isAlive } from '#server/platform/postgres/processes.ts';
import { fillCast, testSecret } from '#test/cast.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The server as people run it, on a data folder of its own, in a process that a test may kill. */
export class RealServer {
  readonly url: string;
  readonly dataDir: string;
  private readonly port: number;
  private child: ChildProcess | null = null;
  private said = '';

  private constructor(dataDir: string, port: number) {
    this.dataDir = dataDir;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Started, answering, with the cast in its database. It ends with the test, its PostgreSQL too. */
  static async begin(t: TestContext, dataDir: string): Promise<RealServer> {
    const server = new RealServer(dataDir, await findFreePort());
    t.after(() => server.end());
    await server.start();
    await server.withDatabase((pools) => fillCast(pools.db));
    return server;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get log(): string {
    return this.said;
  }

  async start(): Promise<void> {
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/server/main.ts'], {
      cwd: root,
      env: {
        ...env,
        DATA_DIR: this.dataDir,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        AUTH_SECRET: testSecret,
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said = `${this.said}${chunk}`.slice(-200_000);
      });
    }
    await this.healthy(60_000);
  }

  /** Waits until the server says that all is well. */
  async healthy(limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (Date.now() < end) {
      if (this.child?.exitCode !== null && this.child?.exitCode !== undefined) break;
      const answer = await fetch(`${this.url}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await sleep(50);
    }
    throw new Error(`the server is not healthy after ${limitMs} ms. It said:\n${this.said}`);
  }

  /** SIGKILL to the server's process alone; whatever it had started is left behind. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** The process id of the running PostgreSQL, from the folder it works in. */
  get postmaster(): number {
    return Number(this.postmasterFile()[0]);
  }

  /** SIGKILL to PostgreSQL's first process. */
  killPostgres(): void {
    process.kill(this.postmaster, 'SIGKILL');
  }

  /** A look into the database, past the server. */
  async withDatabase<T>(work: (pools: Pools) => Promise<T>): Promise<T> {
    const password = readFileSync(join(this.dataDir, 'postgres.password'), 'utf8').trim();
    const url = `postgres://copperpea:${password}@127.0.0.1:${this.postmasterFile()[3]}/copperpea`;
    const pools = connect({ url, max: 2, name: 'test' });
    try {
      return await work(pools);
    } finally {
      await pools.end();
    }
  }

  private postmasterFile(): string[] {
    return readFileSync(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
  }

  private async end(): Promise<void> {
    const { child } = this;
    if (!child?.pid) return;
    child.kill('SIGTERM');
    for (
      let waited = 0;
      isAlive(child.pid) && child.exitCode === null && child.signalCode === null;
      waited += 50
    ) {
      if (waited > 8_000) child.kill('SIGKILL');
      await sleep(50);
    }
    try {
      // Left over when the server was killed and never started again.
      process.kill(this.postmaster, 'SIGQUIT');
      await sleep(500);
    } catch {
      // it has ended
    }
  }
}
