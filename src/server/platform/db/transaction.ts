import { sql } from 'kysely';
import type { Actor } from '#domain/ground/actor.ts';
import type { Database } from './connect.ts';

const uuid = /^[0-9a-f-]{36}$/;

/**
 * Runs `work` in one transaction on one connection, with the rights of the actor: a contact's transaction
 * speaks as copperpea_portal and for that contact only. Deadlocks and serialization failures are tried again,
 * so `work` must not have effects outside the database. With `savepoint`, one of that name stands at its start.
 */
export async function inTransaction<T>(
  db: Database,
  actor: Actor,
  work: (db: Database) => Promise<T>,
  options: { savepoint?: string; attempts?: number } = {},
): Promise<T> {
  const { savepoint, attempts = 3 } = options;
  // All in one message: each further one would wait for its answer.
  const opening = ['begin', ...narrowing(actor), ...(savepoint ? [`savepoint ${savepoint}`] : [])].join('; ');
  try {
    return await db.connection().execute(async (connection) => {
      await sql.raw(opening).execute(connection);
      try {
        const result = await work(connection);
        await sql.raw('commit').execute(connection);
        return result;
      } catch (error) {
        await sql
          .raw('rollback')
          .execute(connection)
          .catch(() => {});
        throw error;
      }
    });
  } catch (error) {
    if (attempts > 1 && isPassing(error)) {
      return inTransaction(db, actor, work, { ...options, attempts: attempts - 1 });
    }
    throw error;
  }
}

/** Like inTransaction, for reads: one snapshot, and nothing can be written by mistake. */
export async function inReadTransaction<T>(
  db: Database,
  actor: Actor,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  // Staff reads are single statements or may see neighbouring moments; only a contact needs the narrowing.
  if (actor.kind !== 'contact') return work(db);
  return db.connection().execute(async (connection) => {
    await sql.raw(['begin read only', ...narrowing(actor)].join('; ')).execute(connection);
    try {
      return await work(connection);
    } finally {
      await sql
        .raw('commit')
        .execute(connection)
        .catch(() => {});
    }
  });
}

/** Lets the consequences of a contact's act run with the app's rights, then narrows again. */
export async function widened<T>(db: Database, actor: Actor, work: () => Promise<T>): Promise<T> {
  if (actor.kind !== 'contact') return work();
  await sql.raw('set local role copperpea_app').execute(db);
  const result = await work();
  await sql.raw('set local role copperpea_portal').execute(db);
  return result;
}

function narrowing(actor: Actor): string[] {
  if (actor.kind !== 'contact') return [];
  for (const value of [actor.customer_id, actor.contact_id]) {
    if (!uuid.test(value)) throw new Error('an actor with a malformed id');
  }
  return [
    'set local role copperpea_portal',
    `set local copperpea.customer_id = '${actor.customer_id}'`,
    `set local copperpea.contact_id = '${actor.contact_id}'`,
    `set local copperpea.sees_all = '${actor.sees === 'all'}'`,
  ];
}

const passing = new Set(['40001', '40P01']);

function isPassing(error: unknown): boolean {
  return passing.has((error as { code?: string }).code ?? '');
}
