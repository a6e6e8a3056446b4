import { sql } from 'kysely';
import { priorityOf } from '#domain/tickets/priority.ts';
import type { TicketKind, TicketState } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';
import { newIdAt } from '../../platform/ids.ts';
import { beginLate } from './clocks.ts';

/** A ticket of another desk, as it is to stand here. */
export type ImportedTicket = {
  source_key: string;
  reference: string;
  customer_id: string;
  requester_id: string;
  kind: TicketKind;
  title: string;
  state: TicketState;
  impact: number;
  urgency: number;
  customer_words: string | null;
  done_for_customer: string | null;
  /** What the source says it waits for; kept while it waits. */
  waiting_for: string;
  opened_at: string;
  updated_at: string;
  closed_at: string | null;
  last_customer_message_at: string | null;
  last_reply_at: string | null;
};

export type ImportedMessage = {
  source_key: string;
  ticket_id: string;
  customer_id: string;
  voice: 'customer' | 'internal';
  author_kind: 'contact' | 'staff';
  /** A contact's id. Colleagues of another desk have no account here: they are shown by name. */
  author_id: string | null;
  author_name: string;
  body: string;
  happened_at: string;
};

export type KnownTicket = { id: string; customer_id: string; import_id: string };

/** Which of these the desk has already, by the source's key. */
export async function findImportedTickets(
  ctx: Context,
  sourceKeys: readonly string[],
): Promise<Map<string, KnownTicket>> {
  const rows = await ctx.db
    .selectFrom('tickets')
    .select(['id', 'customer_id', 'import_id', 'source_key'])
    .where(sql<boolean>`source_key = any(${sourceKeys}::text[])`)
    .execute();
  return new Map(rows.map(({ source_key, ...row }) => [source_key as string, row as KnownTicket]));
}

/** Which of these messages are here already, by the source's key. */
export async function findImportedMessages(
  ctx: Context,
  sourceKeys: readonly string[],
): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('messages')
    .select('source_key')
    .where(sql<boolean>`source_key = any(${sourceKeys}::text[])`)
    .execute();
  return new Set(rows.map(({ source_key }) => source_key as string));
}

const ticketColumns = sql`row(id uuid, source_key text, reference text, customer_id uuid, requester_id uuid,
  kind text, title text, state text, impact smallint, urgency smallint, priority smallint, customer_words text,
  done_for_customer text, waiting_for text, opened_at timestamptz, updated_at timestamptz, closed_at timestamptz,
  last_customer_message_at timestamptz, last_reply_at timestamptz)`;

/**
 * Writes tickets of another desk's history: no clocks, no events, no mails. Their keys carry the time of the source, so
 * that they stand in lists where they belong.
 */
export async function importTickets(
  ctx: Context,
  { import_id, tickets }: { import_id: string; tickets: readonly ImportedTicket[] },
): Promise<Map<string, KnownTicket>> {
  if (tickets.length === 0) return new Map();
  const rows = tickets.map((ticket) => ({
    ...ticket,
    id: newIdAt(Date.parse(ticket.opened_at)),
    priority: priorityOf(ticket.impact, ticket.urgency),
  }));
  // Waiting of the past climbs to nobody: it counts as climbed.
  await sql`insert into tickets (id, source_key, reference, import_id, customer_id, requester_id, kind, title, state,
      impact, urgency, priority, customer_words, channel, waiting_for, waiting_since, waiting_climbed_at, resolved_at,
      closed_at, done_for_customer, outcome, last_customer_message_at, last_reply_at, created_by_kind, created_at,
      updated_at)
    select id, source_key, reference, ${import_id}::uuid, customer_id, requester_id, kind, title, state, impact, urgency,
      priority, customer_words, 'import', case when state = 'waiting_on_customer' then waiting_for end,
      case when state = 'waiting_on_customer' then updated_at end,
      case when state = 'waiting_on_customer' then ${ctx.now}::timestamptz end, closed_at, closed_at,
      done_for_customer, null, last_customer_message_at, last_reply_at, 'system', opened_at, updated_at
    from json_to_recordset(${JSON.stringify(rows)}::json) as ${ticketColumns}`.execute(ctx.db);
  return new Map(rows.map(({ id, source_key, customer_id }) => [source_key, { id, customer_id, import_id }]));
}

