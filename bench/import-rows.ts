import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { incidentColumns } from '#domain/imports/incidents.ts';
import { importOptions } from '#domain/imports/mapping.ts';
import { startApp } from '#server/app.ts';
import { runImport } from '#server/imports/actions/run-import.ts';
import { beginImport } from '#server/imports/actions/start-import.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { newId } from '#server/platform/ids.ts';
import { makeLog } from '#server/platform/log.ts';
import { readSettings } from '#server/platform/settings.ts';
import { copyRows } from './seed/copy-rows.ts';
import type { Line } from './targets.ts';

const eventsOfOne = 6;
// In the order in which their keys allow them to be written.
const tables = ['customers', 'imports', 'contacts', 'tickets', 'messages', 'imported_events'] as const;

/**
 * Rows a second from a file into tickets, people and events, parsing and all, against COPY of the very rows that came of
 * it into the same tables, with the same keys and indexes.
 */
export async function measureImport(run: {
  databaseUrl: string;
  folder: string;
  records: number;
  rounds: number;
  print: (line: Line) => void;
}): Promise<void> {
  const { databaseUrl, folder, records, rounds, print } = run;
  const path = join(folder, 'incidents.csv');
  writeFileSync(path, logOf(records));
  const rates = { import: [] as number[], copy: [] as number[] };
  let rows = 0;
  for (let round = 0; round < rounds; round += 1) {
    const url = await newDatabase(databaseUrl, `import_${round}`);
    const importMs = await timeImport({ url, path, folder });
    const copied = await timeCopy(url);
    rows = copied.rows;
    rates.import.push(rows / (importMs / 1000));
    rates.copy.push(rows / (copied.ms / 1000));
  }
  const [importing, copying] = [median(rates.import), median(rates.copy)];
  print({
    figure: 'import.rows',
    records,
    rows,
    per_second: Math.round(importing),
    raw_per_second: Math.round(copying),
    ratio: Number((importing / copying).toFixed(3)),
  });
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

async function newDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrate({ url: url.href });
  return url.href;
}

async function timeImport(run: { url: string; path: string; folder: string }): Promise<number> {
  const settings = readSettings({
    DATA_DIR: run.folder,
    AUTH_SECRET: 'only for the bench, forty characters long',
  });
  const log = makeLog('silent');
  const app = await startApp({ settings, url: run.url, log, roles: { web: false, worker: false } });
  try {
    const id = newId();
    const options = importOptions.parse({ zone: 'UTC', customer: { name: 'Bench' }, unknown_contact: '?' });
    const file = { name: 'incidents.csv', sha256: '0'.repeat(64), size: 0 };
    await app.asSystem((ctx) => beginImport(ctx, { id, kind: 'incidents', options, file }));
    const started = performance.now();
    const end = await runImport(app, { id, file: { path: run.path, name: file.name } });
    if (end !== 'done') throw new Error(`the import ended ${end}`);
    return performance.now() - started;
  } finally {
    await app.close();
  }
}

async function timeCopy(url: string): Promise<{ ms: number; rows: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const kept = [];
    for (const table of tables) kept.push(await readTable(client, table));
    await client.query(`truncate ${tables.join(', ')} cascade`);
    const started = performance.now();
    for (const { table, columns, rows } of kept) await copyRows(client, table, columns, rows);
    const ms = performance.now() - started;
    return { ms, rows: kept.reduce((sum, { rows }) => sum + rows.length, 0) };
  } finally {
    await client.end();
  }
}

async function readTable(client: pg.Client, table: string) {
  const { rows: listed } = await client.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_name = $1 and table_schema = 'public'`,
    [table],
  );
  const columns = listed.map(({ column_name }) => column_name);
  const texts = columns.map((name) => `${name}::text`).join(', ');
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${texts} from ${table}`,
    rowMode: 'array',
  });
  return { table, columns, rows };
}

/** An event log that follows from its length alone. */
function logOf(records: number): string {
  const lines = [incidentColumns.join(',')];
  for (let n = 0; n < records; n += 1) {
    const [incident, step] = [Math.floor(n / eventsOfOne), n % eventsOfOne];
    const day = (incident % 28) + 1;
    const state = step === 0 ? 'New' : step === eventsOfOne - 1 ? 'Closed' : 'Active';
    const at = `${day}/3/2016 ${String(8 + step).padStart(2, '0')}:${String(incident % 60).padStart(2, '0')}`;
    const fields: Record<string, string> = {
      number: `INC${String(incident).padStart(7, '0')}`,
      incident_state: state,
      active: String(state !== 'Closed'),
      reassignment_count: String(Math.min(step, 2)),
      reopen_count: '0',
      sys_mod_count: String(step),
      made_sla: 'true',
      caller_id: `Caller ${incident % 2_000}`,
      opened_at: `${day}/3/2016 07:00`,
      sys_updated_by: `Updated by ${incident % 90}`,
      sys_updated_at: at,
      category: `Category ${incident % 50}`,
      subcategory: `Subcategory ${incident % 200}`,
      u_symptom: `Symptom ${incident % 400}`,
      impact: '2 - Medium',
      urgency: '2 - Medium',
      assignment_group: `Group ${Math.min(step, 2)}`,
      assigned_to: `Resolver ${incident % 120}`,
      closed_at: `${day}/3/2016 18:00`,
    };
    lines.push(incidentColumns.map((name) => fields[name] ?? '').join(','));
  }
  return `${lines.join('\n')}\n`;
}
