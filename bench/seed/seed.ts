import pg from 'pg';
import { copyRows } from './copy-rows.ts';
import { deskTables } from './desk-tables.ts';
import { firmTables } from './firm-tables.ts';
import type { Table } from './table.ts';
import { visitTables } from './visit-tables.ts';
import type { World } from './world.ts';

/** Fills a migrated database with a firm of the world's size, by COPY, and analyses it. `url` is a superuser's. */
export async function seed(url: string, world: World): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Rows that fit each other by construction: the foreign keys need not look at each one.
    await client.query('set session_replication_role = replica');
    await client.query("set maintenance_work_mem = '256MB'");
    for (const table of [...firmTables, ...deskTables, ...visitTables]) await fill(client, table, world);
    await client.query(`select setval('ticket_numbers', ${1001 + world.size})`);
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** An index made after its rows costs a third of one that grows with them. */
async function fill(client: pg.Client, table: Table, world: World): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
    [table.name],
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await copyRows(client, table.name, table.columns, table.rows(world));
  for (const { definition } of indexes) await client.query(definition);
}
