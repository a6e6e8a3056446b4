import { sql } from 'kysely';
import { plusMinutes } from '#domain/ground/instant.ts';
import type { ListTickets, TicketRow } from '#domain/tickets/commands.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged } from '../../platform/cursor.ts';
import type { Database } from '../../platform/db/connect.ts';

// “Due soon” in the queue: within two hours.
const dueSoonMinutes = 120;
// Written out and not as a parameter: the queue's indexes leave closed tickets out, and a prepared statement must see it.
const closedState = sql.lit('closed');

export function selectTicketRows(db: Database) {
  return db
    .selectFrom('tickets')
    .innerJoin('customers', 'customers.id', 'tickets.customer_id')
    .innerJoin('contacts', 'contacts.id', 'tickets.requester_id')
    .leftJoin('users', 'users.id', 'tickets.assignee_id')
    .select([
      'tickets.id',
      'tickets.number',
      'tickets.customer_id',
      'customers.name as customer_name',
      'tickets.requester_id',
      'contacts.name as requester_name',
      'tickets.kind',
      'tickets.title',
      'tickets.state',
      'tickets.impact',
      'tickets.urgency',
      'tickets.priority',
      'tickets.felt_severity',
      'tickets.assignee_id',
      'users.name as assignee_name',
      'tickets.next_due_at',
      'tickets.waiting_since',
      'tickets.last_customer_message_at',
      'tickets.last_reply_at',
      'tickets.closed_at',
      'tickets.created_at',
      'tickets.updated_at',
    ]);
}

/** The queue, ordered by what breaks first; what has no running clock comes last. Closed ones: latest first. */
export async function listTickets(ctx: Context, { query }: { query: ListTickets }) {
  const closed = query.state === 'closed';
  let rows = filtered(ctx, query);
  const order = closed
    ? sql`coalesce(tickets.closed_at, '-infinity'::timestamptz)`
    : sql`coalesce(tickets.next_due_at, 'infinity'::timestamptz)`;
  if (query.after) {
    const [at, id] = decodeCursor(query.after, ['instant_or_null', 'id']);
    rows = closed
      ? rows.where(sql<boolean>`(${order}, tickets.id) < (${at}::timestamptz, ${id}::uuid)`)
      : rows.where(sql<boolean>`(${order}, tickets.id) > (${at ?? 'infinity'}::timestamptz, ${id}::uuid)`);
  }
  const direction = closed ? 'desc' : 'asc';
  const found = await rows
    .orderBy(order, direction)
    .orderBy('tickets.id', direction)
    .limit(query.limit + 1)
    .execute();
  return paged(found as TicketRow[], query.limit, (row) => [
    closed ? row.closed_at : row.next_due_at,
    row.id,
  ]);
}

function filtered(ctx: Context, query: ListTickets) {
  let rows = selectTicketRows(ctx.db);
  rows =
    query.state === 'active'
      ? rows.where('tickets.state', '<>', closedState)
      : rows.where('tickets.state', '=', sql.lit(query.state));
  if (query.state !== 'active' && query.state !== 'closed')
    rows = rows.where('tickets.state', '<>', closedState);
  if (query.kind) rows = rows.where('tickets.kind', '=', query.kind);
  if (query.priority) rows = rows.where('tickets.priority', '=', query.priority);
  if (query.customer_id) rows = rows.where('tickets.customer_id', '=', query.customer_id);
  if (query.assignee === 'me') rows = rows.where('tickets.assignee_id', '=', ctx.actor.id);
  else if (query.assignee === 'none') rows = rows.where('tickets.assignee_id', 'is', null);
  else if (query.assignee) rows = rows.where('tickets.assignee_id', '=', query.assignee);
  if (query.clock === 'overdue') rows = rows.where('tickets.next_due_at', '<=', ctx.now);
  else if (query.clock === 'due_soon') {
    rows = rows
      .where('tickets.next_due_at', '>', ctx.now)
      .where('tickets.next_due_at', '<=', plusMinutes(ctx.now, dueSoonMinutes));
  } else if (query.clock === 'paused') rows = rows.where('tickets.next_due_at', 'is', null);
  return rows;
}
