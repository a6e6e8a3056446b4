import { sql } from 'kysely';
import type { ListSenders, SenderRow } from '#domain/channels/mailbox-commands.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { checkEmail } from '../../customers/actions/contacts.ts';
import { loadServedCustomer } from '../../customers/actions/loading.ts';
import { addContactByMail, retireSender } from '../../customers/actions/senders.ts';
import type { Context } from '../../platform/context.ts';
import { pageById } from '../../platform/cursor.ts';
import { moveFiles } from '../../platform/files/claiming.ts';
import { closeTicket } from '../../tickets/actions/close-ticket.ts';
import { moveTickets } from '../../tickets/actions/move-tickets.ts';

type ById = { params: { id: string } };

/** Senders whom nobody knew, the latest first, with what they wrote and whose they say they are. */
export async function listSenders(ctx: Context, { query }: { query: ListSenders }) {
  const rows = ctx.db
    .selectFrom('mail_senders')
    .innerJoin('customers', 'customers.id', 'mail_senders.customer_id')
    .leftJoin('users', 'users.id', 'mail_senders.decided_by_id')
    .select([
      'mail_senders.id',
      'mail_senders.email',
      'mail_senders.name',
      'mail_senders.state',
      'mail_senders.reason',
      'mail_senders.contact_id',
      'users.name as decided_by_name',
      'customers.name as given_to',
      'mail_senders.last_mail_at',
      'mail_senders.created_at',
    ])
    .where('mail_senders.state', '=', query.state);
  const { items, next } = await pageById(rows, 'mail_senders.id', query);
  const contacts = items.map(({ contact_id }) => contact_id);
  const tickets = await listTicketsOf(ctx, contacts);
  return {
    items: items.map(({ contact_id, given_to, ...row }): SenderRow => {
      const own = tickets.filter((ticket) => ticket.requester_id === contact_id);
      const claiming = own.find(({ claimed_number }) => claimed_number !== null);
      return {
        ...row,
        state: row.state as SenderRow['state'],
        customer_name: row.state === 'given' ? given_to : null,
        tickets: own.slice(0, 5).map(({ id, number, title }) => ({ id, number, title })),
        claims: claiming
          ? { number: Number(claiming.claimed_number), customer_name: claiming.claimed_customer ?? '' }
          : null,
      };
    }),
    next,
  };
}

async function listTicketsOf(ctx: Context, contactIds: string[]) {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    number: number;
    title: string;
    requester_id: string;
    claimed_number: number | null;
    claimed_customer: string | null;
  }>`select tickets.id, tickets.number, tickets.title, tickets.requester_id, claimed.number as claimed_number,
      customers.name as claimed_customer
    from tickets
    left join lateral (select claims_ticket_id from received_mails where received_mails.ticket_id = tickets.id
      and claims_ticket_id is not null limit 1) claim on true
    left join tickets claimed on claimed.id = claim.claims_ticket_id
    left join customers on customers.id = claimed.customer_id
    where tickets.requester_id = any(${contactIds}::uuid[])
    order by tickets.id desc limit 500`.execute(ctx.db);
  return rows;
}

/** Whose a sender is was found out: what they wrote goes to that customer, under the person they are there. */
export async function giveSender(
  ctx: Context,
  { params, body }: ById & { body: { customer_id: string; contact_id: string | null } },
): Promise<{ id: string }> {
  const sender = await loadSender(ctx, params.id);
  if (sender.state === 'given') throw new Refusal('conflict', 'mail_senders.already_given');
  const customer = await loadServedCustomer(ctx, body.customer_id);
  if (customer.id === sender.customer_id) throw new Refusal('invalid', 'mail_senders.customer_unknown');
  await refuseWithVisits(ctx, sender);
  const contact_id = await personAt(ctx, sender, { customer_id: customer.id, contact_id: body.contact_id });
  const from = { customer_id: sender.customer_id, contact_id: sender.contact_id };
  const to = { customer_id: customer.id, contact_id };
  const tickets = await moveTickets(ctx, { from, to });
  await moveMails(ctx, tickets, customer.id);
  if (!sender.left_at) await retireSender(ctx, { id: sender.contact_id, customer_id: sender.customer_id });
  await ctx.db
    .updateTable('mail_senders')
    .set({
      state: 'given',
      reason: null,
      customer_id: customer.id,
      contact_id,
      decided_at: ctx.now,
      decided_by_id: ctx.actor.id,
    })
    .where('id', '=', sender.id)
    .execute();
  ctx.record({
    name: 'mail_sender.given',
    subject: { kind: 'mail_sender', id: sender.id },
    context: { kind: 'customer', id: customer.id },
    customer_id: customer.id,
    data: { email: sender.email, customer_name: customer.name, tickets: tickets.length },
  });
  return { id: sender.id };
}

