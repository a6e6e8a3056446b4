import type { QueryTerm } from './query.ts';

/** What the ranking knows of all documents: how many, how long they are in the mean (tokens), how many have a term. */
export type Statistics = { documents: number; mean_length: number; with_term: ReadonlyMap<string, number> };

/** Where a term stands in a document. */
export type Found = { in_title: number; in_body: number; positions: readonly number[] };

export type Hit = { length: number; found: ReadonlyMap<string, Found> };

// BM25 with its usual constants (Robertson and Zaragoza, 2009).
const saturation = 1.2;
const lengthShare = 0.75;
/** A find in the title is worth so many in the body. */
const titleWorth = 2;
/** The most that terms standing side by side as in the query add. */
const neighbourWorth = 0.3;

/** How telling a term is by its rarity: BM25's inverse document frequency, never below zero. */
export function rarityOf(withTerm: number, documents: number): number {
  const all = Math.max(documents, withTerm);
  return Math.log(1 + (all - withTerm + 0.5) / (withTerm + 0.5));
}

/**
 * How well a document answers a query; comparable within one query only. Nothing is demanded: each term adds by its
 * rarity, more when it stands beside the terms that it stands beside in the query.
 */
export function scoreOf(hit: Hit, terms: readonly QueryTerm[], statistics: Statistics): number {
  const long = 1 - lengthShare + (lengthShare * hit.length) / Math.max(1, statistics.mean_length);
  let score = 0;
  let pairs = 0;
  let together = 0;
  let before: { term: QueryTerm; found: Found | undefined; worth: number } | undefined;
  for (const term of terms) {
    const found = hit.found.get(term.term);
    const worth = term.weight * rarityOf(statistics.with_term.get(term.term) ?? 0, statistics.documents);
    if (found) {
      const often = found.in_body + titleWorth * found.in_title;
      score += (worth * often * (saturation + 1)) / (often + saturation * long);
    }
    if (before && term.position > before.term.position) {
      const both = worth + before.worth;
      pairs += both;
      if (found && before.found && areSideBySide(before.found, found, term.position - before.term.position))
        together += both;
    }
    before = { term, found, worth };
  }
  return pairs === 0 ? score : score * (1 + (neighbourWorth * together) / pairs);
}

/** What a term adds that stands not here, but elsewhere in the same ticket. */
const siblingShare = 0.7;

/**
 * What the rest of a ticket adds to each of its finds: people remember a word of the title and one of an answer. Less than
 * the words themselves would, so that who says both stays before. In the order given; `ticket` null: stands alone.
 */
export function siblingScores(
  hits: readonly { ticket: string | null; found: ReadonlyMap<string, Found> }[],
  terms: readonly QueryTerm[],
  statistics: Statistics,
): number[] {
  const inTicket = new Map<string, Set<string>>();
  for (const { ticket, found } of hits) {
    if (ticket === null) continue;
    const known = inTicket.get(ticket) ?? new Set();
    for (const term of found.keys()) known.add(term);
    inTicket.set(ticket, known);
  }
  return hits.map(({ ticket, found }) => {
    const elsewhere = ticket === null ? undefined : inTicket.get(ticket);
    if (!elsewhere || elsewhere.size === found.size) return 0;
    return terms
      .filter(({ term }) => elsewhere.has(term) && !found.has(term))
      .reduce((sum, { term, weight }) => {
        const rarity = rarityOf(statistics.with_term.get(term) ?? 0, statistics.documents);
        return sum + siblingShare * weight * rarity;
      }, 0);
  });
}

function areSideBySide(first: Found, second: Found, distance: number): boolean {
  const wanted = new Set(first.positions.map((position) => position + distance));
  return second.positions.some((position) => wanted.has(position));
}
