import { unflowed } from '#domain/channels/quotes/flowed.ts';
import { type MailProblem, mailLimits } from '#domain/channels/received-mail.ts';
import { decodeText } from './charsets.ts';
import { rawText, readFields } from './fields.ts';
import { mailFile } from './mail-file.ts';
import type { Part, Reading } from './parts.ts';
import { readTnef } from './tnef.ts';
import { isTransfer, undoTransfer } from './transfer.ts';

export type FoundAttachment = {
  filename: string;
  content_type: string;
  inline: boolean;
  content_id: string | null;
  bytes: () => Uint8Array;
};

/** What the parts of a mail hold. `text` and `html` are of all parts, `own_text` and `own_html` not of mails attached to it. */
export type Contents = {
  text: string;
  own_text: string;
  own_html: string;
  attachments: FoundAttachment[];
  /** The message/delivery-status part of a bounce. */
  status_text: string | null;
  /** The first mail attached, or the header of one. */
  attached: Part['fields'] | null;
};

type Gathering = Pick<Contents, 'attachments' | 'status_text' | 'attached'> &
  Record<'texts' | 'ownTexts' | 'htmls' | 'attachedHtmls', string[]> &
  Record<'chars' | 'htmlChars', number>;

/** Sorts the parts of a mail into its words and its attachments. */
export function gatherContents(reading: Reading, root: Part): Contents {
  const found: Gathering = {
    attachments: [],
    status_text: null,
    attached: null,
    texts: [],
    ownTexts: [],
    htmls: [],
    attachedHtmls: [],
    chars: 0,
    htmlChars: 0,
  };
  gather(reading, found, { part: root, own: true });
  return sum(found, root.type.value === 'multipart/report');
}

/** Where a mail says nothing itself, what is attached to it speaks: people forward so, and bounces return so. */
function sum({ texts, ownTexts, htmls, attachedHtmls, ...found }: Gathering, isReport: boolean): Contents {
  const { attachments, status_text, attached } = found;
  const text = texts.join('');
  const own_text = ownTexts.join('\n');
  const silent = own_text.trim() === '' && htmls.length === 0;
  const own_html = (htmls.length === 0 && (silent || isReport) ? attachedHtmls : htmls).join('\n');
  return { text, own_text: silent ? text : own_text, own_html, attachments, status_text, attached };
}

function gather(
  reading: Reading,
  found: Gathering,
  { part, own, within }: { part: Part; own: boolean; within?: string },
): void {
  for (const child of part.children) gather(reading, found, { part: child, own, within: part.type.value });
  if (part.children.length > 0) return;
  const type = part.type.value;
  if (type.startsWith('multipart/')) {
    // Its boundary never came: what there is, is its text.
    if (part.body.some((byte) => byte > 0x20)) takeText(reading, found, { part, own });
  } else if (type === 'message/delivery-status') takeStatus(reading, found, part);
  else if (isBodyText(part)) {
    if (type === 'text/html') takeHtml(reading, found, { part, own });
    else takeText(reading, found, { part, own });
    // An attached mail's own parts are pointed to by their ids.
    if (!own && contentIdOf(part)) takeAttachment(reading, found, part);
  } else if (isAlternativeText(part, within)) return;
  else if (isTnef(part) && takeTnef(reading, found, { part, own })) return;
  else if (type === 'text/rfc822-headers') found.attached ??= fieldsWithin(part);
  else if (!isNothing(part)) takeAttachment(reading, found, part);
  if (part.message) {
    found.attached ??= part.message.fields;
    gather(reading, found, { part: part.message, own: false });
  }
}

function fieldsWithin(part: Part): Part['fields'] {
  const raw = undoTransfer(part.body, part.encoding).bytes;
  return readFields(raw, { from: 0, end: raw.length, limit: mailLimits.header_bytes }).fields;
}

function isBodyText(part: Part): boolean {
  return (
    (part.type.value === 'text/plain' || part.type.value === 'text/html') &&
    filenameOf(part) === '' &&
    part.disposition.value !== 'attachment'
  );
}

/** The same words once more in a form that we don't show: text/enriched, text/watch-html. A calendar is more than words. */
function isAlternativeText(part: Part, within: string | undefined): boolean {
  const type = part.type.value;
  return (
    within === 'multipart/alternative' &&
    type.startsWith('text/') &&
    type !== 'text/calendar' &&
    filenameOf(part) === ''
  );
}

function isNothing(part: Part): boolean {
  return part.body.length === 0 && filenameOf(part) === '';
}

