import { readdir, readFile } from 'node:fs/promises';
import { Logger, runMigrations as migrateJobQueue } from 'graphile-worker';
import pg from 'pg';

const folder = new URL('../../../../db/migrations/', import.meta.url);

export const databaseRoles = ['copperpea_owner', 'copperpea_app', 'copperpea_portal'] as const;

// Any fixed number: two processes that start together must not migrate together.
const migrationLock = 7_420_531;

export type Migration = { name: string; sql: string };

/** The migrations of this version in their order. */
export async function listMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })),
  );
}

/**
 * Brings a database to this version: roles, plain SQL files not yet applied (each in its own transaction),
 * the job queue's own tables. Safe to run from several processes at once. Returns the names applied.
 * Throws RolesMissing when the roles are absent and this user may not make them, NewerDatabase when the
 * database has migrations that this version does not know.
 */
export async function migrate(options: { url: string; log?: (message: string) => void }): Promise<string[]> {
  const client = new pg.Client({ connectionString: options.url, application_name: 'copperpea migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await makeRoles(client);
    await client.query('grant create, usage on schema public to copperpea_owner');
    await client.query('set role copperpea_owner');
    const applied = await applyMigrations(client, options.log);
    await client.query('reset role');
    await prepareJobQueue(options.url);
    await client.query(jobDoorSql);
    return applied;
  } finally {
    await client.end();
  }
}

// A pool of our own: the queue's would close after it said that it is done, and a connection that is cut in
// that moment (a test's template is, at once) would end node.
async function prepareJobQueue(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'copperpea migrate' });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await migrateJobQueue({ pgPool: pool, logger: quiet });
  } finally {
    await pool.end();
  }
}

export class RolesMissing extends Error {
  override name = 'RolesMissing';
}
export class NewerDatabase extends Error {
  override name = 'NewerDatabase';
}

async function makeRoles(client: pg.Client): Promise<void> {
  const missing = await missingRoles(client);
  for (const role of missing) {
    try {
      await client.query(`create role ${role} nologin`);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === '42710' || code === '23505') continue; // another database's migrator was faster
      if (code === '42501') throw new RolesMissing(missing.join(', '));
      throw error;
    }
  }
  for (const role of databaseRoles) {
    const { rows } = await client.query('select pg_has_role(current_user, $1, $2) as member', [
      role,
      'member',
    ]);
    if (rows[0].member) continue;
    try {
      await client.query(`grant ${role} to current_user`);
    } catch (error) {
      if ((error as { code?: string }).code === '42501') throw new RolesMissing(role);
      throw error;
    }
  }
}

async function missingRoles(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query('select rolname from pg_roles where rolname = any($1)', [
    [...databaseRoles],
  ]);
  return databaseRoles.filter((role) => !rows.some((row) => row.rolname === role));
}

async function applyMigrations(client: pg.Client, log?: (message: string) => void): Promise<string[]> {
  await client.query(
    'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
  );
  const done = new Set(
    (await client.query('select name from migrations')).rows.map((row) => row.name as string),
  );
  const known = await listMigrations();
  const unknown = [...done].filter((name) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0) throw new NewerDatabase(unknown.join(', '));
  const todo = known.filter((migration) => !done.has(migration.name));
  for (const migration of todo) {
    log?.(`migration ${migration.name}`);
    await client.query('begin');
    try {
      await client.query(migration.sql);
      await client.query('insert into migrations (name) values ($1)', [migration.name]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
    }
  }
  return todo.map((migration) => migration.name);
}

// The app and portal roles have no business in the queue's own tables: one door, owned by the migrator.
const jobDoorSql = `
  create or replace function enqueue_job(task text, payload json, run_at timestamptz default null, key text default null)
  returns void language sql security definer set search_path = graphile_worker, pg_temp as $$
    select graphile_worker.add_job(task, payload, run_at := run_at, job_key := key,
      job_key_mode := case when key is null then null else 'replace' end);
  $$;
  revoke all on function enqueue_job(text, json, timestamptz, text) from public;
  grant execute on function enqueue_job(text, json, timestamptz, text) to copperpea_app;
`;

const quiet = new Logger(() => () => {});
