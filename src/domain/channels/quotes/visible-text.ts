import type { MailReason } from '../received-mail.ts';
import { appleMailHeading } from './apple-mail.ts';
import { dingtalkHeading } from './dingtalk.ts';
import { foxmailHeading } from './foxmail.ts';
import { gmailHeading } from './gmail.ts';
import type { Heading, HeadingRule } from './heading.ts';
import { type Line, plain } from './lines.ts';
import { neteaseHeading } from './netease.ts';
import { outlookHeading } from './outlook.ts';
import { qqHeading } from './qq.ts';
import { withoutSignature } from './signatures.ts';
import { saysThatItForwards } from './subjects.ts';
import { thunderbirdHeading } from './thunderbird.ts';
import { wecomHeading } from './wecom.ts';
import { wroteLineAt } from './wrote-line.ts';

// The particular before the general: Outlook's bare block would take most of the others for its own.
const rules: HeadingRule[] = [
  qqHeading,
  wecomHeading,
  neteaseHeading,
  dingtalkHeading,
  foxmailHeading,
  gmailHeading,
  appleMailHeading,
  thunderbirdHeading,
  outlookHeading,
];

const mayBeHeading = /[:：|>-]$|[:：|]|^[-_]{3}|写道|wrote/;
const forwardedLine =
  /^[-=> ]*(?:Forwarded message|Forwarded Message|Begin forwarded message|转发的消息|转发的邮件|转发邮件信息|被转发邮件信息|已转发邮件|轉寄的郵件)/;
const answersWithin =
  /(?:红|蓝|绿|彩)(?:色)?(?:字|的?部分|标)|(?:见|在)(?:下面|下方|下文|原文|邮件)(?:中|里|内)?.{0,6}(?:回复|批注|标注|答复|红)|逐[条一]回复(?:如下|见下)|(?:answers?|comments?|repl(?:y|ies)|see) (?:are )?(?:inline|below|in (?:red|blue|green))/i;

/** What the sender wrote anew, and by which rules the rest was left out. */
export type Visible = { text: string; why: MailReason[] };

/**
 * The new text of a mail apart from what it quotes. Answers between quoted lines are kept; so is all of it when only
 * a quote would be left, when the mail is forwarded, or when the sender says that the answers stand within the quote.
 * Linear in the number of lines.
 */
export function visibleText(lines: readonly Line[], about: { subject: string; is_reply: boolean }): Visible {
  const whole = joined(lines);
  if (saysThatItForwards(about.subject)) return { text: whole, why: ['forwarded'] };
  const { kept, why, rest } = withoutQuotes(lines);
  // Nothing says whose words these are, but an answer that ends in marked lines ends in what it answers to.
  const end = about.is_reply && why.length === 0 ? markedEnd(kept) : kept.length;
  if (end < kept.length) why.push('quote_marks');
  const news = withoutSignature(kept.slice(0, end));
  const text = joined(news.lines);
  if (text === '') return { text: whole, why: whole === '' ? [] : ['only_quote'] };
  if (rest && answersWithin.test(text.slice(0, 2_000))) return { text: whole, why: ['answers_within_quote'] };
  return { text, why: news.cut ? [...why, 'signature'] : why };
}

/** Where the marked lines begin that a mail ends in; its length when it does not end so. */
function markedEnd(lines: readonly Line[]): number {
  const last = lines.findLastIndex((line) => plain(line.text) !== '');
  if (last < 0 || (lines[last] as Line).depth === 0) return lines.length;
  return lines.findLastIndex((line) => line.depth === 0 && plain(line.text) !== '') + 1;
}

function withoutQuotes(lines: readonly Line[]): { kept: Line[]; why: MailReason[]; rest: boolean } {
  const words = lines.map((line) => plain(line.text));
  const kept: Line[] = [];
  const why = new Set<MailReason>();
  let marked = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.quoted) {
      why.add('quote_html');
      marked = true;
      continue;
    }
    if (forwardedLine.test(words[at] as string) && line.depth === 0) {
      return { kept: [...kept, ...lines.slice(at)], why: [...why, 'forwarded'], rest: false };
    }
    // Within a quote that was recognised, only an unmarked line can bring a heading of its own.
    const heading = marked && line.depth > 0 ? null : headingAt(lines, { words, at });
    if (heading) {
      why.add(heading.reason);
      if (heading.quote === 'rest' && line.depth === 0) return { kept, why: [...why], rest: true };
      at += heading.lines - 1;
      if (line.depth === 0 && !marksFollow(lines, { words, at: at + 1 }))
        return { kept, why: [...why], rest: true };
      marked = true;
    } else if (!(marked && line.depth > 0)) {
      // Between two answers one blank line is enough of the quote that stood there.
      if (words[at] !== '' || !marked || plain(kept.at(-1)?.text ?? '') !== '') kept.push(line);
    }
  }
  return { kept, why: [...why], rest: false };
}

function headingAt(lines: readonly Line[], { words, at }: { words: string[]; at: number }): Heading | null {
  const word = words[at] as string;
  if (word === '' || !(mayBeHeading.test(word) || mayBeHeading.test(words[at + 1] ?? ''))) return null;
  for (const rule of rules) {
    const heading = rule(words, at);
    if (heading) return heading;
  }
  return strangeHeading(lines, { words, at });
}

/**
 * In a language or of a program that no rule knows: "… wrote:" with an address; or a line with an address or a date
 * that ends in a colon, with marks below it.
 */
function strangeHeading(
  lines: readonly Line[],
  { words, at }: { words: string[]; at: number },
): Heading | null {
  if ((lines[at] as Line).depth > 0) return null;
  const wrote = wroteLineAt(words, at);
  const line = wrote?.line ?? (words[at] as string);
  if (!/[:：]$/.test(line) || !/\d[./年-]\d|@/.test(line)) return null;
  const count = wrote?.lines ?? 1;
  const certain = wrote !== null && /[^\s<]@[^\s>]/.test(line) && /\d\d?:\d\d/.test(line);
  if (!certain && !marksFollow(lines, { words, at: at + count })) return null;
  return { reason: 'quote_marks', lines: count, quote: 'marks' };
}

function marksFollow(lines: readonly Line[], { words, at }: { words: string[]; at: number }): boolean {
  for (let next = at; next < Math.min(lines.length, at + 6); next++) {
    const line = lines[next] as Line;
    if (line.depth > 0 || line.quoted) return true;
    if (words[next] !== '') return false;
  }
  return false;
}

function joined(lines: readonly Line[]): string {
  return lines
    .map((line) => (line.depth > 0 ? `${'>'.repeat(line.depth)} ` : '') + line.text.trimEnd())
    .join('\n')
    .replace(/^\s*\n/, '')
    .trimEnd();
}
