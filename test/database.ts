import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { listMigrations, migrate } from '#server/platform/db/migrate.ts';
import { startTestCluster, type TestCluster } from './cluster.ts';

export type TestDatabase = { url: string; drop(): Promise<void> };

// Any fixed number: the test files of one run share the template.
const templateLock = 7_420_532;

let ownCluster: Promise<TestCluster> | undefined;

/**
 * A migrated database of one's own, cloned from a template. It lives on the server that `npm test` started
 * (TEST_POSTGRES_URL), or on one that this process starts when a file is run by hand.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await findServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(serverUrl, async (client) => {
    const template = await prepareTemplate(client, serverUrl);
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  return {
    url: urlOf(serverUrl, name),
    drop: () =>
      withClient(serverUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** The address of the test server's first database, for tests that need an empty database or their own roles. */
export async function findServer(): Promise<string> {
  if (process.env.TEST_POSTGRES_URL) return process.env.TEST_POSTGRES_URL;
  ownCluster ??= startTestCluster(process.env.TEST_POSTGRES === 'debian-15' ? 'debian-15' : 'embedded');
  return (await ownCluster).url;
}

/** The same server, another database. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function prepareTemplate(client: pg.Client, serverUrl: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, sql } of await listMigrations()) hash.update(`${name}\n${sql}\n`);
  const template = `template_${hash.digest('hex').slice(0, 12)}`;
  const exists = async () =>
    (await client.query('select from pg_database where datname = $1', [template])).rowCount === 1;
  if (await exists()) return template;
  await client.query('select pg_advisory_lock($1)', [templateLock]);
  try {
    if (await exists()) return template;
    const unfinished = `${template}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    await migrate({ url: urlOf(serverUrl, unfinished) });
    await othersGone(client, unfinished);
    await client.query(`alter database ${unfinished} allow_connections false`);
    await client.query(`alter database ${unfinished} rename to ${template}`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templateLock]);
  }
  return template;
}

// The job queue's migrator closes its connections a moment after it is done; cut off, they would throw.
async function othersGone(client: pg.Client, database: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [database]);
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
}
