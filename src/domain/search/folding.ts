/** A text as it is compared: NFKC, lower case. `spanOf` leads back to where it stands in the original. */
export type Folded = {
  text: string;
  /** The original's span of a span of the folded text, in UTF-16 units. */
  spanOf(start: number, end: number): [start: number, end: number];
};

// What folds letter by letter to the same length: printable ASCII, Chinese characters and their usual punctuation.
const plain = /^[\t\n\r -~\u3001-\u3011\u4e00-\u9fff\u2018-\u201d]*$/;
// With the marks that join it, those of half-width kana too.
const cluster = /\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu;
// Not seen on screen, so not to be compared either: zero-width and direction marks, soft hyphens, variation selectors.
const unseen = /\p{DI}/gu;

/** Width, case and spelling variants of a letter become one; each letter remembers where it came from. */
export function fold(original: string): Folded {
  if (plain.test(original)) {
    return { text: original.toLowerCase(), spanOf: (start, end) => [start, end] };
  }
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: letters, index } of original.matchAll(cluster)) {
    const folded = letters.normalize('NFKC').toLowerCase().normalize('NFKC').replace(unseen, '');
    text += folded;
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(index);
      ends.push(index + letters.length);
    }
  }
  return {
    text,
    spanOf: (start, end) => [starts[start] ?? original.length, ends[end - 1] ?? original.length],
  };
}
