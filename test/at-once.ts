import assert from 'node:assert/strict';
import pg from 'pg';
import type { TestServer } from './server.ts';

/** Somebody else's change is not committed yet when the act begins; it waits, and goes on when the change stands. */
export async function whileWaiting<T>(
  server: TestServer,
  change: { text: string; values: unknown[] },
  act: () => Promise<T>,
): Promise<T> {
  const other = new pg.Client({ connectionString: server.databaseUrl });
  await other.connect();
  try {
    await other.query('begin');
    await other.query(change.text, change.values);
    const waiting = act();
    for (let tries = 0; ; tries += 1) {
      const { rows } = await other.query(`select from pg_stat_activity where wait_event_type = 'Lock'
        and datname = current_database()`);
      if (rows.length > 0) break;
      assert.ok(tries < 200, 'nobody waits');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await other.query('commit');
    return await waiting;
  } finally {
    await other.end();
  }
}
