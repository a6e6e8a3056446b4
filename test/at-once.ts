import assert from 'node:assert/strict';
import pg from 'pg';
import type { TestServer } from './server.ts';

type Change = { text: string; values: unknown[] };

/** Somebody else's change is not committed yet when the act begins; it waits, and goes on when the change stands. */
export async function whileWaiting<T>(server: TestServer, change: Change, act: () => Promise<T>): Promise<T> {
  return uncommitted(server, change, async (other) => {
    const waiting = act();
    await until(other, 1);
    return { answer: waiting };
  });
}

/**
 * The first act is stopped half-way by a row that somebody else holds; the second begins then, and the row is let go when the
 * second waits, too, or has its answer.
 */
export async function whileHalfDone<A, B>(
  server: TestServer,
  held: Change,
  acts: { first: () => Promise<A>; second: () => Promise<B> },
): Promise<[A, B]> {
  return uncommitted(server, held, async (other) => {
    const first = acts.first();
    await until(other, 1);
    let isAnswered = false;
    const second = acts.second().finally(() => {
      isAnswered = true;
    });
    await until(other, 2, () => isAnswered);
    return { answer: Promise.all([first, second]) };
  });
}

/** `work` runs while the change is not committed; what it answers with is waited for afterwards. */
async function uncommitted<T>(
  server: TestServer,
  change: Change,
  work: (other: pg.Client) => Promise<{ answer: Promise<T> }>,
): Promise<T> {
  const other = new pg.Client({ connectionString: server.databaseUrl });
  await other.connect();
  try {
    await other.query('begin');
    await other.query(change.text, change.values);
    const { answer } = await work(other);
    await other.query('commit');
    return await answer;
  } finally {
    await other.end();
  }
}

/** Until so many wait for a lock in this database, or there is no need to; for 4 seconds at most. */
async function until(other: pg.Client, count: number, isEnough: () => boolean = () => false): Promise<void> {
  for (let tries = 0; !isEnough(); tries += 1) {
    // Within a transaction the list of connections stays as it was first seen: who connected since would never be in it.
    await other.query('select pg_stat_clear_snapshot()');
    const { rows } = await other.query(`select from pg_stat_activity where wait_event_type = 'Lock'
      and datname = current_database()`);
    if (rows.length >= count) return;
    assert.ok(tries < 200, `fewer than ${count} wait`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
