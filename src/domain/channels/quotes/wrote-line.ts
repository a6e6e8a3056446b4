/**
 * The line "On … somebody wrote:" that begins at a line, with up to two lines that it was wrapped into.
 * Null when there is none, or when the first line does not look like the beginning of one: a customer's own
 * words that happen to stand right above must not be swallowed.
 */
export function wroteLineAt(lines: readonly string[], at: number): { line: string; lines: number } | null {
  const first = lines[at] ?? '';
  if (first === '') return null;
  if (isEnd(first)) return { line: first, lines: 1 };
  if (!mayBegin(first, lines[at + 1] ?? '')) return null;
  let line = first;
  for (let next = at + 1; next <= at + 2; next++) {
    const more = lines[next];
    if (more === undefined || more === '') return null;
    line = `${line} ${more}`;
    if (isEnd(more)) return { line, lines: next - at + 1 };
  }
  return null;
}

function isEnd(line: string): boolean {
  return /(?:写道|寫道|写到|wrote)\s?[:：]$/.test(line);
}

function mayBegin(line: string, next: string): boolean {
  if (/^(?:On|At) .{0,12}\d/.test(line) || /^在 ?\d{4}/.test(line) || /^\d{4}年/.test(line)) return true;
  // Gmail wraps a long name before the address, or behind it.
  return (
    (line.endsWith('>') && /^[于於] ?\d{4}年/.test(next)) ||
    /^<[^<>\s]{3,}@[^<>\s]+> ?(?:[于於]|wrote)/.test(next)
  );
}