/** Not a customer: what they wrote is closed without a word to them, and what they write again is set aside. */
export async function dismissSender(
  ctx: Context,
  { params, body }: ById & { body: { reason: string } },
): Promise<{ id: string }> {
  const sender = await loadSender(ctx, params.id);
  if (sender.state !== 'waiting') throw new Refusal('conflict', 'mail_senders.already_decided');
  // First of all: to somebody who is gone no mail is written, not about the closing either.
  await retireSender(ctx, { id: sender.contact_id, customer_id: sender.customer_id });
  const open = await ctx.db
    .selectFrom('tickets')
    .select('id')
    .where('customer_id', '=', sender.customer_id)
    .where('requester_id', '=', sender.contact_id)
    .where('state', '<>', 'closed')
    .execute();
  for (const { id } of open)
    await closeTicket(ctx, { params: { id }, body: { outcome: 'declined', done_for_customer: body.reason } });
  await ctx.db
    .updateTable('mail_senders')
    .set({ state: 'dismissed', reason: body.reason, decided_at: ctx.now, decided_by_id: ctx.actor.id })
    .where('id', '=', sender.id)
    .execute();
  ctx.record({
    name: 'mail_sender.dismissed',
    subject: { kind: 'mail_sender', id: sender.id },
    customer_id: sender.customer_id,
    data: { email: sender.email, reason: body.reason, tickets: open.length },
  });
  return { id: sender.id };
}

type LoadedSender = Awaited<ReturnType<typeof loadSender>>;

/**
 * Locked first and read after: a lock that joins would hold the row of now, given to somebody else while one waited, against
 * the contact of before, and find nobody.
 */
async function loadSender(ctx: Context, id: string) {
  const locked = await ctx.db
    .selectFrom('mail_senders')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!locked) throw new Refusal('not_found', 'ground.not_found');
  return ctx.db
    .selectFrom('mail_senders')
    .innerJoin('contacts', 'contacts.id', 'mail_senders.contact_id')
    .select([
      'mail_senders.id',
      'mail_senders.state',
      'mail_senders.email',
      'mail_senders.name',
      'mail_senders.customer_id',
      'mail_senders.contact_id',
      'contacts.left_at',
      'contacts.locale',
    ])
    .where('mail_senders.id', '=', id)
    .executeTakeFirstOrThrow();
}

/** The person they are at the customer: one we have there already, or a new one with the address they wrote from. */
async function personAt(
  ctx: Context,
  sender: LoadedSender,
  at: { customer_id: string; contact_id: string | null },
): Promise<string> {
  if (at.contact_id) {
    const contact = await ctx.db
      .selectFrom('contacts')
      .select('id')
      .where('id', '=', at.contact_id)
      .where('customer_id', '=', at.customer_id)
      .where('left_at', 'is', null)
      .executeTakeFirst();
    if (!contact) throw new Refusal('invalid', 'mail_senders.contact_unknown');
    return contact.id;
  }
  await checkEmail(ctx, sender.email, { id: sender.contact_id, customer_id: at.customer_id });
  const { email, locale } = sender;
  const name = sender.name || email;
  return addContactByMail(ctx, { customer_id: at.customer_id, email, name: name.slice(0, 100), locale });
}

async function refuseWithVisits(ctx: Context, sender: LoadedSender): Promise<void> {
  const visit = await ctx.db
    .selectFrom('visits')
    .innerJoin('tickets', 'tickets.id', 'visits.ticket_id')
    .select('tickets.number')
    .where('tickets.customer_id', '=', sender.customer_id)
    .where('tickets.requester_id', '=', sender.contact_id)
    .executeTakeFirst();
  if (visit) throw new Refusal('conflict', 'mail_senders.has_visit', { number: visit.number });
}

/** What channels keeps about a ticket goes where the ticket goes. */
async function moveMails(ctx: Context, tickets: string[], customer_id: string): Promise<void> {
  if (tickets.length === 0) return;
  for (const table of ['received_mails', 'ticket_threads', 'ticket_participants', 'mails'] as const)
    await ctx.db.updateTable(table).set({ customer_id }).where('ticket_id', 'in', tickets).execute();
  const mails = await ctx.db
    .selectFrom('received_mails')
    .select('id')
    .where('ticket_id', 'in', tickets)
    .execute();
  const subject_ids = mails.map(({ id }) => id);
  await moveFiles(ctx, { subject_kind: 'received_mail', subject_ids, customer_id });
}
