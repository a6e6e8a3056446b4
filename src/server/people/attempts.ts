import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Database } from '../platform/db/connect.ts';
import { newId } from '../platform/ids.ts';

/** So many tries at one thing in a window that begins with the first of them. */
export type Limit = { what: string; whose: string; most: number; minutes: number };

/**
 * Counts a try against each limit, in the database at once and not in the caller's transaction: a refusal must
 * not undo its own count, and every process counts the same. Refusal `people.too_many_tries` with the seconds
 * to wait when one limit is passed.
 */
export async function countTry(db: Database, limits: readonly Limit[]): Promise<Refusal | null> {
  const rows = await Promise.all(limits.map((limit) => countOne(db, limit)));
  const wait = Math.max(0, ...rows.map((row, at) => (row.tries > limits[at]!.most ? row.seconds_left : 0)));
  if (wait === 0) return null;
  return new Refusal('limited', 'people.too_many_tries', {
    retry_after_seconds: wait,
    minutes: Math.ceil(wait / 60),
  });
}

/** Takes a try back: it was a good one, and only bad ones are to be limited. */
export async function forgiveTry(db: Database, limits: readonly Limit[]): Promise<void> {
  if (limits.length === 0) return;
  await db
    .updateTable('attempts')
    .set({ tries: sql`greatest(tries - 1, 0)` })
    .where('key', 'in', limits.map(keyOf))
    .execute();
}

/** A code of an authenticator is good for its own half minute and the ones beside it: for so long it is remembered. */
const rememberedMinutes = 2;

type Code = { of: string; is: string };

function spending(code: Code): Limit {
  return { what: 'second_factor.spent', whose: `${code.of} ${code.is}`, most: 1, minutes: rememberedMinutes };
}

/**
 * Refusal `people.code_spent` for a code that this person has come in with already: whoever looked over a shoulder does not
 * come in with it too. Holds the person's second factor until the transaction ends, so that two at once are one after the other.
 */
export async function refuseSpentCode(db: Database, code: Code): Promise<Refusal | null> {
  await db.selectFrom('two_factors').select('id').where('user_id', '=', code.of).forUpdate().execute();
  return (await wasTried(db, spending(code))) ? new Refusal('invalid', 'people.code_spent') : null;
}

export async function spendCode(db: Database, code: Code): Promise<void> {
  await countTry(db, [spending(code)]);
}

async function wasTried(db: Database, limit: Limit): Promise<boolean> {
  const found = await db
    .selectFrom('attempts')
    .select('id')
    .where('key', '=', keyOf(limit))
    .where('window_ends_at', '>', sql<string>`now()`)
    .executeTakeFirst();
  return found !== undefined;
}

async function countOne(db: Database, limit: Limit): Promise<{ tries: number; seconds_left: number }> {
  const { rows } = await sql<{ tries: number; seconds_left: number }>`
    insert into attempts as a (id, key, tries, window_ends_at, created_at)
    values (${newId()}, ${keyOf(limit)}, 1, now() + make_interval(mins => ${limit.minutes}), now())
    on conflict (key) do update set
      tries = case when a.window_ends_at <= now() then 1 else a.tries + 1 end,
      window_ends_at = case when a.window_ends_at <= now() then excluded.window_ends_at else a.window_ends_at end
    returning tries, ceil(extract(epoch from window_ends_at - now()))::int as seconds_left`.execute(db);
  return rows[0]!;
}

function keyOf(limit: Limit): string {
  return createHash('sha256').update(`${limit.what}\n${limit.whose}`).digest('hex');
}
