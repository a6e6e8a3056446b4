import { sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';
import type { ListPromises, PromiseRow } from '#domain/promises/commands.ts';
import type { OpenPromise } from '#domain/promises/settling.ts';
import type { Context } from '../platform/context.ts';
import { decodeCursor, paged } from '../platform/cursor.ts';
import type { Database } from '../platform/db/connect.ts';

// Promises without a due time stand after all others in the order of the ledger (as in its index).
const orderOfDue = sql`coalesce(promises.due_at, 'infinity'::timestamptz)`;

function selectPromises(db: Database) {
  return db
    .selectFrom('promises')
    .innerJoin('customers', 'customers.id', 'promises.customer_id')
    .leftJoin('contacts', 'contacts.id', 'promises.to_contact_id')
    .leftJoin('users', 'users.id', 'promises.owner_id')
    .select([
      'promises.id',
      'promises.customer_id',
      'customers.name as customer_name',
      'customers.zone as customer_zone',
      'promises.subject_kind',
      'promises.subject_id',
      'promises.message_id',
      'promises.words',
      'promises.to_contact_id',
      'contacts.name as to_contact_name',
      'promises.owner_id',
      'users.name as owner_name',
      'promises.due_at',
      'promises.first_due_at',
      'promises.moved_count',
      'promises.state',
      'promises.settled_at',
      'promises.told_how',
      'promises.told_at',
      'promises.told_note',
      'promises.decline_reason',
      'promises.created_at',
    ]);
}

/** The ledger: what is due first comes first; what was caught without a due time comes last. */
export async function listPromises(ctx: Context, { query }: { query: ListPromises }) {
  // The state is written out and not a parameter: the ledger's indexes hold open promises only.
  let rows = selectPromises(ctx.db).where('promises.state', '=', sql.lit(query.state));
  if (query.owner === 'me') rows = rows.where('promises.owner_id', '=', ctx.actor.id);
  else if (query.owner === 'none') rows = rows.where('promises.owner_id', 'is', null);
  else if (query.owner) rows = rows.where('promises.owner_id', '=', query.owner);
  if (query.customer_id) rows = rows.where('promises.customer_id', '=', query.customer_id);
  if (query.subject_id) {
    rows = rows
      .where('promises.subject_kind', '=', 'ticket')
      .where('promises.subject_id', '=', query.subject_id);
  }
  if (query.after) {
    const [due, id] = decodeCursor(query.after, ['instant_or_null', 'id']);
    rows = rows.where(
      sql<boolean>`(${orderOfDue}, promises.id) > (${due ?? 'infinity'}::timestamptz, ${id}::uuid)`,
    );
  }
  const found = await rows
    .orderBy(orderOfDue)
    .orderBy('promises.id')
    .limit(query.limit + 1)
    .execute();
  return paged(found as PromiseRow[], query.limit, (row) => [row.due_at, row.id]);
}

export async function openPromise(ctx: Context, { params }: { params: { id: string } }): Promise<PromiseRow> {
  const row = await selectPromises(ctx.db).where('promises.id', '=', params.id).executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row as PromiseRow;
}

/** What is still unsettled of what was promised in a thing; it refuses that thing's closing. */
export async function listOpenPromisesOf(
  db: Database,
  subject: { kind: 'ticket'; id: string },
): Promise<OpenPromise[]> {
  return db
    .selectFrom('promises')
    .select(['id', 'words', 'due_at'])
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .where('state', '=', 'open')
    .orderBy('created_at')
    .execute();
}
