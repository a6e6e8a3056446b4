import { type RawBuilder, sql } from 'kysely';
import { candidateBudget, candidateQueries, needsDays, termQuery } from '#domain/search/planning.ts';
import type { Query, QueryTerm } from '#domain/search/query.ts';
import { type Found, rarityOf, scoreOf, siblingScores } from '#domain/search/ranking.ts';
import type { Database } from '../../platform/db/connect.ts';
import { loadDays, loadStatistics } from './statistics.ts';

/** The best of a search: so many are ranked with care, and shown page by page. */
export const mostHits = 100;
// So many levels of worth are told apart in the first, rough look.
const levels = 6;
// What is worth so little beside the best shares nothing but question words with the query.
const noise = 0.1;

export type Scope = {
  /** Each filter: any of these tokens. */
  filters: string[][];
  /** What else a document has to fulfil. */
  where: RawBuilder<unknown>;
};

export type Hit = { id: string; score: number };

type Row = {
  id: string;
  subject: string;
  ticket: string | null;
  length: number;
  found: [lexeme: string, positions: number[], weights: string[]][] | null;
};

/**
 * The documents that answer a query best, best first, one for each thing. First the index gives candidates and PostgreSQL
 * orders them roughly; the best of them are then ranked by where their words stand.
 */
export async function findHits(
  db: Database,
  { query, scope, now, budget }: { query: Query; scope: Scope; now: string; budget?: number | undefined },
): Promise<Hit[]> {
  if (query.terms.length === 0) return [];
  const statistics = await loadStatistics(db, { query, tokens: scope.filters.flat() });
  const plan = {
    query,
    ...statistics,
    filters: scope.filters,
    days: null,
    today: Math.floor(Date.parse(now) / 86_400_000),
    budget: budget ?? candidateBudget,
  };
  const days = needsDays(plan) ? await loadDays(db) : null;
  const queries = candidateQueries({ ...plan, days });
  if (queries.length === 0) return [];
  const rough = roughScore(query.terms, statistics);
  // As common table expressions: a limit that the planner sees makes it read the whole table instead of the index.
  const looks = queries.map(
    (condition, index) => sql`${sql.ref(`look_${index}`)} as materialized (
      select id, ${rough} as rough, happened_at from search_documents
      where tokens @@ ${condition}::tsquery and ${scope.where})`,
  );
  const looked = queries.map(
    (_, index) => sql`(select * from ${sql.ref(`look_${index}`)} limit ${candidateBudget * 2})`,
  );
  const terms = query.terms.filter(({ isPrefix }) => !isPrefix).map(({ term }) => term);
  const prefixes = query.terms
    .filter(({ isPrefix }) => isPrefix)
    .map(({ term }) => `${term.replace(/[\\%_]/g, '\\$&')}%`);
  const { rows } = await sql<Row>`
    with ${sql.join(looks)}, best as (
      select id, max(rough) as rough, max(happened_at) as happened_at
      from (${sql.join(looked, sql` union all `)}) candidate
      group by id order by 2 desc, 3 desc, id desc limit ${mostHits})
    select document.id, document.kind || document.subject_id as subject, document.ticket_id as ticket, document.length,
      (select json_agg(json_build_array(word.lexeme, word.positions, word.weights)) from unnest(document.tokens) word
        where word.lexeme = any(${terms}::text[]) or word.lexeme like any(${prefixes}::text[])) as found
    from best join search_documents document on document.id = best.id
    order by best.happened_at desc, document.id desc`.execute(db);
  const seen = new Set<string>();
  const read = rows.map((row) => ({ ...row, ...hitOf(row, query.terms) }));
  const more = siblingScores(read, query.terms, statistics);
  const hits = read
    .map((row, index) => ({
      id: row.id,
      subject: row.subject,
      score: scoreOf(row, query.terms, statistics) + (more[index] ?? 0),
    }))
    .sort((a, b) => b.score - a.score)
    .filter(({ subject }) => !seen.has(subject) && seen.add(subject));
  const least = (hits[0]?.score ?? 0) * noise;
  return hits.filter(({ score }) => score >= least);
}

function hitOf(row: Row, terms: readonly QueryTerm[]) {
  const found = new Map<string, Found>();
  for (const { term, isPrefix } of terms) {
    for (const [lexeme, positions, weights] of row.found ?? []) {
      if (isPrefix ? !lexeme.startsWith(term) : lexeme !== term) continue;
      const known = found.get(term) ?? { in_title: 0, in_body: 0, positions: [] };
      const inTitle = weights.filter((weight) => weight === 'A').length;
      found.set(term, {
        in_title: known.in_title + inTitle,
        in_body: known.in_body + weights.length - inTitle,
        positions: [...known.positions, ...positions],
      });
    }
  }
  return { length: row.length, found };
}

/**
 * BM25 as near as PostgreSQL's own ranking comes: terms of about the same worth together, each saturating by how often it
 * stands there, and longer documents a little behind.
 */
function roughScore(
  terms: readonly QueryTerm[],
  {
    with_term,
    documents,
    mean_length,
  }: { with_term: Map<string, number>; documents: number; mean_length: number },
): RawBuilder<unknown> {
  const worths = terms
    .map((term) => ({ term, worth: term.weight * rarityOf(with_term.get(term.term) ?? 0, documents) }))
    .filter(({ term }) => (with_term.get(term.term) ?? 0) > 0)
    .sort((a, b) => b.worth - a.worth);
  const most = worths[0]?.worth ?? 1;
  const groups = new Map<number, typeof worths>();
  for (const each of worths) {
    const level = Math.min(levels, Math.floor((levels * (most - each.worth)) / most));
    groups.set(level, [...(groups.get(level) ?? []), each]);
  }
  const parts = [...groups.values()].map((group) => {
    // ts_rank gives the mean over its terms; what counts is the sum.
    const sum = group.reduce((total, { worth }) => total + worth, 0);
    const any = group.map(({ term }) => termQuery(term)).join(' | ');
    return sql`${sum}::float8 * ts_rank('{0.5,0.5,0.5,1}', tokens, ${any}::tsquery)`;
  });
  return sql`(${sql.join(parts.length > 0 ? parts : [sql`0`], sql` + `)}) / (1 + length / ${Math.max(1, mean_length)}::float8)`;
}
