import { sql } from 'kysely';
import type { Database } from '../../platform/db/connect.ts';

/** Ids go by their order, so that what has to stay is passed over. */
type Slice = { import_id: string; after: string; limit: number };

/**
 * Tickets of an import on which nobody has worked since: no person's act on them or in them, no word of ours or the
 * customer's beside the imported ones. What the product did by itself (a clock that warned) is no work.
 */
export async function listUntouchedTickets(db: Database, of: Slice): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select tickets.id from tickets
    where tickets.import_id = ${of.import_id}::uuid
      and not exists (select 1 from events where events.subject_kind = 'ticket' and events.subject_id = tickets.id
        and events.actor_kind in ('staff', 'contact'))
      and not exists (select 1 from events where events.context_kind = 'ticket' and events.context_id = tickets.id
        and events.actor_kind in ('staff', 'contact'))
      and not exists (select 1 from messages where messages.ticket_id = tickets.id and messages.import_id is null)
      and not exists (select 1 from promises where promises.subject_kind = 'ticket' and promises.subject_id = tickets.id)
      and not exists (select 1 from visits where visits.ticket_id = tickets.id)
      and tickets.id > ${of.after}::uuid
    order by tickets.id limit ${of.limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Contacts of an import who have no sign-in, whom nobody has edited, and who stand in no ticket that stays. */
export async function listUnusedContacts(db: Database, of: Slice): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select contacts.id from contacts
    where contacts.import_id = ${of.import_id}::uuid and contacts.user_id is null and contacts.invitation_id is null
      and not exists (select 1 from events where events.subject_kind = 'contact' and events.subject_id = contacts.id
        and events.actor_kind in ('staff', 'contact'))
      and not exists (select 1 from tickets where tickets.customer_id = contacts.customer_id
        and tickets.requester_id = contacts.id)
      and contacts.id not in (select messages.author_id from messages
        where messages.author_kind = 'contact' and messages.author_id is not null
          and messages.customer_id in (select distinct mine.customer_id from contacts mine
            where mine.import_id = ${of.import_id}::uuid))
      and contacts.id > ${of.after}::uuid
    order by contacts.id limit ${of.limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Customers that an import made and with whom nothing has been done since. */
export async function listUnusedCustomers(db: Database, of: Slice): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select customers.id from customers
    where customers.import_id = ${of.import_id}::uuid
      and not exists (select 1 from events where events.customer_id = customers.id
        and events.actor_kind in ('staff', 'contact'))
      and not exists (select 1 from tickets where tickets.customer_id = customers.id)
      and not exists (select 1 from contacts where contacts.customer_id = customers.id)
      and customers.id > ${of.after}::uuid
    order by customers.id limit ${of.limit}`.execute(db);
  return rows.map(({ id }) => id);
}
