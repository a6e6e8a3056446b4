/**
 * Text of `format=flowed` (RFC 3676) as its sender wrote it: lines that were broken only to be short are one again, the
 * blanks that guard the beginning of a line are gone, quotes keep their depth. `deletesSpace` is `delsp=yes`, which
 * scripts without blanks use. Linear in its length.
 */
export function unflowed(text: string, deletesSpace: boolean): string {
  const lines: string[] = [];
  let open: { depth: number; pieces: string[] } | null = null;
  const end = () => {
    if (open) lines.push(marked(open.depth, open.pieces.join('')));
    open = null;
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const marks = /^(?:> ?)+/.exec(line)?.[0] ?? '';
    const depth = marks.replaceAll(' ', '').length;
    const words = depth > 0 ? line.slice(marks.length) : line.replace(/^ /, '');
    // The line above a signature ends in a blank too, and stands by itself.
    const isSeparator = words === '-- ';
    if (open && (isSeparator || open.depth !== depth)) end();
    open ??= { depth, pieces: [] };
    const goesOn = words.endsWith(' ') && !isSeparator;
    open.pieces.push(goesOn && deletesSpace ? words.slice(0, -1) : words);
    if (!goesOn) end();
  }
  end();
  return lines.join('\n');
}

/** A line of nobody's quote that begins with `>` is set off by blanks, so that it isn't taken for one. */
function marked(depth: number, words: string): string {
  if (depth === 0) return words.startsWith('>') || words.startsWith(' >') ? `  ${words.trimStart()}` : words;
  return `${'>'.repeat(depth)} ${words}`;
}
