import { Parser } from 'htmlparser2';
import { type HtmlMark, htmlMarkOf } from '#domain/channels/quotes/html-marks.ts';
import type { Line } from '#domain/channels/quotes/lines.ts';

const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul includetail'.split(
    ' ',
  ),
);
const unseen = new Set(['script', 'style', 'title', 'template', 'noscript', 'textarea', 'xml', 'select']);

// A program's longest thread of quotes nests a few hundred deep; what is beyond is meant to stall parsers, which look for
// each closing tag among all that are open.
const deepest = 400;

/**
 * The text of an HTML mail as lines, each with the quotes it stands in; signatures that are marked as such left out.
 * Null when its tags nest too deep.
 */
export function htmlLines(html: string): { lines: Line[]; signature: boolean } | null {
  const writing = new LineWriter();
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        writing.open(tag, htmlMarkOf(tag, attributes));
        if (writing.openTags > deepest) parser.pause();
      },
      onclosetag: (tag) => writing.close(tag),
      ontext: (text) => writing.add(text),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html);
  if (writing.openTags > deepest) return null;
  parser.end();
  return { lines: writing.finish(), signature: writing.signature };
}

/** Where HTML is too deep to be parsed: its text without its tags, so that nothing said is lost. Linear. */
export function roughText(html: string): string {
  const end = html.lastIndexOf('>') + 1;
  const bare = html
    .slice(0, end)
    .replace(/<\/?(?:br|p|div|tr|li)\b/gi, '\n$&')
    .replace(/<[^>]*>/g, '');
  return `${bare}${html.slice(end)}`.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

class LineWriter {
  signature = false;
  private lines: Line[] = [];
  private text: string[] = [];
  private blank = true;
  private marks: (HtmlMark | null)[] = [];
  private depth = 0;
  private quoted = 0;
  private hidden = 0;
  private onwards = false;
  private pre = 0;

  get openTags(): number {
    return this.marks.length;
  }

  open(tag: string, mark: HtmlMark | null): void {
    if (blocks.has(tag) || mark) this.breakLine();
    if (tag === 'br') this.endLine();
    else if (tag === 'td' || tag === 'th') this.gap();
    else if (tag === 'li') this.put('- ');
    this.marks.push(mark);
    this.count(tag, mark, 1);
    if (mark === 'onwards') this.onwards = true;
    if (mark === 'signature') this.signature = true;
  }

  close(tag: string): void {
    const mark = this.marks.pop() ?? null;
    if (blocks.has(tag) || mark) this.breakLine();
    this.count(tag, mark, -1);
  }

  add(text: string): void {
    if (this.hidden > 0) return;
    if (this.pre > 0) {
      const lines = text.split(/\r?\n/);
      for (const [index, line] of lines.entries()) {
        if (index > 0) this.endLine();
        this.put(line);
      }
      return;
    }
    const flat = text.replace(/[ \t\r\n\f]+/g, ' ');
    this.put(this.blank && flat.startsWith(' ') ? flat.slice(1) : flat);
  }

  finish(): Line[] {
    this.breakLine();
    return this.lines;
  }

  private count(tag: string, mark: HtmlMark | null, by: 1 | -1): void {
    if (tag === 'blockquote') this.depth += by;
    if (tag === 'pre') this.pre += by;
    if (mark === 'element') this.quoted += by;
    if (mark === 'signature' || unseen.has(tag)) this.hidden += by;
  }

  private put(text: string): void {
    if (text === '' || this.hidden > 0) return;
    this.text.push(text);
    this.blank = this.blank && text.trim() === '';
  }

  private gap(): void {
    if (!this.blank) this.put(' ');
  }

  /** Begins a new line unless there is nothing on this one. */
  private breakLine(): void {
    if (!this.blank) this.endLine();
    else this.text = [];
  }

  private endLine(): void {
    if (this.hidden > 0) return;
    const text = this.text
      .join('')
      .replace(/\u00a0/g, ' ')
      .trimEnd();
    this.lines.push({ text, depth: this.depth, quoted: this.onwards || this.quoted > 0 });
    this.text = [];
    this.blank = true;
  }
}
