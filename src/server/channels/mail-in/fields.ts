import { decodeWords } from 'postal-mime';
import { decodeHeader, decodeText } from './charsets.ts';

/** The header of a part: raw field bodies by lower-case name, in their order. */
export type Fields = ReadonlyMap<string, readonly Uint8Array[]>;

const LF = 0x0a;

/** Where the header at `from` ends and the body begins; a header without its blank line ends where fields end. */
export function headerEnd(raw: Uint8Array, from: number, to: number): { end: number; body: number } {
  let at = from;
  while (at < to) {
    const lf = raw.indexOf(LF, at);
    const next = lf < 0 || lf >= to ? to : lf + 1;
    const length = next - at;
    if (raw[at] === LF || (raw[at] === 0x0d && length <= 2)) return { end: at, body: next };
    if (!isFieldLine(raw, { at, next, first: at === from })) return { end: at, body: at };
    at = next;
  }
  return { end: to, body: to };
}

/** A field, its continuation, or the `From ` line that mailbox files begin with. */
function isFieldLine(
  raw: Uint8Array,
  { at, next, first }: { at: number; next: number; first: boolean },
): boolean {
  if (raw[at] === 0x20 || raw[at] === 0x09) return true;
  for (let index = at; index < Math.min(next, at + 200); index++) {
    const byte = raw[index] as number;
    if (byte === 0x3a) return index > at;
    // A blank before the colon is wrong and seen.
    if (byte <= 0x20) {
      if (first && isMailboxLine(raw, at)) return true;
      let after = index;
      while (raw[after] === 0x20 || raw[after] === 0x09) after += 1;
      return raw[after] === 0x3a && index > at;
    }
  }
  return false;
}

function isMailboxLine(raw: Uint8Array, at: number): boolean {
  return Buffer.from(raw.subarray(at, at + 5)).toString('latin1') === 'From ';
}

// No field that means something to us is longer; the rest of one is passed over, so that the fields behind it are read.
const longestField = 64 * 1024;

/** Splits a header into its fields; keeps `limit` bytes at most. `cut` says whether anything was left out. */
export function readFields(
  raw: Uint8Array,
  { from, end, limit }: { from: number; end: number; limit: number },
): { fields: Fields; kept: number; cut: boolean } {
  const fields = new Map<string, Uint8Array[]>();
  let kept = 0;
  let cut = false;
  for (let at = from; at < end; ) {
    const next = fieldEnd(raw, at, end);
    const stop = Math.min(next, at + longestField);
    if (kept + stop - at > limit) return { fields, kept, cut: true };
    kept += stop - at;
    cut ||= stop < next;
    const colon = raw.subarray(at, Math.min(stop, at + 200)).indexOf(0x3a) + at;
    if (colon > at) {
      const name = Buffer.from(raw.subarray(at, colon)).toString('latin1').trim().toLowerCase();
      const list = fields.get(name);
      if (list) list.push(raw.subarray(colon + 1, stop));
      else fields.set(name, [raw.subarray(colon + 1, stop)]);
    }
    at = next;
  }
  return { fields, kept, cut };
}

/** Where the field at `at` ends with its continuations. */
function fieldEnd(raw: Uint8Array, at: number, end: number): number {
  let next = at;
  do {
    const lf = raw.indexOf(LF, next);
    next = lf < 0 || lf >= end ? end : lf + 1;
  } while (next < end && (raw[next] === 0x20 || raw[next] === 0x09));
  return next;
}

/** A field as one line of text, raw 8-bit bytes decoded, encoded words not. Folding is undone. */
export function rawText(bytes: Uint8Array | undefined, hint: string | null): string {
  if (!bytes) return '';
  return (
    decodeHeader(bytes, hint)
      // A fold with an empty line in it was put in by a broken program, in the middle of what is one word.
      .replace(/[ \t]{0,9}(?:\r?\n[ \t]{1,9}(?=\r?\n)){1,9}\r?\n[ \t]{1,9}(?==\?)/g, '')
      .replace(/[\r\n]+$/, '')
      .replace(/\r?\n(?=[ \t])/g, '')
      .replace(/[\r\n]+/g, ' ')
      .replace(/^[ \t]+/, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  );
}

/** A field meant for people: encoded words decoded too. Trailing blanks of an encoded word are its own. */
export function humanText(bytes: Uint8Array | undefined, hint: string | null): string {
  return decodeWords(rawText(bytes, hint));
}

export type Structured = { value: string; params: Record<string, string> };

/** `text/plain; charset=gbk; name*0*=…`: value in lower case, parameters with RFC 2231 and encoded words undone. */
export function structured(bytes: Uint8Array | undefined, hint: string | null): Structured {
  const text = rawText(bytes, hint);
  const pieces = splitOutsideQuotes(text);
  const value = (pieces[0] ?? '')
    .replace(/\([^()]*\)/g, '')
    .trim()
    .toLowerCase();
  const segments = new Map<string, { order: number; text: string; encoded: boolean }[]>();
  for (const piece of pieces.slice(1, 200)) {
    const equals = piece.indexOf('=');
    if (equals < 1) continue;
    const named = /^([^*\s]+)(?:\*(\d{1,4}))?(\*)?$/.exec(piece.slice(0, equals).trim().toLowerCase());
    if (!named) continue;
    const [, name = '', order, star] = named;
    const list = segments.get(name) ?? [];
    list.push({
      order: order === undefined ? -1 : Number(order),
      text: unquoted(piece.slice(equals + 1).trim()),
      encoded: star === '*',
    });
    segments.set(name, list);
  }
  const params: Record<string, string> = Object.create(null);
  for (const [name, list] of segments) params[name] = joinSegments(list);
  return { value, params };
}

/** Segments of RFC 2231 in their order; a character may be cut between two, so bytes are joined before decoding. */
function joinSegments(list: { order: number; text: string; encoded: boolean }[]): string {
  const whole =
    list.find((segment) => segment.order === -1 && segment.encoded) ??
    list.find((segment) => segment.order === -1);
  const used = whole ? [whole] : [...list].sort((a, b) => a.order - b.order);
  if (!used.some((segment) => segment.encoded))
    return decodeWords(used.map((segment) => segment.text).join(''));
  let charset: string | null = null;
  const bytes: Buffer[] = [];
  for (const segment of used) {
    let text = segment.text;
    if (segment.encoded && charset === null) {
      const parts = text.split("'");
      if (parts.length >= 3) {
        charset = parts[0] as string;
        text = parts.slice(2).join("'");
      }
    }
    bytes.push(segment.encoded ? percentDecoded(text) : Buffer.from(text, 'utf8'));
  }
  return decodeText(Buffer.concat(bytes), charset).text;
}

function percentDecoded(text: string): Buffer {
  const source = Buffer.from(text, 'utf8');
  const bytes = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : '';
    const escaped = /^[0-9a-f]{2}$/i.test(code);
    bytes[length++] = escaped ? Number.parseInt(code, 16) : (source[at] as number);
    if (escaped) at += 2;
  }
  return bytes.subarray(0, length);
}

function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\\' && quoted) at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  pieces.push(text.slice(from));
  return pieces;
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  const end = text.length > 1 && text.endsWith('"') ? -1 : undefined;
  return text.slice(1, end).replace(/\\(.)/g, '$1');
}
