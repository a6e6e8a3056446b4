import { Refusal } from '#domain/ground/refusal.ts';
import type { ImportedHistory, ImportPage, ImportRow, RejectRow } from '#domain/imports/commands.ts';
import type { Context } from '../../platform/context.ts';
import { pageById } from '../../platform/cursor.ts';
import type { Database } from '../../platform/db/connect.ts';

type Paging = { after?: string | undefined; limit: number };

function selectImports(db: Database) {
  return db
    .selectFrom('imports')
    .leftJoin('users as starter', 'starter.id', 'imports.started_by_id')
    .leftJoin('users as taker', 'taker.id', 'imports.taken_back_by_id')
    .select([
      'imports.id',
      'imports.kind',
      'imports.source',
      'imports.file_name',
      'imports.file_bytes',
      'imports.state',
      'imports.failure',
      'imports.cursor_records',
      'imports.bytes_read',
      'imports.bytes_total',
      'imports.customers',
      'imports.contacts',
      'imports.tickets',
      'imports.messages',
      'imports.events',
      'imports.known',
      'imports.rejected',
      'imports.kept',
      'starter.name as started_by_name',
      'imports.started_at',
      'imports.finished_at',
      'imports.taken_back_at',
      'taker.name as taken_back_by_name',
      'imports.updated_at',
    ]);
}

/** Imports, the latest first. */
export async function listImports(ctx: Context, { query }: { query: Paging }) {
  const found = await pageById(selectImports(ctx.db), 'imports.id', query);
  return found as { items: ImportRow[]; next: string | null };
}

// So many are named; the rest are found in the queue by their source's number.
const mostNamed = 200;

export async function openImport(ctx: Context, { params }: { params: { id: string } }): Promise<ImportPage> {
  const row = await selectImports(ctx.db)
    .select('imports.options')
    .where('imports.id', '=', params.id)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  const kept =
    row.state === 'taken_back'
      ? await ctx.db
          .selectFrom('tickets')
          .select(['id', 'number', 'reference', 'title'])
          .where('import_id', '=', row.id)
          .orderBy('id')
          .limit(mostNamed)
          .execute()
      : [];
  return { ...row, kept_tickets: kept } as ImportPage;
}

/** The rows that stayed out, in the order of the file. */
export async function listRejects(
  ctx: Context,
  { params, query }: { params: { id: string }; query: Paging },
) {
  const rows = ctx.db
    .selectFrom('import_rejects')
    .select(['id', 'line', 'reason', 'params', 'raw'])
    .where('import_id', '=', params.id);
  const found = await pageById(rows, 'id', { ...query, order: 'asc' });
  return found as { items: RejectRow[]; next: string | null };
}

/** What another desk recorded of a ticket, in its order. */
export async function readImportedHistory(
  ctx: Context,
  { params, query }: { params: { id: string }; query: Paging },
): Promise<ImportedHistory> {
  const ticket = await ctx.db
    .selectFrom('tickets')
    .select(['import_id', 'reference'])
    .where('id', '=', params.id)
    .executeTakeFirst();
  if (!ticket) throw new Refusal('not_found', 'ground.not_found');
  const rows = ctx.db
    .selectFrom('imported_events')
    .select(['id', 'state', 'source_state', 'actor_name', 'happened_at', 'data'])
    .where('ticket_id', '=', params.id);
  const { items, next } = await pageById(rows, 'id', { ...query, order: 'asc' });
  const shown = items.map(({ data, ...event }) => {
    const { group, assigned_to } = data as { group?: string; assigned_to?: string };
    return { ...event, group: named(group), assigned_to: named(assigned_to) };
  });
  return { ...ticket, items: shown as ImportedHistory['items'], next };
}

/** The incident log writes “?” for what it does not know. */
function named(text: string | undefined): string | null {
  return text && text !== '?' ? text : null;
}
