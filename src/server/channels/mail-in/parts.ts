import { type MailProblem, mailLimits } from '#domain/channels/received-mail.ts';
import { type Fields, headerEnd, rawText, readFields, type Structured, structured } from './fields.ts';
import { undoTransfer } from './transfer.ts';

/** One part of a mail, or the whole of it. `body` is a view into the raw mail, still encoded for its transfer. */
export type Part = {
  fields: Fields;
  type: Structured;
  disposition: Structured;
  encoding: string;
  body: Uint8Array;
  children: Part[];
  /** The mail that a message/rfc822 part carries. */
  message: Part | null;
};

/** What goes along while parts are read: how many there may still be, and what was contained. */
export type Reading = {
  partsLeft: number;
  headerBytesLeft: number;
  problems: Set<MailProblem>;
  hint: string | null;
};

export function startReading(): Reading {
  return {
    partsLeft: mailLimits.parts,
    headerBytesLeft: mailLimits.header_bytes * 4,
    problems: new Set(),
    hint: null,
  };
}

type Range = { raw: Uint8Array; from: number; to: number };

/** Reads a part and all within it. Each level looks only for its own boundary, so time is at most size times depth. */
export function readPart(reading: Reading, { raw, from, to }: Range, depth = 0, inDigest = false): Part {
  reading.partsLeft -= 1;
  const { end, body } = headerEnd(raw, from, to);
  const limit = Math.min(mailLimits.header_bytes, reading.headerBytesLeft);
  const { fields, kept, cut } = readFields(raw, { from, end, limit });
  if (cut) reading.problems.add('headers_cut');
  reading.headerBytesLeft -= kept;
  const type = structured(fields.get('content-type')?.[0], null);
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.value))
    type.value = inDigest ? 'message/rfc822' : 'text/plain';
  const charset = type.params.charset?.toLowerCase();
  if (charset && !reading.hint) reading.hint = charset;
  const part: Part = {
    fields,
    type,
    disposition: structured(fields.get('content-disposition')?.[0], reading.hint),
    encoding: transferOf(rawText(fields.get('content-transfer-encoding')?.[0], null)),
    body: raw.subarray(body, to),
    children: [],
    message: null,
  };
  if (type.value.startsWith('multipart/')) readChildren(reading, part, depth);
  else if (type.value === 'message/rfc822' || type.value === 'message/global')
    readMessage(reading, part, depth);
  return part;
}

function transferOf(text: string): string {
  return /[\w-]+/.exec(text.replace(/\([^()]*\)/g, '').toLowerCase())?.[0] ?? '';
}

function readChildren(reading: Reading, part: Part, depth: number): void {
  const boundary = part.type.params.boundary;
  if (!boundary) return;
  if (depth >= mailLimits.depth) {
    reading.problems.add('nested_too_deep');
    return;
  }
  const inDigest = part.type.value === 'multipart/digest';
  for (const range of rangesBetween(part.body, Buffer.from(`--${boundary}`, 'utf8'))) {
    if (reading.partsLeft <= 0) {
      reading.problems.add('too_many_parts');
      return;
    }
    part.children.push(readPart(reading, { raw: part.body, ...range }, depth + 1, inDigest));
  }
}

function readMessage(reading: Reading, part: Part, depth: number): void {
  if (depth >= mailLimits.depth) {
    reading.problems.add('nested_too_deep');
    return;
  }
  if (reading.partsLeft <= 0) {
    reading.problems.add('too_many_parts');
    return;
  }
  const raw = undoTransfer(part.body, part.encoding).bytes;
  part.message = readPart(reading, { raw, from: 0, to: raw.length }, depth + 1);
}

/** The stretches between the lines that are a boundary; the line break before a boundary belongs to the boundary. */
function* rangesBetween(body: Uint8Array, boundary: Buffer): Generator<{ from: number; to: number }> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  let from = -1;
  let at = bytes.indexOf(boundary);
  while (at >= 0) {
    const line = at === 0 || bytes[at - 1] === 0x0a ? boundaryLine(bytes, at + boundary.length) : null;
    if (line) {
      if (from >= 0) yield { from, to: beforeLineBreak(bytes, at, from) };
      if (line.last) return;
      from = line.next;
    }
    at = bytes.indexOf(boundary, line ? line.next : at + 1);
  }
  if (from >= 0) yield { from, to: bytes.length };
}

/** What follows a boundary's text on its line: nothing but blanks, or the two dashes of the last one; else it is another. */
function boundaryLine(bytes: Buffer, end: number): { next: number; last: boolean } | null {
  const last = bytes[end] === 0x2d && bytes[end + 1] === 0x2d;
  let at = last ? end + 2 : end;
  const limit = at + 200;
  while (at < limit && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d)) at += 1;
  if (at >= bytes.length) return { next: bytes.length, last };
  return bytes[at] === 0x0a ? { next: at + 1, last } : null;
}

function beforeLineBreak(bytes: Buffer, at: number, from: number): number {
  let end = at;
  if (end > from && bytes[end - 1] === 0x0a) end -= 1;
  if (end > from && bytes[end - 1] === 0x0d) end -= 1;
  return end;
}
