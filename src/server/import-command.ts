import { readFileSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '#domain/ground/refusal.ts';
import { type ImportKind, importKinds } from '#domain/imports/commands.ts';
import { type ImportOptions, importOptions, mapping } from '#domain/imports/mapping.ts';
import { mappingFrom, type PresetName, presets } from '#domain/imports/presets.ts';
import { type App, startApp } from './app.ts';
import { runImport } from './imports/actions/run-import.ts';
import { beginImport } from './imports/actions/start-import.ts';
import { finishTakingBack, takeBackImport } from './imports/actions/take-back.ts';
import { comparisonLines, progressWords, reasonWords, refusalWords, words } from './imports/command/words.ts';
import { compareCounters } from './imports/queries/compare.ts';
import { fingerprint } from './imports/reading/bytes.ts';
import { openSource } from './imports/reading/open-source.ts';
import { newId } from './platform/ids.ts';
import { stopWhenAsked } from './platform/lifetime.ts';
import { makeLog } from './platform/log.ts';
import { findRunning } from './platform/postgres/find-running.ts';
import { type OpenDatabase, openDatabase } from './platform/postgres/open-database.ts';
import { readSettings, type Settings, WrongSetting } from './platform/settings.ts';
import { StartProblem, sayAndExit } from './platform/start-problems.ts';

const usageExit = 64;
const refusedExit = 65;

main().catch((error) => {
  if (error instanceof StartProblem) sayAndExit(error);
  if (error instanceof WrongSetting) sayAndExit(new StartProblem('setting_invalid', { name: error.setting }));
  if (error instanceof Refusal) end(refusalWords(error), refusedExit);
  console.error(error);
  process.exit(1);
});

function end(sentence: string, code: number): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

function readWishes() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        zone: { type: 'string' },
        map: { type: 'string' },
        customer: { type: 'string' },
        open: { type: 'boolean' },
        'start-clocks': { type: 'boolean' },
        rejects: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return end(`${(error as Error).message}\n\n${words('help')}`, usageExit);
  }
}

type Wishes = ReturnType<typeof readWishes>['values'];
function pathOf(path: string): string {
  return resolve(process.env.INIT_CWD ?? '.', path);
}

async function main(): Promise<void> {
  const { values, positionals } = readWishes();
  const [what = '', subject] = positionals;
  if (values.help) return void console.log(words('help'));
  const isKind = (importKinds as readonly string[]).includes(what);
  if ((!isKind && !['take-back', 'compare'].includes(what)) || !subject || positionals.length > 2)
    end(words('help'), usageExit);
  const settings = readSettings(process.env);
  // The file is looked at before a database is started for it.
  const file = isKind ? await findFile(subject) : null;
  const options = file ? await optionsOf(what as ImportKind, values, file) : null;
  const log = makeLog(process.env.LOG_LEVEL ?? 'warn');
  const database = await openAnyDatabase(settings, log);
  const app = await startApp({ settings, url: database.url, log, roles: { web: false, worker: false } });
  const close = async () => {
    await app.close();
    await database.stop();
  };
  stopWhenAsked(close);
  try {
    if (what === 'take-back') await takeBack(app, subject);
    else if (what === 'compare')
      for (const line of comparisonLines(await compareCounters(app.db, subject))) console.log(line);
    else
      await bringIn(app, {
        kind: what as ImportKind,
        file: file as Found,
        options: options as ImportOptions,
        wishes: values,
      });
  } finally {
    await close();
  }
}

/** That of the settings; where a running Copperpea holds the data folder, the one it runs. */
async function openAnyDatabase(settings: Settings, log: ReturnType<typeof makeLog>): Promise<OpenDatabase> {
  try {
    return await openDatabase({ ...settings, log });
  } catch (error) {
    const isRunning = error instanceof StartProblem && error.code === 'second_start';
    const url = isRunning ? await findRunning(settings.dataDir) : null;
    if (!url) throw error;
    return { url, stop: async () => {} };
  }
}

async function optionsOf(kind: ImportKind, wishes: Wishes, file: Found): Promise<ImportOptions> {
  if (kind === 'tickets' && !wishes.map) end(words('map_missing'), usageExit);
  const read = importOptions.safeParse({
    ...(wishes.zone ? { zone: wishes.zone } : {}),
    customer: { name: wishes.customer ?? words('unknown_customer') },
    unknown_contact: words('unknown_contact'),
    conversations_as: wishes.open ? 'open' : 'closed',
    start_clocks: wishes['start-clocks'] ?? false,
    mapping: wishes.map && kind === 'tickets' ? await readMapping(wishes.map, file) : null,
  });
  if (!read.success) throw new Refusal('invalid', 'imports.zone_unknown', { zone: wishes.zone ?? '' });
  return read.data;
}

