import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';

/** Customers by name, those not yet known made new. The answer counts the new ones. */
export async function importCustomers(
  ctx: Context,
  { import_id, names }: { import_id: string; names: readonly string[] },
): Promise<{ idOf: Map<string, string>; made: number }> {
  const wanted = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
  const missing = wanted.map((name) => ({ id: newId(), name }));
  const { numAffectedRows = 0n } = await sql`insert into customers (id, name, import_id, created_at)
    select row.id, row.name, ${import_id}::uuid, ${ctx.now}::timestamptz
    from json_to_recordset(${JSON.stringify(missing)}::json) as row(id uuid, name text)
    where not exists (select 1 from customers where lower(customers.name) = lower(row.name))
    on conflict do nothing`.execute(ctx.db);
  const { rows } = await sql<{ id: string; name: string }>`select customers.id, wanted.name
    from json_to_recordset(${JSON.stringify(missing)}::json) as wanted(name text)
    join customers on lower(customers.name) = lower(wanted.name)`.execute(ctx.db);
  const byName = new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]));
  return {
    idOf: new Map(names.map((name) => [name, byName.get(name.toLowerCase()) as string])),
    made: Number(numAffectedRows),
  };
}

export type ImportedContact = {
  /** Of the source, with its customer in it. */
  source_key: string;
  customer_id: string;
  name: string;
  email: string | null;
  phone: string | null;
};

/**
 * Contacts by the source's key; one with the same mail address at that customer is the same person, and the others
 * are made new. They get no sign-in.
 */
export async function importContacts(
  ctx: Context,
  { import_id, people }: { import_id: string; people: readonly ImportedContact[] },
): Promise<{ idOf: Map<string, string>; made: number }> {
  const wanted = JSON.stringify(
    [...new Map(people.map((person) => [person.source_key, person])).values()].map((person) => ({
      ...person,
      id: newId(),
    })),
  );
  const asRows = sql`json_to_recordset(${wanted}::json)
    as row(id uuid, source_key text, customer_id uuid, name text, email text, phone text)`;
  const isSame = sql`(contacts.source_key = row.source_key or (contacts.customer_id = row.customer_id
    and contacts.left_at is null and lower(contacts.email) = lower(row.email)))`;
  const { numAffectedRows = 0n } =
    await sql`insert into contacts (id, customer_id, name, email, phone, source_key, import_id, created_at)
    select distinct on (row.customer_id, coalesce(lower(row.email), row.source_key)) row.id, row.customer_id, row.name,
      row.email, row.phone, row.source_key, ${import_id}::uuid, ${ctx.now}::timestamptz
    from ${asRows}
    where not exists (select 1 from contacts where contacts.source_key = row.source_key)
      and not exists (select 1 from contacts where contacts.customer_id = row.customer_id
        and contacts.left_at is null and lower(contacts.email) = lower(row.email))`.execute(ctx.db);
  const { rows } = await sql<{
    id: string;
    source_key: string;
  }>`select found.id, row.source_key from ${asRows}
    cross join lateral (select contacts.id from contacts where ${isSame}
      order by contacts.source_key is distinct from row.source_key limit 1) found`.execute(ctx.db);
  return {
    idOf: new Map(rows.map(({ id, source_key }) => [source_key, id])),
    made: Number(numAffectedRows),
  };
}

/** Removes contacts that came by an import. Row security lets no others be removed. */
export async function takeBackContacts(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.deleteFrom('contacts').where('id', 'in', ids).execute();
}

/** Removes customers that came by an import. Row security lets no others be removed. */
export async function takeBackCustomers(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.deleteFrom('customers').where('id', 'in', ids).execute();
}
