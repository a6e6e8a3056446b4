import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

const TIMESTAMPTZ = 1184;
const DATE = 1082;
const INT8 = 20;

// Instants leave the database in the one textual form of the house (see #domain/ground/instant.ts).
pg.types.setTypeParser(TIMESTAMPTZ, (text) => new Date(text).toISOString());
// A date is a date: the driver's default would make it midnight in the server's zone.
pg.types.setTypeParser(DATE, (text) => text);
// Counts and sequence numbers here stay far below 2^53.
pg.types.setTypeParser(INT8, (text) => Number(text));

export type Database = Kysely<DB>;

export type Pools = { app: pg.Pool; db: Database; end(): Promise<void> };

/**
 * Opens the working connections. Each speaks as copperpea_app from its first statement; a portal
 * transaction narrows itself to copperpea_portal (see transaction.ts). `max` counts connections.
 */
export function connect(options: { url: string; max: number; name: string }): Pools {
  const app = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: options.name,
    options: '-c role=copperpea_app -c timezone=UTC',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    // A query that hangs must not hold a person's screen for ever; jobs set their own limit.
    statement_timeout: 30_000,
  });
  // An idle connection that breaks is replaced on next use; without a listener node would end.
  app.on('error', () => {});
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: app }) });
  return { app, db, end: () => db.destroy() };
}