function filenameOf(part: Part): string {
  const name = part.disposition.params.filename ?? part.type.params.name ?? '';
  // Only the last piece: a path in a name is a trap, or a habit of old programs.
  return (
    (name.split(/[/\\]/).at(-1) ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
      .trim()
      .slice(0, 255)
      .toWellFormed()
  );
}

function contentIdOf(part: Part): string | null {
  const id = rawText(part.fields.get('content-id')?.[0]?.subarray(0, 500), null).trim();
  return id.replace(/^<|>$/g, '') || null;
}

function takeText(reading: Reading, found: Gathering, { part, own }: { part: Part; own: boolean }): void {
  const room = mailLimits.text_chars - found.chars;
  if (room <= 0) {
    if (part.body.length > 0) reading.problems.add('text_cut');
    return;
  }
  const text = wordsOf(reading, part, room);
  found.chars += text.length;
  found.texts.push(text);
  const { format, delsp } = part.type.params;
  const isFlowed = format?.toLowerCase() === 'flowed';
  if (own) found.ownTexts.push(isFlowed ? unflowed(text, delsp?.toLowerCase() === 'yes') : text);
}

function takeHtml(reading: Reading, found: Gathering, { part, own }: { part: Part; own: boolean }): void {
  const room = mailLimits.html_chars - found.htmlChars;
  if (room <= 0) {
    if (part.body.length > 0) reading.problems.add('html_cut');
    return;
  }
  const html = wordsOf(reading, part, room);
  found.htmlChars += html.length;
  (own ? found.htmls : found.attachedHtmls).push(html);
}

/** The decoded text of a part, of at most `room` characters. What cannot be within the room is not even decoded. */
function wordsOf(reading: Reading, part: Part, room: number): string {
  const isHtml = part.type.value === 'text/html';
  const enough = part.body.subarray(0, room * 12 + 1_000);
  const { bytes, broken } = undoTransfer(enough, part.encoding);
  if (broken) reading.problems.add('undecodable_text');
  const declared = part.type.params.charset ?? (isHtml ? charsetWithin(bytes) : null);
  const letters = withoutLeftovers(bytes.subarray(0, room * 4), { declared, encoding: part.encoding });
  if (letters.length < Math.min(bytes.length, room * 4)) reading.problems.add('undecodable_text');
  const { text, problem } = decodeText(letters, declared, reading.hint);
  if (problem) reading.problems.add(problem);
  if (text.length > room || enough.length < part.body.length)
    reading.problems.add(isHtml ? 'html_cut' : 'text_cut');
  return clean(text.slice(0, room), reading.problems);
}

const fewLeftovers = 0.01;

/**
 * A mail that says ASCII, in an encoding that there is not, comes from a broken program: a few bytes beyond ASCII are what it
 * left over. Where there are more they are letters, and read.
 */
function withoutLeftovers(
  bytes: Uint8Array,
  { declared, encoding }: { declared: string | null; encoding: string },
): Uint8Array {
  if (isTransfer(encoding) || !/^(?:us-)?ascii$/i.test(declared ?? '')) return bytes;
  const ascii = bytes.filter((byte) => byte < 0x80);
  return bytes.length - ascii.length <= bytes.length * fewLeftovers ? ascii : bytes;
}

/** What a database and a screen can hold: no lone surrogate, no control characters but tabs and line breaks. */
export function clean(text: string, problems: Set<MailProblem>): string {
  const whole = text.toWellFormed();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const kept = whole.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
  if (kept.length < whole.length) problems.add('control_characters');
  return kept.startsWith('\ufeff') ? kept.slice(1) : kept;
}

function charsetWithin(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 2_048)).toString('latin1');
  return /<meta[^>]{1,200}charset=["' ]{0,3}([\w-]{2,30})/i.exec(start)?.[1] ?? null;
}

/** RFC 3464: blocks of fields. What stands between them and is none is for people. */
function takeStatus(reading: Reading, found: Gathering, part: Part): void {
  const text = wordsOf(reading, part, 100_000);
  found.status_text ??= text;
  const words = text
    .split(/(?<=\n)/)
    .filter((line) => line.trim() !== '' && !/^(?:[ \t]|[^\s:]{1,80}:)/.test(line));
  if (words.length > 0) {
    found.texts.push(words.join('').trimEnd());
    found.ownTexts.push(words.join('').trimEnd());
  }
}

function takeAttachment(reading: Reading, found: Gathering, part: Part): void {
  const content_id = contentIdOf(part);
  add(reading, found, {
    filename: filenameOf(part),
    content_type: part.type.value,
    inline:
      part.disposition.value !== 'attachment' && (content_id !== null || part.disposition.value === 'inline'),
    content_id,
    bytes: () => {
      const { bytes } = undoTransfer(part.body, part.encoding);
      return part.message ? mailFile(bytes) : bytes;
    },
  });
}

function add(reading: Reading, found: Gathering, attachment: FoundAttachment): void {
  if (found.attachments.length >= mailLimits.attachments) reading.problems.add('too_many_attachments');
  else found.attachments.push(attachment);
}

function isTnef(part: Part): boolean {
  return (
    /^application\/(?:vnd\.)?ms-tnef$/.test(part.type.value) ||
    filenameOf(part).toLowerCase() === 'winmail.dat'
  );
}

function takeTnef(reading: Reading, found: Gathering, { part, own }: { part: Part; own: boolean }): boolean {
  const packed = readTnef(undoTransfer(part.body, part.encoding).bytes);
  if (!packed) {
    reading.problems.add('tnef_unreadable');
    return false;
  }
  if (own && packed.html && found.htmls.length === 0)
    found.htmls.push(clean(packed.html.slice(0, mailLimits.html_chars), reading.problems));
  if (own && packed.text && found.ownTexts.join('').trim() === '') {
    const text = clean(packed.text.slice(0, mailLimits.text_chars), reading.problems);
    found.texts.push(text);
    found.ownTexts.push(text);
  }
  for (const { bytes, filename, content_id, ...meta } of packed.attachments) {
    add(reading, found, {
      ...meta,
      content_type: /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(meta.content_type)
        ? meta.content_type
        : 'application/octet-stream',
      filename: clean(filename.split(/[/\\]/).at(-1) ?? '', reading.problems)
        .slice(0, 255)
        .toWellFormed(),
      content_id:
        content_id === null ? null : clean(content_id, reading.problems).slice(0, 500).toWellFormed(),
      inline: content_id !== null,
      bytes: () => bytes,
    });
  }
  return true;
}
