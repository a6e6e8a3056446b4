import type { Query } from './query.ts';
import { tokensOf } from './tokens.ts';

/** A text with the spans that were found in it, in UTF-16 units of this text. */
export type Marked = { text: string; marks: [start: number, end: number][] };

const stride = 4_000;
const joining = /^[-./:#@+'’\\\s]$/;

/** All of a text, with what the query found in it. */
export function markAll(text: string, query: Query): Marked {
  return { text, marks: marksIn(text, query) };
}

/** The piece of a text around what was found first in it, at most about `length` long; its beginning where nothing was. */
export function excerptOf(text: string, query: Query, length: number): Marked {
  for (let from = 0; from < text.length; from += stride) {
    // A little further than the stride, so that nothing is cut at its border.
    const piece = text.slice(from, from + stride + 100);
    const first = densest(marksIn(piece, query), length);
    if (first === undefined) continue;
    const start = from + first <= length / 3 ? 0 : beginning(text, from + first - Math.floor(length / 4));
    return cut(text, { start, length, query });
  }
  return cut(text, { start: 0, length, query });
}

/** Where a window of this length holds most of what was found. */
function densest(marks: Marked['marks'], length: number): number | undefined {
  let best: { at: number; sum: number } | undefined;
  marks.forEach(([at], index) => {
    let sum = 0;
    for (let other = index; other < marks.length; other++) {
      const [start, end] = marks[other] as [number, number];
      if (end > at + length * 0.7) break;
      sum += end - start;
    }
    if (!best || sum > best.sum) best = { at, sum };
  });
  return best?.at;
}

/** The place of the first word at or after `at`: not in the middle of one, not between the halves of a character. */
function beginning(text: string, at: number): number {
  const start = Math.max(0, at);
  if (start === 0) return 0;
  const space = text.slice(start, start + 20).search(/[\s，。；、：]/);
  const from = space === -1 ? start : start + space + 1;
  return /[\udc00-\udfff]/.test(text[from] ?? '') ? from + 1 : from;
}

function cut(
  text: string,
  { start, length, query }: { start: number; length: number; query: Query },
): Marked {
  let end = Math.min(text.length, start + length);
  if (/[\ud800-\udbff]/.test(text[end - 1] ?? '') && end < text.length) end -= 1;
  const piece = text.slice(start, end).replace(/\s/g, ' ');
  const before = start > 0 ? '…' : '';
  const marks = marksIn(piece, query).map(([from, to]): [number, number] => [
    from + before.length,
    to + before.length,
  ]);
  return { text: `${before}${piece}${end < text.length ? '…' : ''}`, marks };
}

function marksIn(text: string, query: Query): Marked['marks'] {
  const telling = query.terms.filter(({ weight }) => weight >= 0.5);
  const wanted = telling.length > 0 ? telling : query.terms;
  const terms = new Set(wanted.filter(({ isPrefix }) => !isPrefix).map(({ term }) => term));
  const prefixes = wanted.filter(({ isPrefix }) => isPrefix).map(({ term }) => term);
  const { tokens, folded } = tokensOf(text);
  const spans: [number, number][] = [];
  for (const token of tokens) {
    if (terms.has(token.term)) spans.push([token.start, token.end]);
    else {
      // Of a pair whose first character was asked for alone, that character.
      const prefix = prefixes.find((begun) => token.term.startsWith(begun) && token.kind !== 'code');
      if (prefix) spans.push([token.start, token.start + prefix.length]);
    }
  }
  return joined(spans, folded.text).map(([start, end]) => folded.spanOf(start, end));
}

/** Spans that touch or overlap become one, parts of a code with the sign between them too. */
function joined(spans: [number, number][], text: string): [number, number][] {
  const sorted = spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const result: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = result.at(-1);
    if (last && (start <= last[1] || (start === last[1] + 1 && joining.test(text[last[1]] ?? '')))) {
      last[1] = Math.max(last[1], end);
    } else result.push([start, end]);
  }
  return result;
}
