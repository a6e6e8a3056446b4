import type { z } from 'zod';
import type { createSite as CreateSite } from '#domain/customers/commands.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { type ById, editedFields, loadServedCustomer, notThere, type Patch } from './loading.ts';

/** A place of the customer's. Its zone is the customer's unless said. */
export async function createSite(
  ctx: Context,
  { params, body }: { params: ById; body: z.output<typeof CreateSite.body> },
) {
  const customer = await loadServedCustomer(ctx, params.id);
  await checkName(ctx, body.name, { id: body.id, customer_id: customer.id });
  await ctx.db
    .insertInto('sites')
    .values({ ...body, zone: body.zone ?? customer.zone, customer_id: customer.id, created_at: ctx.now })
    .execute();
  ctx.record({
    name: 'site.created',
    subject: { kind: 'site', id: body.id },
    context: { kind: 'customer', id: customer.id },
    customer_id: customer.id,
    data: { name: body.name },
  });
  return { id: body.id };
}

export async function editSite(ctx: Context, { params, body }: Patch) {
  const site =
    (await ctx.db
      .selectFrom('sites')
      .select(['id', 'customer_id', 'name', 'address', 'city', 'zone'])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst()) ?? notThere();
  await loadServedCustomer(ctx, site.customer_id);
  const edited = editedFields(site, body.changes);
  if (!edited) return { id: site.id };
  if (typeof edited.set.name === 'string') await checkName(ctx, edited.set.name, site);
  await ctx.db.updateTable('sites').set(edited.set).where('id', '=', site.id).execute();
  ctx.record({
    name: 'site.edited',
    subject: { kind: 'site', id: site.id },
    context: { kind: 'customer', id: site.customer_id },
    customer_id: site.customer_id,
    data: edited.data,
  });
  return { id: site.id };
}

async function checkName(ctx: Context, name: string, site: { id: string; customer_id: string }) {
  const twin = await ctx.db
    .selectFrom('sites')
    .select('id')
    .where('customer_id', '=', site.customer_id)
    .where('name', '=', name)
    .where('id', '<>', site.id)
    .executeTakeFirst();
  if (twin) throw new Refusal('conflict', 'customers.site_name_taken', { name });
}
