import { type RawBuilder, type ReferenceExpression, type SelectQueryBuilder, sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';

/** The place where a key-paged list goes on: the sort keys of its last row, opaque to callers. */
export function encodeCursor(keys: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The keys of a cursor; Refusal when it is none of ours. `kinds` tells what each key has to be. */
export function decodeCursor(
  cursor: string,
  kinds: readonly ('instant_or_null' | 'id' | 'text')[],
): (string | null)[] {
  let keys: unknown;
  try {
    keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw wrong();
  }
  if (!Array.isArray(keys) || keys.length !== kinds.length) throw wrong();
  keys.forEach((key, index) => {
    if (!fits(key, kinds[index])) throw wrong();
  });
  return keys as (string | null)[];
}

const steps = [21, 51];
const most = 101;

/**
 * How many rows to read for a page of so many: at least one more, written into the statement. Of a limit that is a parameter
 * PostgreSQL believes it is a tenth of the table, and plans a prepared statement anew at each call in a large one. Few
 * sizes, so that there are few statements.
 */
export function rowsToRead(limit: number): RawBuilder<number> {
  return sql.lit(steps.find((step) => step > limit) ?? most);
}

/** Cuts the rows read too many and says where the list goes on. */
export function paged<T>(rows: T[], limit: number, keysOf: (row: T) => (string | number | null)[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(keysOf(last)) : null };
}

/** A page of rows in the order of their ids, which is that of time; the latest first unless it is said otherwise. */
export async function pageById<DB, TB extends keyof DB, Row extends { id: string }>(
  rows: SelectQueryBuilder<DB, TB, Row>,
  id: ReferenceExpression<DB, TB>,
  {
    after,
    limit,
    order = 'desc',
  }: { after?: string | undefined; limit: number; order?: 'asc' | 'desc' | undefined },
): Promise<{ items: Row[]; next: string | null }> {
  const behind = after ? rows.where(id, order === 'desc' ? '<' : '>', decodeCursor(after, ['id'])[0]) : rows;
  const found = await behind
    .orderBy(id as never, order)
    .limit(limit + 1)
    .execute();
  return paged(found as Row[], limit, (row) => [row.id]);
}

function fits(key: unknown, kind: 'instant_or_null' | 'id' | 'text' | undefined): boolean {
  if (kind === 'instant_or_null') {
    return (
      key === null ||
      (typeof key === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(key) && !Number.isNaN(Date.parse(key)))
    );
  }
  if (kind === 'id')
    return typeof key === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key);
  return typeof key === 'string' && key.isWellFormed() && !key.includes('\0');
}

function wrong(): Refusal {
  return new Refusal('invalid', 'ground.wrong_cursor');
}
