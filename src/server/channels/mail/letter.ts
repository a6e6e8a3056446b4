import { escapeHtml, readableOn } from './escape.ts';

/** The firm as its customers know it; no other name stands in a mail. */
export type Sender = {
  name: string;
  accent_color: string;
  contact_phone: string | null;
  /** A mailbox's own words in place of name and number. */
  signature?: string | null;
};

export type Block =
  | { kind: 'text'; text: string }
  /** Words of a person, as they wrote them. */
  | { kind: 'quote'; text: string }
  | { kind: 'fact'; label: string; text: string }
  | { kind: 'button'; label: string; link: string };

export type Letter = {
  locale: string;
  subject: string;
  greeting: string;
  blocks: Block[];
  /** Small print under the signature: why they get this, how to answer. */
  foot: string;
};

// Mail programs show about so much of a subject; the rest is noise.
const subjectLength = 120;

/** A subject in one line, however the words in it were written. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  const line = text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
  return line.length <= subjectLength
    ? line
    : `${line
        .slice(0, subjectLength - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}

/** The letter for those who read plain text. */
export function asText(letter: Letter, sender: Sender): string {
  const parts = [letter.greeting, ...letter.blocks.map(textOf), signature(sender), letter.foot];
  return parts.filter((part) => part !== '').join('\n\n');
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'quote':
      return block.text.replace(/^/gm, '> ');
    case 'fact':
      return `${block.label}${block.text}`;
    case 'button':
      return `${block.label}\n${block.link}`;
  }
}

/** The same letter as simple HTML, in the firm's colour, without pictures or anything to be fetched. */
export function asHtml(letter: Letter, sender: Sender): string {
  const blocks = letter.blocks.map((block) => htmlOf(block, sender)).join('\n');
  return `<!doctype html>
<html lang="${escapeHtml(letter.locale)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(letter.subject)}</title></head>
<body style="margin:0;background:#f4f5f6">
<div style="max-width:560px;margin:0 auto;padding:24px 16px;font:16px/1.65 system-ui,-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#1f242a">
<div style="background:#ffffff;border-top:4px solid ${sender.accent_color};border-radius:6px;padding:24px">
<p style="margin:0 0 16px">${escapeHtml(letter.greeting)}</p>
${blocks}
<p style="margin:24px 0 0;color:#4b535d">${lines(signature(sender))}</p>
</div>
<p style="margin:16px 8px 0;font-size:13px;color:#68717c">${lines(letter.foot)}</p>
</div></body></html>
`;
}

function htmlOf(block: Block, sender: Sender): string {
  switch (block.kind) {
    case 'text':
      return `<p style="margin:0 0 16px">${lines(block.text)}</p>`;
    case 'quote':
      return `<blockquote style="margin:0 0 16px;padding:8px 0 8px 16px;border-left:3px solid ${sender.accent_color};white-space:pre-wrap">${lines(block.text)}</blockquote>`;
    case 'fact':
      return `<p style="margin:0 0 16px">${escapeHtml(block.label)}<strong>${lines(block.text)}</strong></p>`;
    case 'button':
      return `<p style="margin:24px 0"><a href="${escapeHtml(block.link)}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:${sender.accent_color};color:${readableOn(sender.accent_color)};text-decoration:none">${escapeHtml(block.label)}</a></p>`;
  }
}

function lines(text: string): string {
  return escapeHtml(text).replace(/\r?\n/g, '<br>');
}

function signature(sender: Sender): string {
  return sender.signature ?? [sender.name, sender.contact_phone].filter(Boolean).join('\n');
}
