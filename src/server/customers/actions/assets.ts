import type { z } from 'zod';
import type { createAsset as CreateAsset } from '#domain/customers/commands.ts';
import { refuseIfRetired } from '#domain/customers/retiring.ts';
import type { Context } from '../../platform/context.ts';
import { type ById, checkSite, editedFields, loadServedCustomer, notThere, type Patch } from './loading.ts';

/** A thing of the customer's that we look after. */
export async function createAsset(
  ctx: Context,
  { params, body }: { params: ById; body: z.output<typeof CreateAsset.body> },
) {
  const customer = await loadServedCustomer(ctx, params.id);
  await checkSite(ctx, body.site_id, customer.id);
  await ctx.db
    .insertInto('assets')
    .values({ ...body, customer_id: customer.id, created_at: ctx.now })
    .execute();
  ctx.record({ name: 'asset.created', ...about(body.id, customer.id), data: { name: body.name } });
  return { id: body.id };
}

export async function editAsset(ctx: Context, { params, body }: Patch) {
  const asset = await loadAsset(ctx, params.id);
  const edited = editedFields(asset, body.changes);
  if (!edited) return { id: asset.id };
  await checkSite(ctx, edited.set.site_id, asset.customer_id);
  await ctx.db.updateTable('assets').set(edited.set).where('id', '=', asset.id).execute();
  ctx.record({ name: 'asset.edited', ...about(asset.id, asset.customer_id), data: edited.data });
  return { id: asset.id };
}

/** Out of use: it stays with its tickets, and is offered for no new one. */
export async function retireAsset(ctx: Context, { params }: { params: ById }) {
  const asset = await loadAsset(ctx, params.id);
  await ctx.db.updateTable('assets').set({ retired_at: ctx.now }).where('id', '=', asset.id).execute();
  ctx.record({ name: 'asset.retired', ...about(asset.id, asset.customer_id), data: { name: asset.name } });
  return { id: asset.id };
}

async function loadAsset(ctx: Context, id: string) {
  const asset =
    (await ctx.db
      .selectFrom('assets')
      .select([
        'id',
        'customer_id',
        'site_id',
        'name',
        'kind',
        'model',
        'serial',
        'version',
        'notes',
        'retired_at',
      ])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()) ?? notThere();
  await loadServedCustomer(ctx, asset.customer_id);
  const refusal = refuseIfRetired(asset);
  if (refusal) throw refusal;
  return asset;
}

function about(id: string, customerId: string) {
  return {
    subject: { kind: 'asset', id },
    context: { kind: 'customer', id: customerId },
    customer_id: customerId,
  };
}
