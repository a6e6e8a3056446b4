import { sql } from 'kysely';
import type { ImportOptions } from '#domain/imports/mapping.ts';
import {
  type Reject,
  rejectTicket,
  type Told,
  type ToldPerson,
  type ToldTicket,
} from '#domain/imports/told.ts';
import { findArchivedNames, importContacts, importCustomers } from '../../customers/actions/import-people.ts';
import type { Context } from '../../platform/context.ts';
import { newId, newIdAt } from '../../platform/ids.ts';
import {
  continueImportedTickets,
  findImportedMessages,
  findImportedTickets,
  type ImportedTicket,
  importMessages,
  importTickets,
  type KnownTicket,
  startClocksOfImported,
} from '../../tickets/actions/import-tickets.ts';

export type ImportInHand = { id: string; source: string; options: ImportOptions };

export type BatchCounts = {
  customers: number;
  contacts: number;
  tickets: number;
  messages: number;
  events: number;
  known: number;
  rejected: number;
};

/**
 * Tables that grow by hundreds of thousands of rows within a minute are still small by the planner's statistics, and
 * were read whole for each batch and each foreign key: twenty times slower at the end of a file.
 */
export async function useIndexes(ctx: Context): Promise<void> {
  await sql`set local enable_seqscan = off`.execute(ctx.db);
}

export type TicketUnit = Told & { ticket: ToldTicket };
export const hasTicket = (unit: Told): unit is TicketUnit => unit.ticket !== null;
type Place = { customerIdOf: (ticket: ToldTicket) => string; contactIds: Map<string, string> };

/** Writes what a few thousand records became, in the transaction that also moves the import's cursor. */
export async function writeBatch(
  ctx: Context,
  hand: ImportInHand,
  units: readonly Told[],
): Promise<BatchCounts> {
  await useIndexes(ctx);
  const all = units.filter(hasTicket);
  const keyOf = (ticket: ToldTicket) => `${hand.source}:${ticket.key}`;
  const before = await findImportedTickets(
    ctx,
    all.map(({ ticket }) => keyOf(ticket)),
  );
  const known = new Set([...before].filter(([, { import_id }]) => import_id !== hand.id).map(([key]) => key));
  const isKnown = (ticket: ToldTicket) => known.has(keyOf(ticket));
  const isHere = ({ ticket }: TicketUnit) => before.has(keyOf(ticket));
  const news = await withoutKnown(ctx, hand, { all, isKnown });
  const { told: fresh, rejected } = await withoutArchived(
    ctx,
    news.filter((unit) => !isHere(unit)),
  );
  const told = [...news.filter(isHere), ...fresh];
  // What is here already brings nobody new, whatever its customer is called by now.
  const customers = await bringCustomers(ctx, hand, fresh);
  const people = await bringPeople(ctx, hand, {
    told,
    customerIdOf: customers.customerIdOf,
    before,
    isKnown,
  });
  const place = { customerIdOf: customers.customerIdOf, contactIds: people.contactIds };
  const rows = told
    .filter(({ ticket }) => !isKnown(ticket))
    .map(({ ticket }) => rowOf(hand, ticket, place, before.get(keyOf(ticket))));
  const first = firstByKey(rows.filter(({ source_key }) => !before.has(source_key)));
  const made = await importTickets(ctx, { import_id: hand.id, tickets: [...first.values()] });
  await continueImportedTickets(ctx, {
    import_id: hand.id,
    tickets: rows.filter((row) => first.get(row.source_key) !== row),
  });
  const here = new Map([...before, ...made]);
  const messages = await writeMessages(ctx, hand, { told, here, contactIds: people.contactIds });
  const events = await writeEvents(ctx, hand, { told, here });
  if (hand.options.start_clocks) {
    const open = [...first.values()].filter(({ state }) => state !== 'closed');
    await startClocksOfImported(
      ctx,
      open.map((row) => ({ ...row, ...(made.get(row.source_key) as KnownTicket) })),
    );
  }
  const rejects = [...units.flatMap((unit) => unit.rejects), ...rejected];
  await writeRejects(ctx, hand, rejects);
  return {
    customers: customers.made,
    contacts: people.made,
    tickets: made.size,
    messages,
    events,
    known: known.size,
    rejected: rejects.length,
  };
}

