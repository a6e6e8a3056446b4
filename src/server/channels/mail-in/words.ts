import { linesOf } from '#domain/channels/quotes/lines.ts';
import { saysThatItAnswers } from '#domain/channels/quotes/subjects.ts';
import { type Visible, visibleText } from '#domain/channels/quotes/visible-text.ts';
import { mailLimits, type ReceivedMail } from '#domain/channels/received-mail.ts';
import { type Contents, clean } from './contents.ts';
import { cleanHtml } from './html-clean.ts';
import { htmlLines, roughText } from './html-lines.ts';
import type { Reading } from './parts.ts';

type About = Pick<ReceivedMail, 'subject' | 'in_reply_to' | 'references'>;

/** The cleaned HTML of a mail and its new words: of the text where that tells them from the quote, else of the HTML. */
export function readWords(
  reading: Reading,
  contents: Contents,
  head: About,
): { html: string | null; visible: Visible } {
  const { own_text } = contents;
  const own_html = withoutOpenTitle(contents.own_html);
  const is_reply =
    head.in_reply_to.length > 0 || head.references.length > 0 || saysThatItAnswers(head.subject);
  const about = { subject: head.subject, is_reply };
  const hasText = own_text.trim() !== '';
  const byText = visibleText(linesOf(own_text), about);
  if (own_html.trim() === '') return { html: null, visible: byText };
  const read = htmlLines(own_html);
  if (!read) {
    reading.problems.add('nested_too_deep');
    const rough = hasText ? null : bounded(reading, roughText(own_html));
    return { html: null, visible: rough === null ? byText : visibleText(linesOf(rough), about) };
  }
  // Entities bring back what was taken out of the bytes.
  const html = clean(cleanHtml(own_html), reading.problems) || null;
  if (hasText && quotes(byText)) return { html, visible: byText };
  const byHtml = visibleText(read.lines, about);
  if (hasText && !quotes(byHtml)) return { html, visible: byText };
  const why =
    read.signature && !byHtml.why.includes('signature') ? [...byHtml.why, 'signature' as const] : byHtml.why;
  return { html, visible: { text: bounded(reading, byHtml.text), why } };
}

/** A title that is never closed would swallow every word behind it: its tag is left out. Linear. */
function withoutOpenTitle(html: string): string {
  let closed = 0;
  for (const { index } of html.matchAll(/<\/title/gi)) closed = index;
  return html.slice(0, closed) + html.slice(closed).replace(/<title\b[^>]{0,100}>/gi, '');
}

function bounded(reading: Reading, text: string): string {
  if (text.length > mailLimits.text_chars) reading.problems.add('text_cut');
  return clean(text.slice(0, mailLimits.text_chars), reading.problems);
}

function quotes({ why }: Visible): boolean {
  return why.some((reason) => reason.startsWith('quote_'));
}
