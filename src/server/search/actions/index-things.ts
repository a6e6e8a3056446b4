import { sql } from 'kysely';
import { indexedTokens, type SearchDocument } from '#domain/search/document.ts';
import type { Database } from '../../platform/db/connect.ts';
import { newId } from '../../platform/ids.ts';
import { documentsOf, type SourceKind } from './sources.ts';

/**
 * Brings the index to what these things are now: new, changed, moved to another customer, or gone. In a transaction; a
 * second run changes nothing. Returns how many documents they have. `only`: see documentsOf.
 */
export async function indexThings(
  db: Database,
  {
    kind,
    ids,
    only,
    now,
  }: { kind: SourceKind; ids: readonly string[]; only?: readonly string[] | undefined; now: string },
): Promise<number> {
  if (ids.length === 0) return 0;
  // Two jobs about one thing: who comes later has read later.
  await sql`select pg_advisory_xact_lock(hashtextextended(id, 0))
    from unnest(${[...ids].sort()}::text[]) with ordinality thing(id, place) order by place`.execute(db);
  const { rows } = await documentsOf(kind, ids, only).execute(db);
  await dropStale(db, { kind, ids, only, rows });
  if (rows.length > 0) await putIn(db, rows, now);
  return rows.length;
}

async function dropStale(
  db: Database,
  {
    kind,
    ids,
    only,
    rows,
  }: {
    kind: SourceKind;
    ids: readonly string[];
    only: readonly string[] | undefined;
    rows: readonly SearchDocument[];
  },
): Promise<void> {
  const kept = rows.map((row) => `${row.kind} ${row.subject_id} ${row.audience}`);
  const theirs =
    kind === 'visit'
      ? sql`visit_id = any(${ids}::uuid[]) and kind <> 'promise'`
      : sql`kind = ${kind} and subject_id = any(${ids}::uuid[])`;
  const about = only ? sql`subject_id = any(${only}::uuid[])` : sql`true`;
  await sql`delete from search_documents
    where ${theirs} and ${about} and kind || ' ' || subject_id || ' ' || audience <> all(${kept}::text[])`.execute(
    db,
  );
}

async function putIn(db: Database, rows: readonly SearchDocument[], now: string): Promise<void> {
  const values = rows.map((row) => ({ ...row, ...indexedTokens(row), id: newId() }));
  await sql`
    insert into search_documents as known (id, kind, subject_id, audience, customer_id, ticket_id, visit_id, number, state,
      happened_at, title, body, length, tokens, created_at)
    select id, kind, subject_id, audience, customer_id, ticket_id, visit_id, number, state, happened_at, title, body, length,
      tokens::tsvector, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(values)}::json) as row (id uuid, kind text, subject_id uuid, audience text,
      customer_id uuid, ticket_id uuid, visit_id uuid, number bigint, state text, happened_at timestamptz, title text,
      body text, length integer, tokens text)
    on conflict (kind, subject_id, audience) do update set customer_id = excluded.customer_id,
      ticket_id = excluded.ticket_id, visit_id = excluded.visit_id, number = excluded.number, state = excluded.state,
      happened_at = excluded.happened_at, title = excluded.title, body = excluded.body, length = excluded.length,
      tokens = excluded.tokens
    where (known.customer_id, known.ticket_id, known.visit_id, known.number, known.state, known.happened_at, known.title,
      known.body, known.tokens) is distinct from (excluded.customer_id, excluded.ticket_id, excluded.visit_id,
      excluded.number, excluded.state, excluded.happened_at, excluded.title, excluded.body, excluded.tokens)`.execute(
    db,
  );
}
