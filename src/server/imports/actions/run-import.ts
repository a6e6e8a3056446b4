import { sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';
import type { ImportKind } from '#domain/imports/commands.ts';
import { conversationColumns, conversationTeller } from '#domain/imports/conversations.ts';
import { incidentColumns, incidentTeller } from '#domain/imports/incidents.ts';
import { mappedTeller } from '#domain/imports/mapped-tickets.ts';
import { type ImportOptions, importOptions, type Mapping } from '#domain/imports/mapping.ts';
import type { Teller, Told } from '#domain/imports/told.ts';
import type { Context } from '../../platform/context.ts';
import type { JobTools } from '../../platform/jobs.ts';
import { type OpenSource, openSource } from '../reading/open-source.ts';
import { type ImportInHand, writeBatch } from './write-batch.ts';

// Rows of a transaction: enough that its cost does not show, few enough that a killed one is soon done again.
const batchRows = 2_000;

export type RunProgress = { records: number; bytes_read: number; bytes_total: number };

/** `paused`: the time given is over, more is to come. `overtaken`: somebody else goes on with it. */
export type RunEnd = 'done' | 'failed' | 'paused' | 'overtaken';

/**
 * Brings a file in, batch by batch, from where the last committed batch left off. Each batch moves the cursor in its
 * own transaction, so that a killed run is taken up again and two runs of one import can't both write.
 */
export async function runImport(
  tools: Pick<JobTools, 'db' | 'asSystem'>,
  run: {
    id: string;
    file: { path: string; name: string };
    untilMs?: number;
    onProgress?: (progress: RunProgress) => void;
  },
): Promise<RunEnd> {
  const row = await tools.db
    .selectFrom('imports')
    .select(['id', 'kind', 'source', 'options', 'state', 'cursor_records'])
    .where('id', '=', run.id)
    .executeTakeFirstOrThrow();
  if (row.state !== 'running') return 'overtaken';
  const hand = { id: row.id, source: row.source, options: importOptions.parse(row.options) };
  let source: OpenSource | null = null;
  try {
    source = await openSource(run.file);
    const teller = tellerOf(row.kind as ImportKind, hand.options, new Date().toISOString());
    return await bringIn(tools, {
      ...run,
      hand,
      source,
      teller,
      kind: row.kind as ImportKind,
      cursor: row.cursor_records,
    });
  } catch (error) {
    if (error instanceof Overtaken) return 'overtaken';
    const refusal = error instanceof Refusal ? error : refusalOfRow(error);
    if (!refusal) throw error;
    await tools.asSystem((ctx) => failImport(ctx, hand.id, refusal));
    return 'failed';
  } finally {
    source?.close();
  }
}

/** A row that no table takes, whatever was done to make it fit: trying again would not help. */
function refusalOfRow(error: unknown): Refusal | null {
  const {
    code = '',
    constraint = '',
    message,
  } = error as {
    code?: string;
    constraint?: string;
    message: string;
  };
  if (!/^2[23]\w{3}$/.test(code)) return null;
  return new Refusal('invalid', 'imports.row_impossible', {
    reason: `${code} ${constraint || message}`.slice(0, 200),
  });
}

class Overtaken extends Error {}

type BringIn = {
  hand: ImportInHand;
  kind: ImportKind;
  source: OpenSource;
  teller: Teller;
  cursor: number;
  untilMs?: number;
  onProgress?: (progress: RunProgress) => void;
};

async function bringIn(tools: Pick<JobTools, 'asSystem'>, run: BringIn): Promise<RunEnd> {
  const { source, teller } = run;
  let { cursor } = run;
  let units: Told[] = [];
  let rows = 0;
  let isChecked = false;
  const commit = async (isLast: boolean) => {
    const through = (units.at(-1)?.through ?? cursor - 1) + 1;
    const batch = { units, from: cursor, through, bytes_read: source.bytesRead(), isLast };
    await tools.asSystem((ctx) => commitBatch(ctx, run, batch));
    cursor = through;
    units = [];
    rows = 0;
    run.onProgress?.({ records: cursor, bytes_read: source.bytesRead(), bytes_total: source.bytesTotal });
  };
  const add = (told: readonly Told[]) => {
    for (const unit of told) {
      units.push(unit);
      rows += 1 + unit.messages.length + unit.events.length + unit.rejects.length;
    }
  };
  for await (const record of source.records) {
    if (!isChecked) refuseMissingColumns(run.kind, source.table().columns, run.hand.options.mapping);
    isChecked = true;
    if (record.index < run.cursor) continue;
    add(teller.take(record));
    if (rows >= batchRows) await commit(false);
    if (rows === 0 && run.untilMs !== undefined && Date.now() > run.untilMs) return 'paused';
  }
  if (!isChecked) refuseMissingColumns(run.kind, source.table().columns, run.hand.options.mapping);
  add(teller.end());
  await commit(true);
  return 'done';
}

type Batch = { units: readonly Told[]; from: number; through: number; bytes_read: number; isLast: boolean };

async function commitBatch(ctx: Context, run: BringIn, batch: Batch): Promise<void> {
  const { state, cursor_records } = await ctx.db
    .selectFrom('imports')
    .select(['state', 'cursor_records'])
    .where('id', '=', run.hand.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (state !== 'running' || cursor_records !== batch.from) throw new Overtaken();
  const counts = await writeBatch(ctx, run.hand, batch.units);
  await ctx.db
    .updateTable('imports')
    .set({
      cursor_records: batch.through,
      bytes_read: batch.isLast ? run.source.bytesTotal : batch.bytes_read,
      bytes_total: run.source.bytesTotal,
      updated_at: ctx.now,
      ...(batch.isLast ? { state: 'done', finished_at: ctx.now } : {}),
    })
    .set((column) =>
      Object.fromEntries(
        Object.entries(counts).map(([name, count]) => [
          name,
          sql`${column.ref(name as 'tickets')} + ${count}`,
        ]),
      ),
    )
    .where('id', '=', run.hand.id)
    .execute();
  if (batch.isLast) await noteEnd(ctx, run.hand.id, 'import.finished');
}

async function failImport(ctx: Context, id: string, refusal: Refusal): Promise<void> {
  const { code, params } = refusal;
  await ctx.db
    .updateTable('imports')
    .set({
      state: 'failed',
      failure: JSON.stringify({ code, params }),
      finished_at: ctx.now,
      updated_at: ctx.now,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
  await noteEnd(ctx, id, 'import.failed');
}

/** One act in the audit, however many rows it brought: what it was and what came of it. */
async function noteEnd(ctx: Context, id: string, name: 'import.finished' | 'import.failed'): Promise<void> {
  const row = await ctx.db
    .selectFrom('imports')
    .select(['kind', 'source', 'file_name', 'customers', 'contacts', 'tickets', 'messages', 'events'])
    .select(['known', 'rejected', 'failure'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  ctx.record({ name, subject: { kind: 'import', id }, data: row });
}

/** What tells tickets from records of this kind of file. */
export function tellerOf(kind: ImportKind, options: ImportOptions, now: string): Teller {
  const { zone, mapping } = options;
  if (kind === 'conversations') return conversationTeller({ zone, now, state: options.conversations_as });
  if (kind === 'incidents') return incidentTeller({ zone, now });
  if (!mapping) throw new Refusal('invalid', 'imports.mapping_missing');
  return mappedTeller({ zone, now, mapping });
}

/** Refuses a file that has not the columns that its kind, or its mapping, speaks of. */
export function refuseMissingColumns(
  kind: ImportKind,
  columns: readonly string[],
  mapping: Mapping | null,
): void {
  const wanted: readonly string[] =
    kind === 'conversations'
      ? conversationColumns
      : kind === 'incidents'
        ? incidentColumns
        : Object.values(mapping?.columns ?? {}).flat();
  const missing = wanted.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new Refusal('invalid', 'imports.columns_missing', { columns: missing.slice(0, 10).join(', ') });
}
