import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

const TIMESTAMPTZ = 1184;
const DATE = 1082;
const INT8 = 20;

// Instants leave the database in the one textual form of the house (see #domain/ground/instant.ts).
pg.types.setTypeParser(TIMESTAMPTZ, instantOf);
// A date is a date: the driver's default would make it midnight in the server's zone.
pg.types.setTypeParser(DATE, (text) => text);
// Counts and sequence numbers here stay far below 2^53.
pg.types.setTypeParser(INT8, (text) => Number(text));

export type Database = Kysely<DB>;

// What PostgreSQL writes in UTC, cut to milliseconds; a list of fifty tickets has 250 of them.
const inUtc = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

function instantOf(text: string): string {
  const parts = inUtc.exec(text);
  if (!parts) return new Date(text).toISOString();
  return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').slice(0, 3).padEnd(3, '0')}Z`;
}

// Statements here are written by hand or by the query builder from a fixed code, so their texts are few; what makes
// new texts without end (lists of values) stops being prepared instead of filling the database's memory.
const mostPrepared = 500;
const names = new Map<string, string>();

/**
 * Prepares each statement with parameters on its first use, so that PostgreSQL reads and plans it once per connection:
 * half the cost of opening a ticket was planning.
 */
class PreparingClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
      return super.query(...(args as [never])) as never;
    }
    const name = nameOf(text);
    return super.query({ text, values, ...(name ? { name } : {}) }, ...(rest as [never])) as never;
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= mostPrepared) return known;
  const name = `q${names.size}`;
  names.set(text, name);
  return name;
}

export type Pools = { app: pg.Pool; db: Database; end(): Promise<void> };

/**
 * Opens the working connections. Each speaks as copperpea_app from its first statement; a portal
 * transaction narrows itself to copperpea_portal (see transaction.ts). `max` counts connections.
 */
export function connect(options: { url: string; max: number; name: string }): Pools {
  const app = new pg.Pool({
    Client: PreparingClient,
    connectionString: options.url,
    max: options.max,
    application_name: options.name,
    options: '-c role=copperpea_app -c timezone=UTC',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    // A query that hangs must not hold a person's screen for ever; jobs set their own limit.
    statement_timeout: 30_000,
  });
  // An idle connection that breaks is replaced on next use, and one in use fails its next statement, whose caller
  // hears of it; without both listeners node would end.
  app.on('error', () => {});
  app.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: app }) });
  return { app, db, end: () => db.destroy() };
}
