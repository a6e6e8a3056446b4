import { once } from 'node:events';
import http from 'node:http';
import pg from 'pg';
import { migrate } from '#server/platform/db/migrate.ts';
import { type Figure, figureNamed, figures } from './figures.ts';
import { measureGrowth } from './growth.ts';
import type { Setup, Stretch } from './load.ts';
import { type Measured, median, round } from './measure.ts';
import { type Server, startScript, startServer, type Worker } from './processes.ts';
import { seed } from './seed/seed.ts';
import { makeWorld, type World } from './seed/world.ts';
import { startSlowProxy } from './slow-proxy.ts';
import type { Line } from './targets.ts';
import type { TickLine, TickOrder } from './ticking.ts';
import type { Traces } from './tracing.ts';

const secret = 'the secret of a bench, forty characters!!';
// As in src/server/app.ts.
const poolSize = 20;
const clientCounts = [1, 8];

/** `untilMs`: no further round begins this long after the start of the process. */
export type Rounds = {
  count: number;
  warmMs: number;
  httpMs: number;
  rawMs: number;
  ticks: number;
  untilMs: number;
};
type Run = {
  databaseUrl: string;
  folder: string;
  sizes: readonly number[];
  rounds: Rounds;
  wanted: (name: string) => boolean;
  print: (line: Line) => void;
};

/** Every figure at every size: the server over HTTP and raw PostgreSQL in turn, round after round. */
export async function measureCalls(run: Run): Promise<void> {
  const chosen = figures.filter(({ name }) => run.wanted(name));
  if (chosen.length === 0 && !run.wanted('clocks.tick')) return;
  const desks: SizedDesk[] = [];
  for (const size of run.sizes) desks.push(await measureSize(run, size, chosen));
  const [small, large] = desks;
  const reads = chosen.filter(({ kind }) => kind === 'read').map(({ name }) => name);
  if (!small || !large || reads.length === 0) return;
  for (const line of await compareSizes(small, large, reads)) run.print(line);
}

type SizedDesk = { size: number; env: Record<string, string>; setup: Omit<Setup, 'server'> };

async function measureSize(run: Run, size: number, chosen: readonly Figure[]): Promise<SizedDesk> {
  const { url, world } = await makeDesk(run.databaseUrl, size);
  const env = { DATABASE_URL: url, DATA_DIR: run.folder, AUTH_SECRET: secret };
  const only = chosen.map(({ name }) => name);
  const setup = await prepare({ url, world, env, only });
  const load = startScript('load.ts');
  // Jobs are enqueued and counted; that nobody works on them meanwhile keeps their cost out of both sides.
  await withServer(env, ['--web'], async (server, address) => {
    load.child.send({ setup: { ...setup, server: address } satisfies Setup });
    for (const line of await playRounds({ server, load, rounds: run.rounds, only })) {
      const { figure, ...rest } = line;
      run.print({ figure, size, ...rest });
    }
  });
  if (run.wanted('clocks.tick')) {
    const order = { url, dues: [10, 100], ticks: run.rounds.ticks } satisfies TickOrder;
    const lines = await startScript('ticking.ts', env).ask<TickLine[]>(order);
    for (const line of lines) run.print({ figure: 'clocks.tick', size, ...line });
  }
  if (run.wanted('memory')) {
    // The whole in one process, as people run it: web, API and the worker with all those jobs waiting for it.
    await withServer(env, [], async (server, address) => {
      load.child.send({ setup: { ...setup, server: address } satisfies Setup });
      const rss_mb = await playForMemory({ server, load, ms: run.rounds.httpMs, only });
      run.print({ figure: 'memory', size, rss_mb: round(rss_mb, 1) });
    });
  }
  load.child.disconnect();
  return { size, env, setup };
}

async function compareSizes(small: SizedDesk, large: SizedDesk, reads: readonly string[]): Promise<Line[]> {
  const lines: Line[] = [];
  await withServer(small.env, ['--web'], (_first, firstAddress) =>
    withServer(large.env, ['--web'], async (_second, secondAddress) => {
      const desk = ({ size, setup }: SizedDesk, server: string) => {
        const load = startScript('load.ts');
        load.child.send({ setup: { ...setup, server } satisfies Setup });
        return { size, load };
      };
      const desks = [desk(small, firstAddress), desk(large, secondAddress)] as const;
      lines.push(...(await measureGrowth(desks, reads)));
      for (const { load } of desks) load.child.disconnect();
    }),
  );
  return lines;
}

