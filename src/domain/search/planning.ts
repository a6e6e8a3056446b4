import { quoted, sinceTokens } from './document.ts';
import type { Phrase, Query, QueryTerm } from './query.ts';

/** How many documents a look at the index may bring for ranking: as many as are read and ranked in some 20 ms. */
export const candidateBudget = 1_200;
const mostCommonTogether = 3;

export type Day = { day: number; documents: number };

export type Plan = {
  query: Query;
  documents: number;
  with_term: ReadonlyMap<string, number>;
  /** Each filter: any of these tokens. */
  filters: string[][];
  /** Newest first; null while not known, which is allowed when no term is common. */
  days: readonly Day[] | null;
  today: number;
  budget?: number;
};

/** Whether some term has more documents than are ranked, so that the plan needs the days. */
export function needsDays({ query, with_term, budget = candidateBudget }: Plan): boolean {
  return query.terms.some(({ term }) => (with_term.get(term) ?? 0) > budget);
}

/**
 * The questions to put to the index, as tsqueries: the documents with the rare terms, all of them; and of the common
 * terms the newest documents that have several, or the rarest of them. A document that is in none of these has nothing
 * but common words in common with the query. With phrases, only documents that hold their words.
 */
export function candidateQueries(plan: Plan): string[] {
  const { query, with_term, documents, budget = candidateBudget } = plan;
  const filters = plan.filters.map((tokens) => anyOf(tokens.map(quoted)));
  const share = shareOf(plan);
  const count = ({ term }: QueryTerm) => with_term.get(term) ?? 0;
  const all = (...conditions: string[]) => [...conditions, ...filters].join(' & ');
  if (query.phrases.length > 0) {
    const rarest = Math.min(...query.phrases.flat().map(({ term }) => with_term.get(term) ?? 0));
    const newest = newestDays(plan, (budget * 2) / Math.max(1, rarest * share));
    return rarest === 0 ? [] : [all(...query.phrases.map(phraseQuery), ...newest)];
  }
  const known = query.terms.filter((term) => count(term) > 0).sort((a, b) => count(a) - count(b));
  let sum = 0;
  const rare = known.filter((term) => {
    sum += count(term) * share;
    return sum <= budget;
  });
  const common = known.filter((term) => !rare.includes(term));
  const telling = common.filter(({ weight }) => weight >= 0.5);
  const together = apart(telling.length > 0 ? telling : common).slice(0, mostCommonTogether);
  const queries = rare.length > 0 ? [all(anyOf(rare.map(termQuery)))] : [];
  const [rarest] = together;
  if (!rarest) return queries;
  const expected = together.reduce((product, term) => (product * count(term)) / documents, documents * share);
  if (together.length > 1)
    queries.push(all(...together.map(termQuery), ...newestDays(plan, budget / 2 / Math.max(1, expected))));
  queries.push(all(termQuery(rarest), ...newestDays(plan, budget / 2 / Math.max(1, count(rarest) * share))));
  return queries;
}

/** Terms of which none overlaps another: where a pair of characters stands, its neighbour mostly stands too. */
function apart(terms: readonly QueryTerm[]): QueryTerm[] {
  const chosen: QueryTerm[] = [];
  for (const term of terms)
    if (chosen.every(({ position }) => Math.abs(position - term.position) > 1)) chosen.push(term);
  return chosen;
}

/** Which part of all documents passes the filters, as if they had nothing to do with one another. */
function shareOf({ filters, with_term, documents }: Plan): number {
  return filters.reduce((share, tokens) => {
    const passing = tokens.reduce((sum, token) => sum + (with_term.get(token) ?? 0), 0);
    return share * Math.min(1, passing / Math.max(1, documents));
  }, 1);
}

/** The newest days that hold this part of all documents; nothing when that is all of them. */
function newestDays({ days, documents, today }: Plan, part: number): string[] {
  if (part >= 1 || !days || days.length === 0) return [];
  let sum = 0;
  const first = days.find(({ documents: ofDay }) => {
    sum += ofDay;
    return sum >= part * documents;
  });
  return first ? [anyOf(sinceTokens(first.day, today).map(quoted))] : [];
}

function anyOf(conditions: string[]): string {
  return conditions.length === 1 ? (conditions[0] as string) : `(${conditions.join(' | ')})`;
}

export function termQuery({ term, isPrefix }: { term: string; isPrefix: boolean }): string {
  return isPrefix ? `${quoted(term)}:*` : quoted(term);
}

function phraseQuery(phrase: Phrase): string {
  const [first, ...others] = phrase as [Phrase[number], ...Phrase];
  let before = first.offset;
  const steps = others.map((step) => {
    const distance = step.offset - before;
    before = step.offset;
    return ` <${distance}> ${termQuery(step)}`;
  });
  return `(${termQuery(first)}${steps.join('')})`;
}
