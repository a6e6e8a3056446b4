import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type Runner, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { systemActor } from '#domain/ground/actor.ts';
import { Context, type Listening } from './context.ts';
import type { Database } from './db/connect.ts';
import { inTransaction } from './db/transaction.ts';
import { newId } from './ids.ts';
import type { LiveHub } from './live.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Settings } from './settings.ts';

export type JobTools = { db: Database; settings: Settings; log: Log; asSystem: AsSystem };

/** Runs an action of the product itself in one transaction, its events published like anybody's. */
export type AsSystem = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

/** A durable job. It may run more than once, so a second run must change nothing. */
export type Job = { task: string; run: (payload: unknown, tools: JobTools) => Promise<void> };

/** A job that follows an event; its payload is `{event_id}`. */
export type Listener = {
  on: string;
  task: string;
  run: (event: RecordedEvent, tools: JobTools) => Promise<void>;
};

/** What runs again and again, in every worker process; it must share the work by row locks. */
export type Ticker = { name: string; everySeconds: number; run: (tools: JobTools) => Promise<void> };

/**
 * What a worker keeps doing as long as it lives, a connection to hold for one. It ends when `stop` says so; when it ends
 * otherwise it is begun again. Several processes must share it by leases in rows.
 */
export type Watch = { name: string; run: (tools: JobTools, stop: AbortSignal) => Promise<void> };

export type RecordedEvent = {
  id: string;
  name: string;
  subject_kind: string;
  subject_id: string;
  context_kind: string | null;
  context_id: string | null;
  customer_id: string | null;
  contact_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  data: Record<string, unknown>;
  happened_at: string;
  received_at: string;
};

export function listeningOf(listeners: readonly Listener[]): Listening {
  const map: Listening = new Map();
  for (const { on, task } of listeners) map.set(on, [...(map.get(on) ?? []), { task }]);
  return map;
}

/** Gives work that is not a request its context: the product as actor, one transaction, live hints after it. */
export function makeAsSystem(parts: {
  db: Database;
  settings: Settings;
  listening: Listening;
  live: LiveHub;
}): AsSystem {
  return async (work) => {
    let ctx: Context | undefined;
    const result = await inTransaction(parts.db, systemActor, async (db) => {
      ctx = new Context({
        ...parts,
        db,
        actor: systemActor,
        now: new Date().toISOString(),
        requestId: newId(),
      });
      const answer = await work(ctx);
      await ctx.flush();
      return answer;
    });
    parts.live.publish(ctx?.recorded ?? []);
    return result;
  };
}

export type Worker = { stop(): Promise<void> };

/** Starts the worker: the durable queue and the tickers. `url` is the login that owns the queue's tables. */
export async function startWorker(parts: {
  url: string;
  tools: JobTools;
  jobs: readonly Job[];
  listeners: readonly Listener[];
  tickers: readonly Ticker[];
  watches: readonly Watch[];
  metrics: Metrics;
}): Promise<Worker> {
  const { tools, metrics } = parts;
  const timed = (task: string, work: () => Promise<void>) => measured({ task, work, tools, metrics });
  const taskList: TaskList = {};
  for (const job of parts.jobs) {
    taskList[job.task] = (payload) => timed(job.task, () => job.run(payload, tools));
  }
  for (const listener of parts.listeners) {
    taskList[listener.task] = (payload) =>
      timed(listener.task, async () => {
        const event = await loadEvent(tools.db, (payload as { event_id: string }).event_id);
        if (event) await listener.run(event, tools);
      });
  }
  // The queue's own pool loses its listeners before its last connection has closed: a database that ends in
  // that moment would end node.
  const pool = new QueuePool({ connectionString: parts.url, max: 5, application_name: 'copperpea worker' });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const start = () =>
    run({
      pgPool: pool,
      taskList,
      concurrency: 4,
      noHandleSignals: true,
      pollInterval: 2_000,
      // Without batches the queue ends node when it can't write down how a job ended; with them it ends itself.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: new Logger(() => (level, message) => {
        if (level === 'error' || level === 'warning') tools.log.warn({ job: message }, 'job queue');
      }),
    });
  const stopRunner = await keepRunning(start, tools.log);
  const stopTickers = startTickers([...parts.tickers, freeingOf(pool)], timed, tools);
  const stopWatches = keepWatching(parts.watches, tools);
  return {
    stop: async () => {
      stopTickers();
      await stopWatches();
      await stopRunner();
      await pool.end();
    },
  };
}

