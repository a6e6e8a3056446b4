import type { FastifyInstance } from 'fastify';
import { listModules } from './modules.ts';
import { connect, type Database } from './platform/db/connect.ts';
import { clearUnclaimedFiles } from './platform/files/clearing.ts';
import { fileRoutes, filesPolicy } from './platform/files/routes.ts';
import { liveRoute } from './platform/http/live-route.ts';
import { buildServer } from './platform/http/server.ts';
import { systemPolicy, systemRoutes } from './platform/http/system-routes.ts';
import { clearOldVerdicts } from './platform/idempotency.ts';
import {
  type AsSystem,
  listeningOf,
  makeAsSystem,
  startWorker,
  type Ticker,
  type Worker,
} from './platform/jobs.ts';
import { LiveHub } from './platform/live.ts';
import type { Log } from './platform/log.ts';
import { Metrics } from './platform/metrics.ts';
import type { Settings } from './platform/settings.ts';

export type App = {
  server: FastifyInstance;
  db: Database;
  asSystem: AsSystem;
  settings: Settings;
  close(): Promise<void>;
};

/**
 * Puts the whole together on a migrated database: HTTP server, live updates and, by `roles`, the worker.
 * The caller listens. `url` is the login that may take the app's and the portal's role.
 */
export async function startApp(options: {
  settings: Settings;
  url: string;
  log: Log;
  roles: { web: boolean; worker: boolean };
}): Promise<App> {
  const { settings, url, log } = options;
  const pools = connect({ url, max: 20, name: 'copperpea' });
  const metrics = new Metrics();
  metrics.watchPool(pools.app);
  const live = new LiveHub({ url, log });
  const { modules, resolveActor, extend, healthNotes } = await listModules({
    settings,
    db: pools.db,
  });
  for (const { name, help, read } of modules.flatMap((module) => module.numbers ?? []))
    metrics.watchNumber({ name, help, read: () => read(pools.db) });
  const listening = listeningOf(modules.flatMap((module) => module.listeners ?? []));
  const asSystem = makeAsSystem({ db: pools.db, settings, listening, live });
  const policy = Object.assign({}, systemPolicy, filesPolicy, ...modules.map((module) => module.policy));
  let server: FastifyInstance;
  server = await buildServer({
    settings,
    db: pools.db,
    log,
    policy,
    listening,
    live,
    metrics,
    resolveActor,
    extend: (fastify) => extend(fastify, listening),
    routes: [
      ...systemRoutes({ db: pools.db, metrics, server: () => server, healthNotes }),
      ...fileRoutes({ db: pools.db, settings, listening }),
      liveRoute(live, resolveActor),
      ...modules.flatMap((module) => module.routes),
    ],
  });
  await live.listen();
  const tools = { db: pools.db, settings, log, asSystem };
  const worker: Worker | null = options.roles.worker
    ? await startWorker({
        url,
        tools,
        metrics,
        jobs: modules.flatMap((module) => module.jobs ?? []),
        listeners: modules.flatMap((module) => module.listeners ?? []),
        watches: modules.flatMap((module) => module.watches ?? []),
        tickers: [...modules.flatMap((module) => module.tickers ?? []), clearVerdicts, clearUnclaimedFiles],
      })
    : null;
  return {
    server,
    db: pools.db,
    asSystem,
    settings,
    close: async () => {
      await server.close();
      await worker?.stop();
      await live.close();
      await pools.end();
    },
  };
}

const clearVerdicts: Ticker = {
  name: 'platform.clear_verdicts',
  everySeconds: 3_600,
  run: ({ db }) => clearOldVerdicts(db),
};