/** A further part of tickets of the same import: the later part says how they stand. */
export async function continueImportedTickets(
  ctx: Context,
  { import_id, tickets }: { import_id: string; tickets: readonly ImportedTicket[] },
): Promise<void> {
  if (tickets.length === 0) return;
  const rows = tickets.map((ticket) => ({ ...ticket, priority: priorityOf(ticket.impact, ticket.urgency) }));
  await sql`update tickets set state = row.state, updated_at = row.updated_at, closed_at = row.closed_at,
      resolved_at = row.closed_at, customer_words = coalesce(tickets.customer_words, row.customer_words),
      waiting_for = case when row.state = 'waiting_on_customer' then row.waiting_for end,
      waiting_since = case when row.state = 'waiting_on_customer' then row.updated_at end,
      waiting_climbed_at = case when row.state = 'waiting_on_customer' then ${ctx.now}::timestamptz end,
      last_customer_message_at = greatest(tickets.last_customer_message_at, row.last_customer_message_at),
      last_reply_at = greatest(tickets.last_reply_at, row.last_reply_at)
    from json_to_recordset(${JSON.stringify(rows)}::json) as ${ticketColumns}
    where tickets.source_key = row.source_key and tickets.import_id = ${import_id}::uuid
      and tickets.updated_at <= row.updated_at`.execute(ctx.db);
}

/** Writes messages in the voice they had; those that are here already stay as they are. Returns how many are new. */
export async function importMessages(
  ctx: Context,
  { import_id, messages }: { import_id: string; messages: readonly ImportedMessage[] },
): Promise<number> {
  if (messages.length === 0) return 0;
  const rows = messages.map((message) => ({ ...message, id: newIdAt(Date.parse(message.happened_at)) }));
  const { numAffectedRows = 0n } =
    await sql`insert into messages (id, source_key, import_id, ticket_id, customer_id,
      voice, author_kind, author_id, author_name, body, happened_at, received_at, created_at)
    select id, source_key, ${import_id}::uuid, ticket_id, customer_id, voice, author_kind, author_id, author_name, body,
      happened_at, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(id uuid, source_key text, ticket_id uuid,
      customer_id uuid, voice text, author_kind text, author_id uuid, author_name text, body text,
      happened_at timestamptz)
    on conflict (source_key) where source_key is not null do nothing`.execute(ctx.db);
  return Number(numAffectedRows);
}

/** By choice: open tickets that came in get their clocks, counted from now as if they had just been asked. */
export async function startClocksOfImported(
  ctx: Context,
  tickets: readonly (KnownTicket & {
    requester_id: string;
    kind: TicketKind;
    impact: number;
    urgency: number;
  })[],
): Promise<void> {
  for (const { kind, impact, urgency, ...ticket } of tickets)
    await beginLate(ctx, ticket, { kind, priority: priorityOf(impact, urgency) });
}

/** Removes imported tickets whole, with their messages and clocks. Row security lets no others be removed. */
export async function takeBackTickets(ctx: Context, ticketIds: readonly string[]): Promise<void> {
  await ctx.db.deleteFrom('ticket_clocks').where('ticket_id', 'in', ticketIds).execute();
  await ctx.db.deleteFrom('messages').where('ticket_id', 'in', ticketIds).execute();
  await ctx.db.deleteFrom('tickets').where('id', 'in', ticketIds).execute();
}

/** Removes messages that an import added to tickets of an earlier one. Returns how many. */
export async function takeBackMessages(
  ctx: Context,
  { import_id, limit }: { import_id: string; limit: number },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`delete from messages where id in (
    select messages.id from messages join tickets on tickets.id = messages.ticket_id
    where messages.import_id = ${import_id}::uuid and tickets.import_id <> ${import_id}::uuid
    limit ${limit})`.execute(ctx.db);
  return Number(numAffectedRows);
}
