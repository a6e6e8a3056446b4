import { type Judged, judge } from './judging.ts';
import type { Passage, Question } from './test-collection.ts';

// The measure to hold ourselves against: BM25 as books give it, over lower-case words and pairs of Chinese characters.
const saturation = 1.2;
const lengthShare = 0.75;

export function plainBm25(collection: {
  passages: readonly Passage[];
  questions: readonly Question[];
}): Promise<Judged> {
  const documents = collection.passages.map(({ id, title, text }) => {
    const terms = termsOf(`${title}\n${text}`);
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    return { id, length: terms.length, counts };
  });
  const holders = new Map<string, (typeof documents)[number][]>();
  for (const document of documents)
    for (const term of document.counts.keys()) holders.set(term, [...(holders.get(term) ?? []), document]);
  const mean = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
  return judge(collection.questions, (text) => {
    const scores = new Map<string, number>();
    for (const term of new Set(termsOf(text))) {
      const found = holders.get(term) ?? [];
      const rarity = Math.log(1 + (documents.length - found.length + 0.5) / (found.length + 0.5));
      for (const { id, length, counts } of found) {
        const often = counts.get(term) ?? 0;
        const norm = saturation * (1 - lengthShare + (lengthShare * length) / mean);
        scores.set(id, (scores.get(id) ?? 0) + (rarity * often * (saturation + 1)) / (often + norm));
      }
    }
    return [...scores].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  });
}

function termsOf(text: string): string[] {
  return [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .matchAll(/\p{sc=Han}+|[\p{L}\p{N}]+/gu),
  ].flatMap(([run]) => {
    const characters = [...run];
    if (!/\p{sc=Han}/u.test(run) || characters.length === 1) return [run];
    return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  });
}