/** Of tickets that an earlier import brought only what they had not said by then. */
async function withoutKnown(
  ctx: Context,
  hand: ImportInHand,
  { all, isKnown }: { all: readonly TicketUnit[]; isKnown(ticket: ToldTicket): boolean },
): Promise<TicketUnit[]> {
  const keyOf = (ticket: ToldTicket, key: string) => `${hand.source}:${ticket.key}:${key}`;
  const keys = all
    .filter(({ ticket }) => isKnown(ticket))
    .flatMap(({ ticket, messages }) => messages.map(({ key }) => keyOf(ticket, key)));
  if (keys.length === 0) return all.filter(({ ticket, events }) => !isKnown(ticket) || events.length > 0);
  const here = await findImportedMessages(ctx, keys);
  return all
    .map((unit) =>
      isKnown(unit.ticket)
        ? { ...unit, messages: unit.messages.filter(({ key }) => !here.has(keyOf(unit.ticket, key))) }
        : unit,
    )
    .filter((unit) => !isKnown(unit.ticket) || unit.messages.length + unit.events.length > 0);
}

/**
 * New tickets of customers that were put away stay out, and say so: what is archived is read and not added to. Once the
 * customer is restored, the same file brings them.
 */
export async function withoutArchived(
  ctx: Context,
  fresh: readonly TicketUnit[],
): Promise<{ told: TicketUnit[]; rejected: Reject[] }> {
  const archived = await findArchivedNames(
    ctx,
    fresh.flatMap(({ ticket }) => ticket.customer ?? []),
  );
  const told: TicketUnit[] = [];
  const rejected: Reject[] = [];
  for (const unit of fresh) {
    const name = unit.ticket.customer;
    if (name !== null && archived.has(name)) rejected.push(rejectTicket(unit, 'customer_archived', { name }));
    else told.push(unit);
  }
  return { told, rejected };
}

/** Of several parts of one ticket the first makes the row. */
function firstByKey(rows: readonly ImportedTicket[]): Map<string, ImportedTicket> {
  const first = new Map<string, ImportedTicket>();
  for (const row of rows) if (!first.has(row.source_key)) first.set(row.source_key, row);
  return first;
}

async function bringCustomers(ctx: Context, hand: ImportInHand, told: readonly { ticket: ToldTicket }[]) {
  const { customer } = hand.options;
  const standard = 'name' in customer ? customer.name : null;
  const names = [
    ...new Set(told.flatMap(({ ticket }) => ticket.customer ?? (standard === null ? [] : [standard]))),
  ];
  const { idOf, made } =
    names.length > 0
      ? await importCustomers(ctx, { import_id: hand.id, names })
      : { idOf: new Map<string, string>(), made: 0 };
  const customerIdOf = (ticket: ToldTicket): string => {
    const name = ticket.customer ?? standard;
    return name === null ? (customer as { id: string }).id : (idOf.get(name) as string);
  };
  return { customerIdOf, made };
}

const contactKeyOf = (hand: ImportInHand, customerId: string, key: string) =>
  `${hand.source}:${customerId}:${key}`;

