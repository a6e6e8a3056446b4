/** A line of a mail's text. */
export type Line = {
  text: string;
  /** How many `>` or HTML quotes it stands in. */
  depth: number;
  /** The HTML says that it is an earlier mail, by a mark that only mail programs set. */
  quoted: boolean;
};

const marks = /^ ?(?:> ?)+/;

/** Splits plain text into lines; of a line that begins with `>` the marks become its depth. Linear in its length. */
export function linesOf(text: string): Line[] {
  return text.split(/\r\n|\r|\n/).map((whole) => {
    const found = whole.startsWith('>') || whole.startsWith(' >') ? marks.exec(whole) : null;
    if (!found) return { text: whole, depth: 0, quoted: false };
    const depth = found[0].replaceAll(' ', '').length;
    return { text: whole.slice(found[0].length), depth, quoted: false };
  });
}

// No line above a quote is longer; what rules look at stays short whatever a mail brings.
const longest = 400;

const special = /[&\t\u00a0\u200b-\u200f\u2060\u3000\ufeff]/;

/** A line as the rules read it: plain spaces, nothing invisible, its beginning only. */
export function plain(text: string): string {
  if (text === '') return text;
  const start = text.length > longest ? text.slice(0, longest) : text;
  if (!special.test(start)) return start.trim();
  return start
    .replace(/&nbsp;|[\u00a0\u3000\t]/g, ' ')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .trim();
}
