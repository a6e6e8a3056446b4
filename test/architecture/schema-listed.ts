import pg from 'pg';
import { createTestDatabase } from '../database.ts';
import { expectNone, readSource } from './source.ts';

/** The lister is a script that runs before anything is compiled; this is its shape. */
type Lister = { listSchema(client: pg.Client): Promise<string> };

/** Holds db/schema.sql against a database that was migrated from nothing, on the PostgreSQL of this run. */
export async function expectSchemaListed(): Promise<void> {
  const script = new URL('../../scripts/schema-listing.mjs', import.meta.url).href;
  const { listSchema } = (await import(script)) as Lister;
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    const present = await listSchema(client);
    const committed = readSource('db/schema.sql');
    const offenders = [...linesOnlyIn(committed, present, '-'), ...linesOnlyIn(present, committed, '+')];
    if (present !== committed && offenders.length === 0) offenders.push('the order of lines');
    expectNone(offenders.slice(0, 20), 'Run npm run db:schema (and npm run db:types).');
  } finally {
    await client.end();
    await database.drop();
  }
}

function linesOnlyIn(text: string, other: string, mark: string): string[] {
  const known = new Set(other.split('\n'));
  return text
    .split('\n')
    .filter((line) => !known.has(line))
    .map((line) => `${mark} ${line}`);
}
