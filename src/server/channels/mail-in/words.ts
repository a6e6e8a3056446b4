import { linesOf } from '#domain/channels/quotes/lines.ts';
import { type Visible, visibleText } from '#domain/channels/quotes/visible-text.ts';
import type { ReceivedMail } from '#domain/channels/received-mail.ts';
import { type Contents, clean } from './contents.ts';
import { cleanHtml, nestsTooDeep } from './html-clean.ts';
import { htmlLines, roughText } from './html-lines.ts';
import type { Reading } from './parts.ts';

type About = Pick<ReceivedMail, 'subject' | 'in_reply_to' | 'references'>;

/** The cleaned HTML of a mail and its new words: of the text where that tells them from the quote, else of the HTML. */
export function readWords(
  reading: Reading,
  { own_text, own_html }: Contents,
  head: About,
): { html: string | null; visible: Visible } {
  const about = { subject: head.subject, is_reply: isReply(head) };
  const hasText = own_text.trim() !== '';
  const byText = visibleText(linesOf(own_text), about);
  if (own_html.trim() === '') return { html: null, visible: byText };
  if (nestsTooDeep(own_html)) {
    reading.problems.add('nested_too_deep');
    const rough = hasText ? null : clean(roughText(own_html), reading.problems);
    return { html: null, visible: rough === null ? byText : visibleText(linesOf(rough), about) };
  }
  const html = cleanHtml(own_html);
  if (hasText && quotes(byText)) return { html, visible: byText };
  const { lines, signature } = htmlLines(own_html);
  const byHtml = visibleText(lines, about);
  if (hasText && !quotes(byHtml)) return { html, visible: byText };
  const why =
    signature && !byHtml.why.includes('signature') ? [...byHtml.why, 'signature' as const] : byHtml.why;
  return { html, visible: { text: byHtml.text, why } };
}

function quotes({ why }: Visible): boolean {
  return why.some((reason) => reason.startsWith('quote_'));
}

/** Whether it says itself that it answers something. */
function isReply(head: About): boolean {
  return (
    head.in_reply_to.length > 0 ||
    head.references.length > 0 ||
    /^\s*(?:re|回复|答复|回覆|答覆)\s*[:：]/i.test(head.subject.slice(0, 100))
  );
}
