import { sql } from 'kysely';
import type { ContactActor } from '#domain/ground/actor.ts';
import type { Locale } from '#domain/people/person.ts';
import { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inReadTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { JobTools } from '../../platform/jobs.ts';

export type Recipient = {
  email: string;
  name: string;
  /** How they are spoken to: 王女士. */
  address: string;
  locale: Locale;
  zone: string;
};
export type ContactRecipient = Recipient & { actor: ContactActor; has_account: boolean };

/** A contact who can be written to; null for one without an address and for one who has left. */
export async function findContactRecipient(
  db: Database,
  contactId: string,
): Promise<ContactRecipient | null> {
  const row = await db
    .selectFrom('contacts')
    .innerJoin('customers', 'customers.id', 'contacts.customer_id')
    .leftJoin('sites', 'sites.id', 'contacts.site_id')
    .leftJoin('users', 'users.id', 'contacts.user_id')
    .select([
      'contacts.id',
      'contacts.customer_id',
      'contacts.user_id',
      'contacts.name',
      'contacts.form_of_address',
      'contacts.email',
      'contacts.portal_sees',
      'contacts.portal_ended_at',
      'contacts.locale',
      'users.locale as chosen_locale',
      'users.disabled_at',
      'users.zone as chosen_zone',
      'sites.zone as site_zone',
      'customers.zone as customer_zone',
    ])
    .where('contacts.id', '=', contactId)
    .where('contacts.left_at', 'is', null)
    .executeTakeFirst();
  if (!row?.email) return null;
  const locale = (row.chosen_locale ?? row.locale) as Locale;
  const zone = row.chosen_zone ?? row.site_zone ?? row.customer_zone;
  return {
    email: row.email,
    name: row.name,
    address: row.form_of_address ?? row.name,
    locale,
    zone,
    has_account: row.user_id !== null && row.portal_ended_at === null && row.disabled_at === null,
    actor: {
      kind: 'contact',
      id: row.user_id ?? row.id,
      name: row.name,
      contact_id: row.id,
      customer_id: row.customer_id,
      sees: row.portal_sees as 'own' | 'all',
      is_customer_administrator: false,
      locale,
      zone,
      session_id: row.id,
    },
  };
}

/** Those who approve at a customer (R35). Few; more than ten would be a mistake in the data. */
export async function listApprovers(db: Database, customerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('contacts')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('left_at', 'is', null)
    .where(sql<boolean>`'approves' = any(roles)`)
    .limit(10)
    .execute();
  return rows.map((row) => row.id);
}

/** A colleague who can be written to; null for one who no longer works here. */
export async function findStaffRecipient(db: Database, userId: string): Promise<Recipient | null> {
  const row = await db
    .selectFrom('users')
    .select(['name', 'email', 'locale', 'zone'])
    .where('id', '=', userId)
    .where('kind', '=', 'staff')
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row ? { ...row, address: row.name, locale: row.locale as Locale } : null;
}

/**
 * Reads with the recipient's own rights, under row security: a mail can hold nothing that its recipient could
 * not read in the portal.
 */
export function readAs<T>(
  tools: JobTools,
  recipient: ContactRecipient,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  return inReadTransaction(tools.db, recipient.actor, (db) =>
    work(
      new Context({
        db,
        actor: recipient.actor,
        now: new Date().toISOString(),
        requestId: newId(),
        settings: tools.settings,
        listening: new Map(),
      }),
    ),
  );
}
