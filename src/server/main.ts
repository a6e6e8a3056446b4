import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startApp } from './app.ts';
import { migrate, NewerDatabase, RolesMissing } from './platform/db/migrate.ts';
import { stopWhenAsked } from './platform/lifetime.ts';
import { type Log, makeLog } from './platform/log.ts';
import { startEmbedded } from './platform/postgres/embedded.ts';
import { readSettings, type Settings, WrongSetting } from './platform/settings.ts';
import { sayAndExit, StartProblem } from './platform/start-problems.ts';
import { sayReady, sayStarting } from './platform/start-words.ts';
import { loadSampleCompany } from './sample/load-sample.ts';

const oldestPostgres = 15;

const { values: wishes } = parseArgs({
  options: { sample: { type: 'boolean' }, web: { type: 'boolean' }, worker: { type: 'boolean' } },
});

main().catch((error) => {
  if (error instanceof StartProblem) sayAndExit(error);
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const settings = settingsOrProblem();
  const log = makeLog(settings.logLevel);
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  stopWhenAsked(stopAll);
  try {
    await start(settings, log, stops);
  } catch (error) {
    await stopAll().catch(() => {});
    throw error;
  }
}

async function start(settings: Settings, log: Log, stops: (() => Promise<void>)[]): Promise<void> {
  sayStarting();
  const url = await openDatabase(settings, log, stops);
  await migrateOrProblem(url, log);
  const both = !wishes.web && !wishes.worker;
  const app = await startApp({
    settings,
    url,
    log,
    roles: { web: both || wishes.web === true, worker: both || wishes.worker === true },
  });
  stops.push(() => app.close());
  const signIns = wishes.sample ? await loadSampleCompany(app) : null;
  if (both || wishes.web) {
    await listenOrProblem(app.server, settings);
    sayReady({ settings, signIns });
  }
}

function settingsOrProblem(): Settings {
  try {
    const settings = readSettings(process.env);
    for (const path of settings.tls ? [settings.tls.cert, settings.tls.key] : []) readFileSync(path);
    return settings;
  } catch (error) {
    if (error instanceof WrongSetting) throw new StartProblem('setting_invalid', { setting: error.setting });
    throw new StartProblem('tls_unreadable', { reason: (error as Error).message }, error);
  }
}

/** The built-in PostgreSQL of DATA_DIR, or the one that DATABASE_URL names when it can be used. */
async function openDatabase(settings: Settings, log: Log, stops: (() => Promise<void>)[]): Promise<string> {
  if (settings.databaseUrl === null) {
    const embedded = await startEmbedded({ dataDir: settings.dataDir, log });
    stops.push(() => embedded.stop());
    return embedded.url;
  }
  const url = settings.databaseUrl;
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) throw new StartProblem('database_url_wrong');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query('show server_version_num');
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (major < oldestPostgres) throw new StartProblem('database_too_old', { version: major });
    return url;
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    const { code = '', message } = error as { code?: string; message: string };
    // 28…: the server does not know us; 3D…: it does not know the database. Both are wrong words in the URL.
    if (/^(28|3D)/.test(code)) throw new StartProblem('database_url_wrong', { reason: message }, error);
    throw new StartProblem('database_unreachable', { host: new URL(url).host, reason: message || code }, error);
  } finally {
    await client.end().catch(() => {});
  }
}

async function migrateOrProblem(url: string, log: Log): Promise<void> {
  try {
    await migrate({ url, log: (message) => log.info(message) });
  } catch (error) {
    if (error instanceof RolesMissing) throw new StartProblem('roles_refused', { roles: error.message }, error);
    if (error instanceof NewerDatabase) throw new StartProblem('data_of_newer_copperpea', { migrations: error.message }, error);
    throw error;
  }
}

async function listenOrProblem(
  server: { listen(options: { port: number; host: string }): Promise<string> },
  { port, host }: Settings,
): Promise<void> {
  try {
    await server.listen({ port, host });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE') throw new StartProblem('port_taken', { port }, error);
    if (code === 'EACCES') throw new StartProblem('port_forbidden', { port }, error);
    throw error;
  }
}