/** A mapping as JSON, as the screen shows it, or the name of a preset. */
async function readMapping(name: string, file: Found): Promise<unknown> {
  if (Object.hasOwn(presets, name)) {
    const columns = await readColumns(file);
    const found = mappingFrom(name as PresetName, columns);
    if (!found)
      throw new Refusal('invalid', 'imports.preset_unfit', {
        name,
        columns: columns.slice(0, 20).join(', '),
      });
    return found;
  }
  try {
    return mapping.parse(JSON.parse(readFileSync(pathOf(name), 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : '';
    throw new Refusal('invalid', 'imports.mapping_unreadable', { name, reason });
  }
}

async function readColumns(file: Found): Promise<string[]> {
  const source = await openSource(file);
  try {
    for await (const _ of source.records) break;
    return source.table().columns;
  } finally {
    source.close();
  }
}

type Found = { path: string; name: string; sha256: string; size: number };

async function findFile(subject: string): Promise<Found> {
  const path = pathOf(subject);
  const name = basename(path).slice(0, 255);
  try {
    return { path, name, ...(await fingerprint(path)) };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Refusal('not_found', 'imports.file_missing', { name: path, reason: code });
  }
}

async function bringIn(
  app: App,
  wanted: { kind: ImportKind; file: Found; options: ImportOptions; wishes: Wishes },
): Promise<void> {
  const { kind, file, options } = wanted;
  const source = kind === 'tickets' ? (options.mapping?.source as string) : kind;
  const earlier = await app.db
    .selectFrom('imports')
    .select(['id', 'cursor_records'])
    .where('source', '=', source)
    .where('file_sha256', '=', file.sha256)
    .where('state', '=', 'running')
    .executeTakeFirst();
  const id = earlier?.id ?? newId();
  if (earlier) process.stderr.write(`${words('resumed', { records: earlier.cursor_records })}\n`);
  else await app.asSystem((ctx) => beginImport(ctx, { id, kind, options, file }));
  const started = Date.now();
  let said = started;
  const result = await runImport(app, {
    id,
    file,
    onProgress: (progress) => {
      if (Date.now() - said < 1_000) return;
      said = Date.now();
      process.stderr.write(`${progressWords({ ...progress, elapsedMs: said - started })}\n`);
    },
  });
  const row = await app.db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  if (row.state === 'failed') {
    process.exitCode = refusedExit;
    process.stderr.write(`${refusalWords(row.failure as Refusal)}\n`);
  }
  if (result === 'overtaken') process.stderr.write(`${words('overtaken')}\n`);
  if (row.rejected > 0)
    await writeRejects(app, id, pathOf(wanted.wishes.rejects ?? `${file.name}.rejects.jsonl`));
  if (kind === 'incidents')
    for (const line of comparisonLines(await compareCounters(app.db, id))) console.log(line);
  const { state, tickets, messages, events, contacts, customers, known, rejected, cursor_records } = row;
  console.log(
    words('done', {
      tickets,
      messages,
      events,
      known,
      rejected,
      seconds: ((Date.now() - started) / 1000).toFixed(1),
    }),
  );
  const counts = { records: cursor_records, customers, contacts, tickets, messages, events, known, rejected };
  console.log(JSON.stringify({ import: id, state, ...counts }));
}

/** Line, reason and the row itself of each that stayed out, as JSON lines. */
async function writeRejects(app: App, importId: string, path: string): Promise<void> {
  writeFileSync(path, '');
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await app.db
      .selectFrom('import_rejects')
      .select(['id', 'line', 'reason', 'params', 'raw'])
      .where('import_id', '=', importId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(1_000)
      .execute();
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    const lines = rows.map(({ line, reason, params, raw }) =>
      JSON.stringify({ line, reason, why: reasonWords(reason, params as Record<string, string>), raw }),
    );
    await appendFile(path, `${lines.join('\n')}\n`);
  }
  process.stderr.write(`${words('rejects_written', { path })}\n`);
}

async function takeBack(app: App, id: string): Promise<void> {
  const isId = /^[0-9a-f-]{36}$/.test(id);
  if (!isId) throw new Refusal('not_found', 'ground.not_found');
  const { state } = (await app.db
    .selectFrom('imports')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst()) ?? { state: 'none' };
  if (state !== 'taking_back') await app.asSystem((ctx) => takeBackImport(ctx, { params: { id } }));
  await finishTakingBack(app, id);
  const row = await app.db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  console.log(words('taken_back', { tickets: row.tickets - row.kept, kept: row.kept }));
  console.log(
    JSON.stringify({ import: id, state: row.state, removed: row.tickets - row.kept, kept: row.kept }),
  );
}
