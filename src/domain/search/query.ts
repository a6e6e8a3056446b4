import { cutQuery } from './query-length.ts';
import { fillingIn } from './question-words.ts';
import { type Token, tokensOf } from './tokens.ts';

export type QueryTerm = {
  term: string;
  /** How much a find of it counts beside its rarity, above 0 to 1. */
  weight: number;
  /** Everything that begins with it. */
  isPrefix: boolean;
  /** Where it stands in the query; neighbours there are looked for as neighbours in the text. */
  position: number;
};

/** Terms that have to stand one behind the other, at these distances from the first. */
export type Phrase = { term: string; isPrefix: boolean; offset: number }[];

export type Query = {
  terms: QueryTerm[];
  phrases: Phrase[];
  /** The number of a ticket or visit, where the whole query is one: `#1043`, `1043`. */
  number: number | null;
};

/** How many different terms of a query count. */
const mostTerms = 48;

// Of the two characters of a pair, how many belong to question or filling words.
const weightOfFilled = [1, 0.4, 0.2] as const;
const weightOfPart = 0.5;

const quotes = /"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|«([^»]*)»/g;

/**
 * What somebody looks for. Quotes of any kind that are closed ask for a phrase; all other signs are only signs. `typing`:
 * the last word may not be finished.
 */
export function parseQuery(text: string, { typing = false } = {}): Query {
  const { tokens, folded } = tokensOf(cutQuery(text));
  const filling = fillingIn(folded.text);
  const found = new Map<string, QueryTerm>();
  const last = tokens.findLast(({ kind }) => kind !== 'part');
  tokens.forEach((token, index) => {
    const isPrefix = token.kind === 'single';
    if (isPrefix && isEndOfRun(tokens, index)) return;
    const weight = weightOf(token, filling);
    keep(found, { term: token.term, weight, isPrefix, position: token.position });
    if (!typing || token !== last || isPrefix || token.kind === 'pair') return;
    const begun = folded.text.slice(token.start, token.end).replace(/[^\p{L}\p{N}\p{M}]/gu, '');
    keep(found, { term: begun, weight, isPrefix: true, position: token.position });
  });
  return {
    terms: fewest([...found.values()]),
    phrases: phrasesOf(folded.text),
    number: numberOf(folded.text),
  };
}

function keep(found: Map<string, QueryTerm>, term: QueryTerm): void {
  const key = `${term.isPrefix}${term.term}`;
  const known = found.get(key);
  if (!known || known.weight < term.weight) found.set(key, term);
}

/** The terms that say most; single characters that hold a sentence together only where there is nothing else. */
function fewest(terms: QueryTerm[]): QueryTerm[] {
  const telling = terms.filter(({ weight, isPrefix }) => !isPrefix || weight === 1);
  const kept = telling.length > 0 ? telling : terms;
  if (kept.length <= mostTerms) return kept;
  return [...kept].sort((a, b) => b.weight - a.weight).slice(0, mostTerms);
}

function weightOf(token: Token, filling: readonly boolean[]): number {
  if (token.kind === 'part') return weightOfPart;
  if (token.kind === 'pair') {
    const filled = Number(filling[token.start]) + Number(filling[token.end - 1]);
    return weightOfFilled[filled as 0 | 1 | 2];
  }
  return filling[token.start] && filling[token.end - 1] ? weightOfFilled[2] : 1;
}

/** The last character of a run is part of the pair before it, unless it is the whole run. */
function isEndOfRun(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.kind === 'pair' && before.end === tokens[index]?.end;
}

function phrasesOf(folded: string): Phrase[] {
  return [...folded.matchAll(quotes)].flatMap(([, ...inner]) => {
    const { tokens } = tokensOf(inner.find((words) => words !== undefined) ?? '');
    // A code counts by its parts, which stand in the text however the code was spelled.
    const steps = tokens.filter(
      ({ kind, position, start }, index) =>
        !(kind === 'single' && isEndOfRun(tokens, index)) &&
        !(
          kind === 'code' &&
          tokens.some(
            (other, at) =>
              at !== index && other.position === position && other.start >= start && other.kind !== 'code',
          )
        ),
    );
    const first = steps[0]?.position ?? 0;
    if (steps.length === 0) return [];
    return [
      steps.map(({ term, kind, position }) => ({
        term,
        isPrefix: kind === 'single',
        offset: position - first,
      })),
    ];
  });
}

function numberOf(folded: string): number | null {
  const written = /^\s*#?\s*(\d{1,15})\s*$/.exec(folded);
  return written ? Number(written[1]) : null;
}
