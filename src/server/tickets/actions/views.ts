import type { z } from 'zod';
import { Refusal } from '#domain/ground/refusal.ts';
import type { saveView as SaveView, viewFilters } from '#domain/tickets/commands.ts';
import type { Context } from '../../platform/context.ts';

type Filters = z.output<typeof viewFilters>;

/** One's own saved views and those that colleagues share. */
export async function listViews(ctx: Context) {
  const rows = await ctx.db
    .selectFrom('saved_views')
    .select(['id', 'name', 'filters', 'is_shared', 'owner_id'])
    .where((is) => is.or([is('owner_id', '=', ctx.actor.id), is('is_shared', '=', true)]))
    .orderBy('position')
    .orderBy('created_at')
    .limit(100)
    .execute();
  return {
    items: rows.map(({ owner_id, filters, ...row }) => ({
      ...row,
      filters: filters as Filters,
      is_mine: owner_id === ctx.actor.id,
    })),
  };
}

/** Saves a view under its id; saving one's own again renames it or changes its filters. */
export async function saveView(ctx: Context, { body }: { body: z.output<typeof SaveView> }) {
  const earlier = await ctx.db
    .selectFrom('saved_views')
    .select('owner_id')
    .where('id', '=', body.id)
    .forUpdate()
    .executeTakeFirst();
  if (earlier && earlier.owner_id !== ctx.actor.id) throw new Refusal('not_found', 'ground.not_found');
  const row = { name: body.name, filters: JSON.stringify(body.filters), is_shared: body.is_shared };
  await ctx.db
    .insertInto('saved_views')
    .values({ ...row, id: body.id, owner_id: ctx.actor.id as string, created_at: ctx.now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  ctx.record({ name: 'view.saved', subject: { kind: 'view', id: body.id }, data: { name: body.name } });
  return { id: body.id, name: body.name, filters: body.filters, is_shared: body.is_shared, is_mine: true };
}

export async function deleteView(ctx: Context, { params }: { params: { id: string } }) {
  const row = await ctx.db
    .deleteFrom('saved_views')
    .where('id', '=', params.id)
    .where('owner_id', '=', ctx.actor.id)
    .returning('name')
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  ctx.record({ name: 'view.deleted', subject: { kind: 'view', id: params.id }, data: { name: row.name } });
  return { id: params.id };
}
