import { headerEnd } from './fields.ts';

// RFC 5322 2.1.1: no line of a header should be longer.
const longestLine = 78;

/**
 * An attached mail as a file of its own: its lines end as lines of files do, the last one too, and long lines of its header
 * are folded. Its words and its attachments stay as they came; what holds bytes that are no text is left alone.
 */
export function mailFile(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  if (bytes.length === 0 || bytes.includes(0)) return raw;
  const { end } = headerEnd(bytes, 0, bytes.length);
  const header = bytes
    .toString('latin1', 0, end)
    .split(/\r?\n/)
    .flatMap((line, at, all) => (at < all.length - 1 ? folded(line) : [line]))
    .join('\n');
  const body = bytes.toString('latin1', end).replaceAll('\r\n', '\n');
  const file = header + body;
  return Buffer.from(file.endsWith('\n') ? file : `${file}\n`, 'latin1');
}

/** A header line in pieces of the right length as far as there are blanks to fold at; none of words ends in a blank. */
function folded(line: string): string[] {
  const lines: string[] = [];
  let words: string[] = [];
  let length = 0;
  for (const [word] of line.replace(/(?<=[^\s:]) $/, '').matchAll(/[ \t]*[^ \t]+|[ \t]+$/g)) {
    words.push(word);
    length += word.length;
    if (length <= longestLine) continue;
    // The name of the field and its first word stay together.
    const at = breakAt(words, lines.length === 0 && !/^[ \t]/.test(line) ? 2 : 1);
    if (at === null) continue;
    lines.push(words.slice(0, at).join(''));
    words = words.slice(at);
    length = words.join('').length;
  }
  return [...lines, words.join('')];
}

/** Where to fold: behind the last semicolon or comma, which part a field, else before the last word. */
function breakAt(words: readonly string[], first: number): number | null {
  for (const sign of [';', ','])
    for (let at = words.length - 1; at >= first; at--) if (words[at - 1]?.endsWith(sign)) return at;
  return words.length > first ? words.length - 1 : null;
}
