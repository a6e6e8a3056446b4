import { isKnownZone } from '#domain/calendar/known-zone.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { ImportKind, StartImport } from '#domain/imports/commands.ts';
import type { ImportOptions } from '#domain/imports/mapping.ts';
import { findArchivedNames } from '../../customers/actions/import-people.ts';
import { loadServedCustomer } from '../../customers/actions/loading.ts';
import type { Context } from '../../platform/context.ts';
import { claimFiles } from '../../platform/files/claiming.ts';

/** Begins an import of an uploaded file; it runs in the background. */
export async function startImport(ctx: Context, { body }: { body: StartImport }): Promise<{ id: string }> {
  const file = await ctx.db
    .selectFrom('files')
    .select(['name', 'sha256', 'size_bytes'])
    .where('id', '=', body.file_id)
    .executeTakeFirst();
  if (!file) throw new Refusal('not_found', 'files.not_found');
  await claimFiles(ctx, {
    file_ids: [body.file_id],
    customer_id: null,
    subject: { kind: 'import', id: body.id },
    visible_to_customer: false,
  });
  await beginImport(ctx, {
    ...body,
    file: { name: file.name, sha256: file.sha256, size: file.size_bytes },
  });
  ctx.enqueue('imports.run', { import_id: body.id }, { key: `import ${body.id}` });
  return { id: body.id };
}

/** Writes an import down; whoever calls it sees to it that it runs. */
export async function beginImport(
  ctx: Context,
  start: {
    id: string;
    kind: ImportKind;
    options: ImportOptions;
    file: { name: string; sha256: string; size: number };
    file_id?: string;
  },
): Promise<void> {
  const { id, kind, options, file } = start;
  if (kind === 'tickets' && !options.mapping) throw new Refusal('invalid', 'imports.mapping_missing');
  if (!isKnownZone(options.zone))
    throw new Refusal('invalid', 'imports.zone_unknown', { zone: options.zone });
  await refuseArchived(ctx, options);
  if ('id' in options.customer) await loadServedCustomer(ctx, options.customer.id);
  const source = kind === 'tickets' ? (options.mapping?.source as string) : kind;
  const running = await ctx.db
    .selectFrom('imports')
    .select('id')
    .where('source', '=', source)
    .where('file_sha256', '=', file.sha256)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (running) throw new Refusal('conflict', 'imports.already_running');
  await ctx.db
    .insertInto('imports')
    .values({
      id,
      kind,
      source,
      file_name: file.name,
      file_sha256: file.sha256,
      file_bytes: file.size,
      file_id: start.file_id ?? null,
      options: JSON.stringify(options),
      state: 'running',
      started_by_id: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      started_at: ctx.now,
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .execute();
  ctx.record({
    name: 'import.started',
    subject: { kind: 'import', id },
    data: { kind, source, file_name: file.name, size_bytes: file.size },
  });
}

/** The customer whom the importer names for all that the file names none for has to be one that is served. */
export async function refuseArchived(ctx: Context, { customer }: ImportOptions): Promise<void> {
  if (!('name' in customer)) return;
  const archived = await findArchivedNames(ctx, [customer.name]);
  if (archived.size > 0)
    throw new Refusal('conflict', 'customers.name_taken_archived', { name: customer.name });
}
