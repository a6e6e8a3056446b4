import { refuseChanging } from '#domain/customers/archiving.ts';
import type { PortalFacts } from '#domain/customers/contact.ts';
import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';

export type ById = { id: string };
export type Patch = { params: ById; body: { changes: Record<string, Change | undefined> } };

/** The customer with its row locked; not_found when there is none. */
export async function loadCustomer(ctx: Context, id: string) {
  const row = await ctx.db
    .selectFrom('customers')
    .select(['id', 'name', 'short_name', 'trade', 'zone', 'notes', 'owner_id', 'mail_domains', 'stands_for'])
    .select('archived_at')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? notThere();
}

/**
 * The customer to whom something is added or changed. Shared lock: two people may add at once, but nobody
 * archives in between.
 */
export async function loadServedCustomer(ctx: Context, id: string) {
  const row = await ctx.db
    .selectFrom('customers')
    .select(['id', 'name', 'zone', 'archived_at'])
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  const customer = row ?? notThere();
  const refusal = refuseChanging(customer);
  if (refusal) throw refusal;
  return customer;
}

export type LoadedContact = PortalFacts & {
  id: string;
  customer_id: string;
  name: string;
  email: string | null;
  locale: string;
  portal_sees: string;
  is_customer_administrator: boolean;
  invitation_id: string | null;
};

/** The contact with its row locked, as far as the actor may see it: a customer's administrator comes here too. */
export async function loadContact(ctx: Context, id: string): Promise<LoadedContact> {
  const row = await ctx.db
    .selectFrom('contacts')
    .select([
      'id',
      'customer_id',
      'user_id',
      'name',
      'email',
      'locale',
      'portal_sees',
      'is_customer_administrator',
      'invitation_id',
      'invitation_ends_at',
      'portal_ended_at',
      'left_at',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? notThere();
}

/** Refuses a site of another customer as if it did not exist. */
export async function checkSite(ctx: Context, siteId: unknown, customerId: string): Promise<void> {
  if (typeof siteId !== 'string') return;
  const site = await ctx.db
    .selectFrom('sites')
    .select('id')
    .where('id', '=', siteId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (!site) throw new Refusal('invalid', 'customers.site_unknown');
}

export type Edited = { set: Record<string, unknown>; data: { from: object; to: object } };

/** What a PATCH really changes in a row, with the event's data; null when everything stands already. */
export function editedFields(
  row: Record<string, unknown>,
  changes: Record<string, Change | undefined>,
): Edited | null {
  const set = unlessRefused(joinChanges(row, changes));
  const names = Object.keys(set);
  if (names.length === 0) return null;
  return { set, data: { from: Object.fromEntries(names.map((name) => [name, row[name]])), to: set } };
}

export function notThere(): never {
  throw new Refusal('not_found', 'ground.not_found');
}
