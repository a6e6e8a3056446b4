import { sql } from 'kysely';
import type { ListOwed, PortalPromise } from '#domain/channels/commands.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged } from '../../platform/cursor.ts';
import { contactOf } from './scope.ts';

/** What we owe, in the customer's sight: to whom, until when, and whether it is done. Not by whom, not why not. */
function selectPromises(ctx: Context) {
  const contact = contactOf(ctx);
  const rows = ctx.db
    .selectFrom('promises')
    .leftJoin('tickets', 'tickets.id', 'promises.subject_id')
    .leftJoin('contacts as heard', 'heard.id', 'promises.to_contact_id')
    .select([
      'promises.id',
      'promises.words',
      'tickets.id as ticket_id',
      'tickets.title as ticket_title',
      'promises.to_contact_id',
      'heard.name as to_name',
      'promises.due_at',
      'promises.state',
      'promises.settled_at',
      'promises.created_at',
    ])
    .where('promises.customer_id', '=', contact.customer_id);
  return contact.sees === 'all'
    ? rows
    : rows.where((is) =>
        is.or([
          is('promises.to_contact_id', '=', contact.contact_id),
          is('tickets.requester_id', '=', contact.contact_id),
        ]),
      );
}

type PromiseColumns = Awaited<ReturnType<ReturnType<typeof selectPromises>['executeTakeFirstOrThrow']>>;

function seenBy(ctx: Context, { to_contact_id, state, ...row }: PromiseColumns): PortalPromise {
  return {
    ...row,
    state: state as PortalPromise['state'],
    is_mine: to_contact_id === contactOf(ctx).contact_id,
  };
}

const orderOfDue = sql`coalesce(promises.due_at, 'infinity'::timestamptz)`;
const orderOfSettling = sql`coalesce(promises.settled_at, '-infinity'::timestamptz)`;

/** What we owe, the next due first; or what was settled, the latest first. */
export async function listOwed(ctx: Context, { query }: { query: ListOwed }) {
  const open = query.state === 'open';
  let rows = selectPromises(ctx).where('promises.state', open ? '=' : '<>', 'open');
  if (query.after) {
    const [at, id] = decodeCursor(query.after, ['instant_or_null', 'id']);
    rows = open
      ? rows.where(
          sql<boolean>`(${orderOfDue}, promises.id) > (${at ?? 'infinity'}::timestamptz, ${id}::uuid)`,
        )
      : rows.where(sql<boolean>`(${orderOfSettling}, promises.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const found = await rows
    .orderBy(open ? orderOfDue : orderOfSettling, open ? 'asc' : 'desc')
    .orderBy('promises.id', open ? 'asc' : 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = paged(found, query.limit, (row) => [open ? row.due_at : row.settled_at, row.id]);
  return { items: items.map((row) => seenBy(ctx, row)), next };
}

export async function promisesOfTicket(ctx: Context, ticketId: string): Promise<PortalPromise[]> {
  const rows = await selectPromises(ctx)
    .where('promises.subject_kind', '=', 'ticket')
    .where('promises.subject_id', '=', ticketId)
    .orderBy('promises.created_at')
    .limit(100)
    .execute();
  return rows.map((row) => seenBy(ctx, row));
}

/** One promise, if the contact may see it. */
export async function findOwed(ctx: Context, id: string): Promise<PortalPromise | null> {
  const row = await selectPromises(ctx).where('promises.id', '=', id).executeTakeFirst();
  return row ? seenBy(ctx, row) : null;
}

/** Promises lately kept: a part of what was done for them. */
export async function listKept(ctx: Context, limit: number): Promise<PortalPromise[]> {
  const rows = await selectPromises(ctx)
    .where('promises.state', '=', 'kept')
    .orderBy('promises.settled_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => seenBy(ctx, row));
}