async function bringPeople(
  ctx: Context,
  hand: ImportInHand,
  parts: {
    told: readonly TicketUnit[];
    customerIdOf: Place['customerIdOf'];
    before: Map<string, KnownTicket>;
    isKnown(ticket: ToldTicket): boolean;
  },
) {
  const people = parts.told.flatMap(({ ticket, messages }) => {
    // A ticket that is here already stays with the customer it has by now.
    const customer_id =
      parts.before.get(`${hand.source}:${ticket.key}`)?.customer_id ?? parts.customerIdOf(ticket);
    const authors = messages.filter(({ from }) => from === 'contact').map(({ author }) => author);
    const requesters = parts.isKnown(ticket) ? [] : [ticket.requester ?? unknownContact(hand)];
    return [...requesters, ...authors].map((person) => ({
      source_key: contactKeyOf(hand, customer_id, person.key),
      customer_id,
      name: person.name,
      email: person.email,
      phone: person.phone,
    }));
  });
  if (people.length === 0) return { contactIds: new Map<string, string>(), made: 0 };
  const { idOf, made } = await importContacts(ctx, { import_id: hand.id, people });
  return { contactIds: idOf, made };
}

function unknownContact({ options }: ImportInHand): ToldPerson {
  return { key: '', name: options.unknown_contact, email: null, phone: null };
}

function rowOf(
  hand: ImportInHand,
  ticket: ToldTicket,
  place: Place,
  known: KnownTicket | undefined,
): ImportedTicket {
  const customer_id = known?.customer_id ?? place.customerIdOf(ticket);
  const { key, customer, requester, source_state, ...row } = ticket;
  const contactKey = contactKeyOf(hand, customer_id, (requester ?? unknownContact(hand)).key);
  return {
    ...row,
    source_key: `${hand.source}:${key}`,
    customer_id,
    requester_id: place.contactIds.get(contactKey) as string,
    waiting_for: source_state,
  };
}

type Here = { told: readonly TicketUnit[]; here: Map<string, KnownTicket> };

async function writeMessages(
  ctx: Context,
  hand: ImportInHand,
  { told, here, contactIds }: Here & { contactIds: Map<string, string> },
): Promise<number> {
  const messages = told.flatMap(({ ticket, messages }) => {
    const { id, customer_id } = here.get(`${hand.source}:${ticket.key}`) as KnownTicket;
    return messages.map((message) => ({
      source_key: `${hand.source}:${ticket.key}:${message.key}`,
      ticket_id: id,
      customer_id,
      voice: message.voice,
      author_kind: message.from,
      author_id:
        message.from === 'contact'
          ? (contactIds.get(contactKeyOf(hand, customer_id, message.author.key)) ?? null)
          : null,
      author_name: message.author.name,
      body: message.body,
      happened_at: message.happened_at,
    }));
  });
  return importMessages(ctx, { import_id: hand.id, messages });
}

async function writeEvents(ctx: Context, hand: ImportInHand, { told, here }: Here): Promise<number> {
  const events = told.flatMap(({ ticket, events }) => {
    const { id, customer_id } = here.get(`${hand.source}:${ticket.key}`) as KnownTicket;
    return events.map((event) => ({
      ...event,
      id: newIdAt(Date.parse(event.happened_at)),
      ticket_id: id,
      customer_id,
      source_key: `${hand.source}:${ticket.key}:${event.key}`,
    }));
  });
  if (events.length === 0) return 0;
  const { numAffectedRows = 0n } =
    await sql`insert into imported_events (id, import_id, ticket_id, customer_id,
      source_key, line, state, source_state, actor_name, happened_at, data, created_at)
    select id, ${hand.id}::uuid, ticket_id, customer_id, source_key, line, state, source_state, actor_name, happened_at,
      data, ${ctx.now}::timestamptz
    from json_to_recordset(${JSON.stringify(events)}::json) as row(id uuid, ticket_id uuid, customer_id uuid,
      source_key text, line bigint, state text, source_state text, actor_name text, happened_at timestamptz, data jsonb)
    on conflict (source_key) do nothing`.execute(ctx.db);
  return Number(numAffectedRows);
}

async function writeRejects(ctx: Context, hand: ImportInHand, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  const rows = rejects.map((reject) => ({ ...reject, id: newId() }));
  await sql`insert into import_rejects (id, import_id, line, reason, params, raw, created_at)
    select id, ${hand.id}::uuid, line, reason, params, raw, ${ctx.now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(id uuid, line bigint, reason text, params jsonb,
      raw text)`.execute(ctx.db);
}
