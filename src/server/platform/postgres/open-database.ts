import pg from 'pg';
import { migrate, NewerDatabase, RolesMissing } from '../db/migrate.ts';
import { StartProblem } from '../start-problems.ts';
import { type SupervisorLog, startEmbedded } from './embedded.ts';

export type OpenDatabase = { url: string; stop(): Promise<void> };

const oldestMajor = 15;

/**
 * The database to work on, brought to this version: the one at `databaseUrl`, or else the built-in PostgreSQL of the
 * data folder. Throws StartProblem for what a person can mend.
 */
export async function openDatabase(options: {
  databaseUrl: string | null;
  dataDir: string;
  log: SupervisorLog;
}): Promise<OpenDatabase> {
  const { databaseUrl, dataDir, log } = options;
  const database = databaseUrl
    ? { url: await checkDatabase(databaseUrl), stop: async () => {} }
    : await startEmbedded({ dataDir, log });
  try {
    await migrate({ url: database.url, log: (message) => log.info({}, message) });
    return database;
  } catch (error) {
    await database.stop();
    throw problemOfMigrating(error, database.url);
  }
}

function problemOfMigrating(error: unknown, url: string): unknown {
  if (error instanceof NewerDatabase)
    return new StartProblem('data_of_newer_copperpea', { migrations: error.message }, error);
  const refused = (error as { code?: string }).code === '42501';
  if (!(error instanceof RolesMissing || refused)) return error;
  const { user, database } = new pg.Client({ connectionString: url });
  const quoted = (name: string | undefined) => pg.escapeIdentifier(name ?? '');
  const params = { user: user ?? '', quoted_user: quoted(user), quoted_database: quoted(database) };
  return new StartProblem('roles_refused', params, error);
}

/** Whether a PostgreSQL of a fitting version answers at `url`. Returns the url or throws StartProblem. */
export async function checkDatabase(url: string): Promise<string> {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !/^postgres(ql)?:$/.test(address.protocol))
    throw new StartProblem('database_url_wrong', { reason: 'malformed' });
  const host = address.host || 'localhost';
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 8_000,
    query_timeout: 8_000,
  });
  client.on('error', () => {}); // the failing call says it
  try {
    await client.connect();
    const { rows } = await client.query('show server_version_num');
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (major < oldestMajor) throw new StartProblem('database_too_old', { host, version: major });
    return url;
  } catch (error) {
    throw error instanceof StartProblem ? error : problemOfConnecting(error, host);
  } finally {
    client.end().catch(() => {});
  }
}

const wrongUrl: Record<string, string> = {
  '28P01': 'password_refused',
  '28000': 'user_refused',
  '3D000': 'no_such_database',
  ENOTFOUND: 'no_such_host',
};

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'connection_refused',
  ETIMEDOUT: 'no_answer',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  EAI_AGAIN: 'no_name_server',
  '57P03': 'starting_or_stopping',
  '53300': 'too_many_connections',
};

function problemOfConnecting(error: unknown, host: string): StartProblem {
  const { code = '', message } = error as { code?: string; message: string };
  if (wrongUrl[code]) return new StartProblem('database_url_wrong', { reason: wrongUrl[code] }, error);
  if (/does not support SSL/.test(message))
    return new StartProblem('database_url_wrong', { reason: 'no_encryption' }, error);
  const silent = /timeout/i.test(message) ? 'no_answer' : 'not_postgres';
  return new StartProblem('database_unreachable', { host, reason: unreachable[code] ?? silent }, error);
}