/** The queue's listener gives a broken connection back twice, and the pool would end node over it. */
class QueuePool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect();
    super.connect((error, client, release) => {
      let released = false;
      callback(error, client, (reason) => {
        if (released) return;
        released = true;
        release(reason);
      });
    });
    return undefined;
  }
}

type Connected = Parameters<pg.Pool['connect']>[0];

const pauseMs = 1_000;

/** Starts the queue, and again whenever it ends by itself: it does when the database goes away under it. */
async function keepRunning(start: () => Promise<Runner>, log: Log): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let runner = await start();
  const watch = async () => {
    while (!stopping.signal.aborted) {
      await runner.promise.catch((error) =>
        log.warn({ err: error }, 'the job queue ended; starting it again'),
      );
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted) runner = await start().catch(() => runner);
    }
  };
  const watching = watch();
  return async () => {
    stopping.abort();
    await runner.stop().catch(() => {});
    await watching;
  };
}

// No job takes this long. The queue itself would wait four hours for a worker that was killed.
const longestJobMinutes = 10;

/** Gives jobs back whose worker died over them. */
function freeingOf(pool: pg.Pool): Ticker {
  return {
    name: 'platform.free_jobs',
    everySeconds: 60,
    run: async () => {
      await pool.query(
        `update graphile_worker._private_jobs set locked_at = null, locked_by = null
        where locked_at < now() - make_interval(mins => $1)`,
        [longestJobMinutes],
      );
    },
  };
}

async function measured(job: {
  task: string;
  work: () => Promise<void>;
  tools: JobTools;
  metrics: Metrics;
}): Promise<void> {
  const started = performance.now();
  try {
    await job.work();
    job.metrics.observeJob(job.task, 'done', (performance.now() - started) / 1000);
  } catch (error) {
    job.metrics.observeJob(job.task, 'failed', (performance.now() - started) / 1000);
    job.tools.log.error({ err: error, task: job.task }, 'job failed; it will be tried again');
    throw error;
  }
}

function startTickers(
  tickers: readonly Ticker[],
  timed: (task: string, work: () => Promise<void>) => Promise<void>,
  tools: JobTools,
): () => void {
  const timers = tickers.map((ticker) => {
    let busy = false;
    const once = async () => {
      if (busy) return;
      busy = true;
      await timed(ticker.name, () => ticker.run(tools)).catch(() => {});
      busy = false;
    };
    void once();
    return setInterval(once, ticker.everySeconds * 1000);
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

function keepWatching(watches: readonly Watch[], tools: JobTools): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = watches.map(async ({ name, run }) => {
    while (!signal.aborted) {
      await run(tools, signal).catch((error) => tools.log.warn({ err: error, watch: name }, 'begun again'));
      if (!signal.aborted) await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  });
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
}

async function loadEvent(db: Database, id: string): Promise<RecordedEvent | undefined> {
  const row = await db
    .selectFrom('events')
    .select([
      'id',
      'name',
      'subject_kind',
      'subject_id',
      'context_kind',
      'context_id',
      'customer_id',
      'contact_id',
      'actor_kind',
      'actor_id',
      'data',
      'happened_at',
      'received_at',
    ])
    .where('id', '=', id)
    .executeTakeFirst();
  return row as RecordedEvent | undefined;
}
