import { sql } from 'kysely';
import type { Colleague, CustomerRow, ListCustomers } from '#domain/customers/commands.ts';
import { type PortalFacts, portalState } from '#domain/customers/contact.ts';
import type { Targets } from '#domain/customers/contract.ts';
import type { ContactActor } from '#domain/ground/actor.ts';
import type { Instant, PlainDate } from '#domain/ground/instant.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged } from '../../platform/cursor.ts';
import type { Database } from '../../platform/db/connect.ts';

/** `like` with the reader's own % and _ taken literally. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Customers by name; `q` looks in both names. */
export async function listCustomers(ctx: Context, { query }: { query: ListCustomers }) {
  let rows = ctx.db
    .selectFrom('customers')
    .leftJoin('users', 'users.id', 'customers.owner_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('contracts')
          .select(['contracts.name', 'contracts.ends_on'])
          .whereRef('contracts.customer_id', '=', 'customers.id')
          .where(inForceOn(sql`(${ctx.now}::timestamptz at time zone customers.zone)::date`))
          .orderBy('contracts.starts_on', 'desc')
          .orderBy('contracts.id', 'desc')
          .limit(1)
          .as('contract'),
      (join) => join.onTrue(),
    )
    .select([
      'customers.id',
      'customers.name',
      'customers.short_name',
      'customers.trade',
      'users.name as owner_name',
      'contract.name as contract_name',
      'contract.ends_on as contract_ends_on',
      'customers.archived_at',
      sql<string>`lower(customers.name)`.as('key'),
    ])
    .where('customers.archived_at', query.archived === 'true' ? 'is not' : 'is', null)
    // Senders not yet known have a list of their own, where it is decided whose they are.
    .where('customers.stands_for', 'is', null);
  if (query.q) {
    const wanted = containing(query.q);
    rows = rows.where((eb) =>
      eb.or([eb('customers.name', 'ilike', wanted), eb('customers.short_name', 'ilike', wanted)]),
    );
  }
  if (query.after) {
    const [key, id] = decodeCursor(query.after, ['text', 'id']);
    rows = rows.where(sql<boolean>`(lower(customers.name), customers.id) > (${key}, ${id}::uuid)`);
  }
  const found = await rows
    .orderBy(sql`lower(customers.name)`)
    .orderBy('customers.id')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = paged(found, query.limit, (row) => [row.key, row.id]);
  return { items: items.map(({ key: _, ...row }): CustomerRow => row), next };
}

function inForceOn(date: ReturnType<typeof sql>) {
  return sql<boolean>`contracts.starts_on <= ${date} and (contracts.ends_on is null or contracts.ends_on >= ${date})`;
}

export type ContractInForce = {
  id: string;
  name: string;
  calendar_id: string;
  calendar_version_id: string;
  targets: Targets;
};

/**
 * The contract that counts for a customer, with the calendar version of today; of several the one that began
 * last. `on` is a date in the customer's zone, or an instant, which falls on that zone's date. Null: none.
 */
export async function findContractInForce(
  db: Database,
  { customer_id, on }: { customer_id: string; on: Instant | PlainDate },
): Promise<ContractInForce | null> {
  const date =
    on.length === 10 ? sql`${on}::date` : sql`(${on}::timestamptz at time zone customers.zone)::date`;
  const { rows } = await sql<ContractInForce>`
    select contracts.id, contracts.name, contracts.calendar_id, version.id as calendar_version_id, contracts.targets
    from contracts
    join customers on customers.id = contracts.customer_id
    join lateral (
      select id from calendar_versions
      where calendar_versions.calendar_id = contracts.calendar_id
      order by calendar_versions.version desc limit 1
    ) version on true
    where contracts.customer_id = ${customer_id} and ${inForceOn(date)}
    order by contracts.starts_on desc, contracts.id desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** The same of one contract, in force or not: for clocks that already run under it. */
export async function findContractTerms(db: Database, contractId: string): Promise<ContractInForce | null> {
  const { rows } = await sql<ContractInForce>`
    select contracts.id, contracts.name, contracts.calendar_id, version.id as calendar_version_id, contracts.targets
    from contracts
    join lateral (
      select id from calendar_versions
      where calendar_versions.calendar_id = contracts.calendar_id
      order by calendar_versions.version desc limit 1
    ) version on true
    where contracts.id = ${contractId}`.execute(db);
  return rows[0] ?? null;
}

/** What an account of the portal may do; null for one whose person has left or lost access. */
export async function findContactOfUser(
  db: Database,
  userId: string,
): Promise<Pick<ContactActor, 'contact_id' | 'customer_id' | 'sees' | 'is_customer_administrator'> | null> {
  const row = await db
    .selectFrom('contacts')
    .select(['id as contact_id', 'customer_id', 'portal_sees as sees', 'is_customer_administrator'])
    .where('user_id', '=', userId)
    .where('left_at', 'is', null)
    .where('portal_ended_at', 'is', null)
    .executeTakeFirst();
  return (
    (row as Pick<ContactActor, 'contact_id' | 'customer_id' | 'sees' | 'is_customer_administrator'>) ?? null
  );
}

/** The people of a contact's own customer, as their administrator sees them: runs with the portal's rights. */
export async function listColleagues(
  ctx: Context,
  { query }: { query: { after?: string | undefined; limit: number } },
) {
  const actor = ctx.actor as ContactActor;
  let rows = ctx.db
    .selectFrom('contacts')
    .select([
      'id',
      'name',
      'title',
      'email',
      'user_id',
      'portal_sees',
      'is_customer_administrator',
      'invitation_ends_at',
      'portal_ended_at',
      'left_at',
    ])
    .where('customer_id', '=', actor.customer_id)
    .where('left_at', 'is', null);
  if (query.after) {
    const [name, id] = decodeCursor(query.after, ['text', 'id']);
    rows = rows.where(sql<boolean>`(name, id) > (${name}, ${id}::uuid)`);
  }
  const found = await rows
    .orderBy('name')
    .orderBy('id')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = paged(found, query.limit, (row) => [row.name, row.id]);
  return { items: items.map((row) => colleagueOf(row, ctx.now, actor.contact_id)), next };
}

function colleagueOf(
  row: PortalFacts & {
    id: string;
    name: string;
    title: string | null;
    email: string | null;
    portal_sees: string;
    is_customer_administrator: boolean;
  },
  now: Instant,
  ownId: string,
): Colleague {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    email: row.email,
    portal: portalState(row, now),
    sees: row.portal_sees as Colleague['sees'],
    is_customer_administrator: row.is_customer_administrator,
    is_me: row.id === ownId,
  };
}
