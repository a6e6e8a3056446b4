import { createHash } from 'node:crypto';
import { readBounce } from '#domain/channels/bounces.ts';
import { readMailDate } from '#domain/channels/mail-date.ts';
import { judgeKind } from '#domain/channels/mail-kind.ts';
import { findThread } from '#domain/channels/mail-thread.ts';
import type { OwnDesk } from '#domain/channels/own-mail.ts';
import { mailLimits, type ReceivedMail } from '#domain/channels/received-mail.ts';
import { clean, type FoundAttachment, gatherContents } from './contents.ts';
import { type Fields, humanText, rawText } from './fields.ts';
import { mailboxesIn, malformedMailbox, oneLine } from './mailboxes.ts';
import { type Reading, readPart, startReading } from './parts.ts';
import { readWords } from './words.ts';

export type ReadMail = {
  mail: ReceivedMail;
  /** The decoded bytes of `mail.attachments[index]`; decoded when asked for, so that a big mail is not in memory twice. */
  attachmentBytes: (index: number) => Uint8Array;
};

/**
 * Reads a raw mail. Never throws on account of what is in it: what cannot be read is named in `mail.problems`, in the
 * worst case (`unreadable`) of a mail that is empty but for them. Bounded in time and memory by `mailLimits`.
 */
export function readMail(raw: Uint8Array, desk: OwnDesk): ReadMail {
  const reading = startReading();
  if (raw.length > mailLimits.raw_bytes) reading.problems.add('too_large');
  const kept = raw.subarray(0, mailLimits.raw_bytes);
  try {
    return readKept(reading, kept, desk);
  } catch {
    // A bug of ours must not stop a mailbox: the raw mail is kept, and a person is told to look at it.
    reading.problems.add('unreadable');
    return { mail: emptyMail(reading), attachmentBytes: () => new Uint8Array() };
  }
}

function readKept(reading: Reading, raw: Uint8Array, desk: OwnDesk): ReadMail {
  const root = readPart(reading, { raw, from: 0, to: raw.length });
  if (root.fields.size === 0) reading.problems.add('not_a_mail');
  const contents = gatherContents(reading, root);
  const head = readHead(reading, root.fields);
  const { html, visible } = readWords(reading, contents, head);
  const returned = {
    ...head,
    header: (name: string) => (root.fields.get(name) ?? []).slice(0, 50).map((value) => rawText(value, null)),
    report:
      root.type.value === 'multipart/report'
        ? (root.type.params['report-type']?.toLowerCase() ?? null)
        : null,
    status_text: contents.status_text,
    text: contents.text || visible.text,
    attached_message_id: contents.attached ? (idsIn(contents.attached.get('message-id'))[0] ?? null) : null,
  };
  const judged = judgeKind(returned, desk);
  const { thread, why } = findThread({ ...head, addresses: addressesOf(reading, root.fields, head) });
  return {
    mail: {
      ...head,
      text: contents.text,
      visible: visible.text,
      html,
      attachments: contents.attachments.map((attachment) => describe(attachment)),
      kind: judged.kind,
      bounce: judged.kind === 'bounce' ? readBounce(returned) : null,
      thread,
      why: [...judged.why, ...why, ...visible.why],
      problems: [...reading.problems],
    },
    attachmentBytes: (index) => contents.attachments[index]?.bytes() ?? new Uint8Array(),
  };
}

type Head = Pick<
  ReceivedMail,
  | 'subject'
  | 'from'
  | 'from_written'
  | 'reply_to'
  | 'to'
  | 'cc'
  | 'date'
  | 'message_id'
  | 'in_reply_to'
  | 'references'
>;

function readHead(reading: Reading, fields: Fields): Head {
  const senders = mailboxesIn(reading, fields, 'from');
  if (senders.length === 0) reading.problems.add('no_sender');
  if (senders.length > 1) reading.problems.add('several_senders');
  const from = senders.find((sender) => sender.address !== '') ?? senders[0] ?? null;
  const from_written = malformedMailbox(reading, fields, 'from');
  if (from_written !== null) reading.problems.add('sender_malformed');
  const dateField = fields.get('date')?.[0];
  const date = dateField ? readMailDate(rawText(dateField, null)) : null;
  if (dateField && date === null) reading.problems.add('date_unreadable');
  return {
    subject: readSubject(reading, fields),
    from,
    from_written,
    reply_to: mailboxesIn(reading, fields, 'reply-to'),
    to: mailboxesIn(reading, fields, 'to'),
    cc: mailboxesIn(reading, fields, 'cc'),
    date,
    message_id: idsIn(fields.get('message-id'))[0] ?? null,
    in_reply_to: idsIn(fields.get('in-reply-to')).slice(0, 20),
    references: idsIn(fields.get('references')).slice(-mailLimits.references),
  };
}

function readSubject(reading: Reading, fields: Fields): string {
  const field = fields.get('subject')?.[0];
  const whole = clean(humanText(field, reading.hint), reading.problems).replace(/[\r\n]+/g, ' ');
  if (whole.length > mailLimits.subject_chars) reading.problems.add('subject_cut');
  return whole.slice(0, mailLimits.subject_chars).toWellFormed();
}

function idsIn(values: readonly Uint8Array[] | undefined): string[] {
  const text = (values ?? [])
    .slice(0, 20)
    .map((bytes) => rawText(bytes.subarray(0, 100_000), null))
    .join(' ');
  const ids = [...text.matchAll(/<([^<>\s]{1,900})>/g)].map((found) => found[1] as string);
  // Some programs leave the brackets out.
  const used =
    ids.length > 0 ? ids : text.split(/\s+/).filter((word) => /^[^<>\s]{1,900}@[^<>\s]{1,300}$/.test(word));
  return [...new Set(used.map((id) => oneLine(id).slice(0, 900)))].filter((id) => id !== '');
}

/** All addresses that it was sent or delivered to: a token in one of them survives what a sender does to the rest. */
function addressesOf(reading: Reading, fields: Fields, head: Head): string[] {
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'].flatMap((name) =>
    mailboxesIn(reading, fields, name),
  );
  return [...head.to, ...head.cc, ...delivered].map((mailbox) => mailbox.address);
}

function describe({ bytes, ...attachment }: FoundAttachment): ReceivedMail['attachments'][number] {
  const content = bytes();
  return { ...attachment, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function emptyMail(reading: Reading): ReceivedMail {
  return {
    subject: '',
    from: null,
    from_written: null,
    reply_to: [],
    to: [],
    cc: [],
    date: null,
    message_id: null,
    in_reply_to: [],
    references: [],
    text: '',
    visible: '',
    html: null,
    attachments: [],
    kind: 'message',
    bounce: null,
    thread: { key: null, token: null, how: 'none' },
    why: [],
    problems: [...reading.problems],
  };
}
