import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';

/** Which of these names are customers that were put away: nothing is added to them. */
export async function findArchivedNames(ctx: Context, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const { rows } = await sql<{
    name: string;
  }>`select wanted.name from unnest(${[...new Set(names)]}::text[]) as wanted(name)
    join customers on lower(customers.name) = lower(wanted.name) where customers.archived_at is not null`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ name }) => name));
}

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
  const wanted = [...new Map(people.map((person) => [person.source_key, person])).values()];
  const idOf = await findContacts(ctx, wanted);
  const missing = wanted.filter(({ source_key }) => !idOf.has(source_key));
  if (missing.length === 0) return { idOf, made: 0 };
  // Two new ones with one address are one person.
  const byAddress = new Map<string, ImportedContact & { id: string }>();
  for (const person of missing) {
    const address = person.email ? `${person.customer_id} ${person.email.toLowerCase()}` : person.source_key;
    const same = byAddress.get(address) ?? { ...person, id: newId() };
    byAddress.set(address, same);
    idOf.set(person.source_key, same.id);
  }
  await sql`insert into contacts (id, customer_id, name, email, phone, source_key, import_id, created_at)
    select id, customer_id, name, email, phone, source_key, ${import_id}::uuid, ${ctx.now}::timestamptz
    from json_to_recordset(${JSON.stringify([...byAddress.values()])}::json)
      as row(id uuid, source_key text, customer_id uuid, name text, email text, phone text)`.execute(ctx.db);
  return { idOf, made: byAddress.size };
}

/** Those who are here already: by the source's key, else by their address with that customer. */
async function findContacts(ctx: Context, wanted: readonly ImportedContact[]): Promise<Map<string, string>> {
  const keys = wanted.map(({ source_key }) => source_key);
  const byKey = await ctx.db
    .selectFrom('contacts')
    .select(['id', 'source_key'])
    .where(sql<boolean>`source_key = any(${keys}::text[])`)
    .execute();
  const idOf = new Map(byKey.map(({ id, source_key }) => [source_key as string, id]));
  const addressed = wanted.filter(({ source_key, email }) => email !== null && !idOf.has(source_key));
  if (addressed.length === 0) return idOf;
  const { rows } = await sql<{ id: string; source_key: string }>`select contacts.id, row.source_key
    from json_to_recordset(${JSON.stringify(addressed)}::json) as row(source_key text, customer_id uuid, email text)
    join contacts on contacts.customer_id = row.customer_id and contacts.left_at is null
      and lower(contacts.email) = lower(row.email)`.execute(ctx.db);
  for (const { id, source_key } of rows) idOf.set(source_key, id);
  return idOf;
}

/** Removes contacts that came by an import. Row security lets no others be removed. */
export async function takeBackContacts(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.deleteFrom('contacts').where('id', 'in', ids).execute();
}

/** Removes customers that came by an import. Row security lets no others be removed. */
export async function takeBackCustomers(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.deleteFrom('customers').where('id', 'in', ids).execute();
}
