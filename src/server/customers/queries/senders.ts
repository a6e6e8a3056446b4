import { sql } from 'kysely';
import { domainOf, isFreeMailDomain } from '#domain/customers/mail-domain.ts';
import type { Database } from '../../platform/db/connect.ts';

export type KnownSender =
  | { kind: 'contact'; customer_id: string; contact_id: string; name: string }
  | { kind: 'domain'; customer_id: string };

/**
 * Whose a mail address is: a contact's of a customer we serve, else a customer's by its domain. An address at two
 * customers, or a domain of two, says nothing: null. So does one that anybody can have, unless it is a contact's.
 */
export async function findSender(db: Database, email: string): Promise<KnownSender | null> {
  const { rows } = await sql<{ contact_id: string; customer_id: string; name: string }>`
    select contacts.id as contact_id, contacts.customer_id, contacts.name
    from contacts join customers on customers.id = contacts.customer_id
    where lower(contacts.email) = ${email.toLowerCase()} and contacts.left_at is null
      and customers.archived_at is null and customers.stands_for is null
    limit 2`.execute(db);
  if (rows.length === 2) return null;
  if (rows[0]) return { kind: 'contact', ...rows[0] };
  const domain = domainOf(email);
  if (!domain || isFreeMailDomain(domain)) return null;
  const owners = await db
    .selectFrom('customers')
    .select('id')
    .where(sql<boolean>`mail_domains @> array[${domain}]::text[]`)
    .where('archived_at', 'is', null)
    .where('stands_for', 'is', null)
    .limit(2)
    .execute();
  return owners.length === 1 && owners[0] ? { kind: 'domain', customer_id: owners[0].id } : null;
}

/** Whether a customer is the one that stands for senders not yet known. */
export async function isUnknownCustomer(db: Database, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('customers')
    .select('id')
    .where('id', '=', customerId)
    .where('stands_for', '=', 'unknown_senders')
    .executeTakeFirst();
  return row !== undefined;
}
