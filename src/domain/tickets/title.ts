const longestTitle = 60;

/**
 * A title from a customer's own words: their first sentence, at most 60 characters, cut at a word or sign.
 * Not a summary: it stays theirs, and one of us may mend it later.
 */
export function titleFromWords(words: string): string {
  const firstLine = words.trim().split(/[\r\n]+/)[0] ?? '';
  const sentence = firstLine.match(/^.*?[。！？!?；;]|^.*?\.(?=\s)/u)?.[0] ?? firstLine;
  const clean = sentence
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[。；;.]+$/u, '');
  const chosen = clean || firstLine.trim();
  const points = [...chosen];
  if (points.length <= longestTitle) return chosen;
  const cut = points.slice(0, longestTitle).join('');
  const atSign = cut.match(/^.{20,}(?=[，,、\s])/u)?.[0];
  return `${(atSign ?? cut).trim()}…`;
}
