import { sql } from 'kysely';
import type { AssetView, ContactView, ContractView, CustomerPage } from '#domain/customers/commands.ts';
import { portalState } from '#domain/customers/contact.ts';
import { targets } from '#domain/customers/contract.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';

/** Everything of a customer on one page; what others keep about it (tickets, promises) the screen asks them for. */
export async function openCustomer(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<CustomerPage> {
  const customer = await ctx.db
    .selectFrom('customers')
    .leftJoin('users as owner', 'owner.id', 'customers.owner_id')
    .leftJoin('users as archiver', 'archiver.id', 'customers.archived_by_id')
    .select([
      'customers.id',
      'customers.name',
      'customers.short_name',
      'customers.trade',
      'customers.zone',
      'customers.notes',
      'customers.owner_id',
      'owner.name as owner_name',
      'customers.mail_domains',
      'customers.archived_at',
      'archiver.name as archived_by_name',
      'customers.created_at',
    ])
    .where('customers.id', '=', params.id)
    .executeTakeFirst();
  if (!customer) throw new Refusal('not_found', 'ground.not_found');
  const { owner_id, owner_name, ...facts } = customer;
  return {
    ...facts,
    owner: owner_id && owner_name ? { id: owner_id, name: owner_name } : null,
    sites: await ctx.db
      .selectFrom('sites')
      .select(['id', 'name', 'address', 'city', 'zone'])
      .where('customer_id', '=', customer.id)
      .orderBy('name')
      .execute(),
    contacts: await listContacts(ctx, customer.id),
    assets: await listAssets(ctx.db, customer.id),
    contracts: await listContracts(ctx.db, customer.id),
  };
}

async function listContacts(ctx: Context, customerId: string): Promise<ContactView[]> {
  const rows = await ctx.db
    .selectFrom('contacts')
    .select([
      'id',
      'site_id',
      'user_id',
      'name',
      'form_of_address',
      'title',
      'email',
      'phone',
      'preferred_channel',
      'roles',
      'reader_level',
      'locale',
      'portal_sees as sees',
      'is_customer_administrator',
      'invitation_ends_at',
      'portal_ended_at',
      'left_at',
    ])
    .where('customer_id', '=', customerId)
    .orderBy(sql`left_at is not null`)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ user_id, invitation_ends_at, portal_ended_at, ...row }) => ({
    ...row,
    portal: portalState({ user_id, invitation_ends_at, portal_ended_at, left_at: row.left_at }, ctx.now),
  })) as ContactView[];
}

async function listAssets(db: Database, customerId: string): Promise<AssetView[]> {
  return db
    .selectFrom('assets')
    .select(['id', 'site_id', 'name', 'kind', 'model', 'serial', 'version', 'notes', 'retired_at'])
    .where('customer_id', '=', customerId)
    .orderBy(sql`retired_at is not null`)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

async function listContracts(db: Database, customerId: string): Promise<ContractView[]> {
  const contracts = await db
    .selectFrom('contracts')
    .innerJoin('calendars', 'calendars.id', 'contracts.calendar_id')
    .select([
      'contracts.id',
      'contracts.name',
      'contracts.calendar_id',
      'calendars.name as calendar_name',
      'contracts.targets',
      'contracts.starts_on',
      'contracts.ends_on',
      'contracts.hours_included',
      'contracts.cases_included',
    ])
    .where('contracts.customer_id', '=', customerId)
    .orderBy('contracts.starts_on', 'desc')
    .orderBy('contracts.id', 'desc')
    .execute();
  const items = await db
    .selectFrom('covered_items')
    .select(['id', 'contract_id', 'name', 'kind', 'covered', 'remark'])
    .where('customer_id', '=', customerId)
    .orderBy('covered', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return contracts.map((contract) => ({
    ...contract,
    // jsonb keeps keys in an order of its own; screens compare what they edit with what they read.
    targets: targets.parse(contract.targets),
    covered_items: items
      .filter((item) => item.contract_id === contract.id)
      .map(({ contract_id: _, ...item }) => item),
  })) as ContractView[];
}
