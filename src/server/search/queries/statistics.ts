import { sql } from 'kysely';
import type { Day } from '#domain/search/planning.ts';
import type { Query } from '#domain/search/query.ts';
import type { Database } from '../../platform/db/connect.ts';

export type Counted = { documents: number; mean_length: number; with_term: Map<string, number> };

// A term that was not counted is rare; should it have become common since, so much is enough to know.
const mostCounted = 2_000;

/** How common these terms and tokens are. What was not counted beforehand is counted now, up to a bound. */
export async function loadStatistics(
  db: Database,
  { query, tokens }: { query: Query; tokens: readonly string[] },
): Promise<Counted> {
  const words = [...query.terms, ...query.phrases.flat()];
  const terms = [
    ...new Set([...words.filter(({ isPrefix }) => !isPrefix).map(({ term }) => term), ...tokens]),
  ];
  const prefixes = [...new Set(words.filter(({ isPrefix }) => isPrefix).map(({ term }) => term))];
  const { rows } = await sql<{ term: string | null; documents: number; mean_length: number }>`
    select null as term, documents::int as documents, mean_length from search_counts
    union all select term, documents, 0 from search_terms where term = any(${terms}::text[])
    union all select prefix, coalesce((select sum(documents) from search_terms
      where term >= prefix and term < prefix || chr(1114111))::int, 0), 0
    from unnest(${prefixes}::text[]) prefix`.execute(db);
  const all = rows.find(({ term }) => term === null);
  const with_term = new Map(
    rows.flatMap(({ term, documents }) => (term === null ? [] : [[term, documents] as const])),
  );
  const unknown = terms.filter((term) => !with_term.has(term));
  const begun = prefixes.filter((prefix) => with_term.get(prefix) === 0);
  for (const { term, documents } of await countNow(db, { unknown, begun })) with_term.set(term, documents);
  const most = Math.max(all?.documents ?? 0, ...with_term.values());
  return { documents: most, mean_length: all?.mean_length ?? 0, with_term };
}

async function countNow(db: Database, { unknown, begun }: { unknown: string[]; begun: string[] }) {
  if (unknown.length + begun.length === 0) return [];
  const asked = [
    ...unknown.map((term) => ({ term, ending: '' })),
    ...begun.map((term) => ({ term, ending: ':*' })),
  ];
  const { rows } = await sql<{ term: string; documents: number }>`
    select term, (select count(*) from (select from search_documents
      where tokens @@ (quote_literal(term) || ending)::tsquery limit ${mostCounted}) found)::int as documents
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(term text, ending text)`.execute(db);
  return rows;
}

/** How the documents spread over the days, newest first. */
export async function loadDays(db: Database): Promise<Day[]> {
  const { rows } = await sql<Day>`
    select substr(term, 3)::int as day, documents from search_terms where term >= '=d' and term < '=e'
    order by 1 desc`.execute(db);
  return rows;
}