async function withServer(
  env: Record<string, string>,
  args: string[],
  work: (server: Server, address: string) => Promise<void>,
): Promise<void> {
  const server = await startServer(env, args);
  const front = await startSlowProxy(server.url, Number(process.env.BENCH_ADDED_LATENCY_MS ?? 0));
  await work(server, front.url);
  front.close();
  await server.end();
}

/** A migrated database with a firm of this size in it. */
export async function makeDesk(serverUrl: string, size: number): Promise<{ url: string; world: World }> {
  const name = `desk_${size}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  await migrate({ url: address.href });
  const world = makeWorld(size, Date.now());
  await seed(address.href, world);
  return { url: address.href, world };
}

async function prepare(of: {
  url: string;
  world: World;
  env: Record<string, string>;
  only: string[];
}): Promise<Omit<Setup, 'server'>> {
  const tracedSince = Date.now();
  const traces = await startScript('tracing.ts', of.env).ask<Traces>({
    url: of.url,
    world: of.world,
    counts: { read: 48, write: 160 },
    only: of.only,
  });
  return { world: of.world, secret, database: of.url, poolSize, traces, tracedSince };
}

type Sample = { http: Measured; raw: Measured; cpuUs: number };

async function playForMemory(of: {
  server: Server;
  load: Worker;
  ms: number;
  only: string[];
}): Promise<number> {
  let rssMb = 0;
  for (const figure of of.only) {
    const stretch: Stretch = { figure, clients: 8, ms: of.ms, over: 'http' };
    await of.load.ask<Measured>({ stretch });
    rssMb = Math.max(rssMb, (await readProcess(of.server)).rssMb);
  }
  return rssMb;
}

async function playRounds(of: {
  server: Server;
  load: Worker;
  rounds: Rounds;
  only: string[];
}): Promise<Line[]> {
  const { server, load, rounds, only } = of;
  const samples = new Map<string, Sample[]>();
  const ask = (stretch: Stretch) => load.ask<Measured>({ stretch });
  // The first calls compile the server's code; nobody measures a desk that was switched on this second.
  for (const figure of only) {
    const ms = figureNamed(figure).kind === 'write' ? rounds.warmMs : rounds.warmMs / 3;
    await ask({ figure, clients: 8, ms, over: 'http' });
    await ask({ figure, clients: 8, ms: 200, over: 'raw' });
  }
  for (let count = 0; count < rounds.count; count += 1) {
    if (count > 0 && performance.now() > rounds.untilMs) break;
    for (const clients of clientCounts) {
      for (const figure of only) {
        const before = await readProcess(server);
        const http = await ask({ figure, clients, ms: rounds.httpMs, over: 'http' });
        const after = await readProcess(server);
        const raw = await ask({ figure, clients, ms: rounds.rawMs, over: 'raw' });
        const key = `${figure} ${clients}`;
        const cpuUs = ((after.cpuSeconds - before.cpuSeconds) * 1_000_000) / http.n;
        samples.set(key, [...(samples.get(key) ?? []), { http, raw, cpuUs }]);
      }
    }
  }
  return [...samples].map(([key, all]) => summary(key, all));
}

function summary(key: string, all: Sample[]) {
  const [figure, clients] = key.split(' ') as [string, string];
  const middle = (value: (sample: Sample) => number) => median(all.map(value));
  return {
    figure,
    clients: Number(clients),
    n: all.reduce((sum, { http }) => sum + http.n, 0),
    p50_ms: round(
      middle(({ http }) => http.p50_ms),
      2,
    ),
    p95_ms: round(
      middle(({ http }) => http.p95_ms),
      2,
    ),
    per_second: round(
      middle(({ http }) => http.per_second),
      1,
    ),
    raw_per_second: round(
      middle(({ raw }) => raw.per_second),
      1,
    ),
    ratio: round(
      middle(({ http, raw }) => http.per_second / raw.per_second),
      3,
    ),
    cpu_us: Math.round(middle(({ cpuUs }) => cpuUs)),
  };
}

async function readProcess({ url }: Server): Promise<{ cpuSeconds: number; rssMb: number }> {
  const text = await readText(`${url}/metrics`);
  const value = (name: string) => Number(text.match(new RegExp(`^${name} (\\S+)$`, 'm'))?.[1]);
  return {
    cpuSeconds: value('process_cpu_seconds_total'),
    rssMb: value('process_resident_memory_bytes') / (1024 * 1024),
  };
}

/** Over a connection of its own: a kept one may have been closed meanwhile. */
async function readText(url: string): Promise<string> {
  const request = http.get(url, { agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return Buffer.concat(await response.toArray()).toString();
}
