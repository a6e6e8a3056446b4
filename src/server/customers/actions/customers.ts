import { sql } from 'kysely';
import type { z } from 'zod';
import { refuseArchiving, refuseChanging, refuseRestoring } from '#domain/customers/archiving.ts';
import type { createCustomer as CreateCustomer } from '#domain/customers/commands.ts';
import { refuseMailDomains } from '#domain/customers/mail-domain.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { type ById, editedFields, loadCustomer, type Patch } from './loading.ts';

/** A customer we begin to serve. */
export async function createCustomer(ctx: Context, { body }: { body: z.output<typeof CreateCustomer.body> }) {
  await checkName(ctx, body.name, body.id);
  await checkOwner(ctx, body.owner_id);
  await checkMailDomains(ctx, body.mail_domains, body.id);
  await ctx.db
    .insertInto('customers')
    .values({ ...body, created_at: ctx.now })
    .execute();
  ctx.record({
    name: 'customer.created',
    subject: { kind: 'customer', id: body.id },
    customer_id: body.id,
    data: { name: body.name },
  });
  return { id: body.id };
}

/** Changes facts of a customer. */
export async function editCustomer(ctx: Context, { params, body }: Patch) {
  const customer = await loadCustomer(ctx, params.id);
  const refusal = refuseChanging(customer);
  if (refusal) throw refusal;
  const edited = editedFields(customer, body.changes);
  if (!edited) return { id: customer.id };
  if (typeof edited.set.name === 'string') await checkName(ctx, edited.set.name, customer.id);
  await checkOwner(ctx, edited.set.owner_id);
  await checkMailDomains(ctx, edited.set.mail_domains, customer.id);
  await ctx.db.updateTable('customers').set(edited.set).where('id', '=', customer.id).execute();
  ctx.record({
    name: 'customer.edited',
    subject: { kind: 'customer', id: customer.id },
    customer_id: customer.id,
    data: edited.data,
  });
  return { id: customer.id };
}

/** Puts a customer away whom we no longer serve: readable, not changeable, in no list of the day's work. */
export async function archiveCustomer(ctx: Context, { params }: { params: ById }) {
  const customer = await loadCustomer(ctx, params.id);
  const refusal = refuseArchiving(customer);
  if (refusal) throw refusal;
  if (customer.stands_for) throw new Refusal('conflict', 'customers.stands_for_senders');
  return putAway(ctx, customer, 'customer.archived');
}

/** Takes a customer back from the archive. */
export async function restoreCustomer(ctx: Context, { params }: { params: ById }) {
  const customer = await loadCustomer(ctx, params.id);
  const refusal = refuseRestoring(customer);
  if (refusal) throw refusal;
  return putAway(ctx, customer, 'customer.restored');
}

async function putAway(
  ctx: Context,
  customer: { id: string; name: string },
  event: 'customer.archived' | 'customer.restored',
) {
  const away = event === 'customer.archived';
  await ctx.db
    .updateTable('customers')
    .set({ archived_at: away ? ctx.now : null, archived_by_id: away ? ctx.actor.id : null })
    .where('id', '=', customer.id)
    .execute();
  ctx.record({
    name: event,
    subject: { kind: 'customer', id: customer.id },
    customer_id: customer.id,
    data: { name: customer.name },
  });
  return { id: customer.id };
}

// The unique index would refuse it too, but could not say which customer already has the name.
async function checkName(ctx: Context, name: string, id: string): Promise<void> {
  const twin = await ctx.db
    .selectFrom('customers')
    .select(['name', 'archived_at'])
    .where((eb) => eb(eb.fn('lower', ['name']), '=', name.toLowerCase()))
    .where('id', '<>', id)
    .executeTakeFirst();
  if (twin) {
    const code = twin.archived_at ? 'customers.name_taken_archived' : 'customers.name_taken';
    throw new Refusal('conflict', code, { name: twin.name });
  }
}

/** One domain leads to one customer, or it would lead to none. */
async function checkMailDomains(ctx: Context, domains: unknown, id: string): Promise<void> {
  if (!Array.isArray(domains) || domains.length === 0) return;
  const refusal = refuseMailDomains(domains as string[]);
  if (refusal) throw refusal;
  const other = await ctx.db
    .selectFrom('customers')
    .select('name')
    .where(sql<boolean>`mail_domains && ${domains as string[]}::text[]`)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (other) throw new Refusal('conflict', 'customers.mail_domain_taken', { name: other.name });
}

async function checkOwner(ctx: Context, ownerId: unknown): Promise<void> {
  if (typeof ownerId !== 'string') return;
  const owner = await ctx.db
    .selectFrom('users')
    .select(['name', 'disabled_at'])
    .where('id', '=', ownerId)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
  if (!owner || owner.disabled_at) throw new Refusal('invalid', 'customers.owner_unknown');
}
