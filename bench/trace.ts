import type pg from 'pg';
import { uuidv7 } from 'uuidv7';

/** One statement as the driver was given it. `name` stands where the server prepares it. */
export type Statement = { text: string; values: unknown[] | null; name?: string };

/** All statements of one call, in order. */
export type Trace = Statement[];

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * The same call again: ids that were new in it (made after `since`) are new again, the same one everywhere; all else
 * stays, so that exactly the same rows are written once more.
 */
export function renewed(trace: Trace, since: number): Trace {
  const fresh = new Map<string, string>();
  const renew = (id: string) => {
    if (Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) < since) return id;
    const known = fresh.get(id);
    if (known) return known;
    const made = uuidv7();
    fresh.set(id, made);
    return made;
  };
  const value = (one: unknown): unknown => {
    if (typeof one === 'string') return one.replace(uuid, renew);
    return Array.isArray(one) ? one.map(value) : one;
  };
  return trace.map((statement) => ({ ...statement, values: statement.values?.map(value) ?? null }));
}

/** Sends the statements of a trace one after the other on one connection. */
export async function replay(pool: pg.Pool, trace: Trace): Promise<void> {
  const client = await pool.connect();
  for (const { text, values, name } of trace) {
    if (values === null) await client.query(text);
    else await client.query({ text, values, ...(name ? { name } : {}) });
  }
  client.release();
}
