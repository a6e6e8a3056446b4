const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

/** Whether there is a transfer encoding of that name; none said is one. */
export function isTransfer(encoding: string): boolean {
  return /^(?:|7-?bit|8-?bit|binary|base64|quoted-printable|(?:x-)?uu(?:e|encode))$/.test(encoding);
}

/** Undoes a Content-Transfer-Encoding. An unknown one is taken for none, as mail programs do. `broken`: junk was met. */
export function undoTransfer(body: Uint8Array, encoding: string): { bytes: Uint8Array; broken: boolean } {
  if (encoding === 'base64') return fromBase64(body);
  if (encoding === 'quoted-printable') return { bytes: fromQuotedPrintable(body), broken: false };
  if (/^(?:x-)?uu(?:e|encode)$/.test(encoding)) return fromUuencode(body);
  return { bytes: body, broken: false };
}

function fromBase64(body: Uint8Array): { bytes: Uint8Array; broken: boolean } {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1');
  const letters = text.replace(/[^A-Za-z0-9+/=_-]+/g, '');
  // Some programs pad each line: what is between the paddings is decoded by itself.
  const units = letters.split(/=+/).filter((unit) => unit !== '');
  const bytes =
    units.length <= 1
      ? Buffer.from(units[0] ?? '', 'base64')
      : Buffer.concat(units.map((unit) => Buffer.from(unit, 'base64')));
  const junk = text.replace(/[A-Za-z0-9+/=\s_-]+/g, '').length;
  return { bytes, broken: junk > 0 || (letters.length > 0 && bytes.length === 0) };
}

function fromQuotedPrintable(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] as number;
    if (byte !== EQUALS) {
      bytes[length++] = byte;
      continue;
    }
    const value = hex(body[at + 1]) * 16 + hex(body[at + 2]);
    if (value >= 0) {
      bytes[length++] = value;
      at += 2;
      continue;
    }
    const end = softBreakEnd(body, at + 1);
    if (end > 0) at = end - 1;
    else bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}

/** Where the text goes on behind a soft line break that begins at `at`; 0 when there is none. Blanks before it are junk. */
function softBreakEnd(body: Uint8Array, at: number): number {
  let end = at;
  while (end < at + 80 && (body[end] === 0x20 || body[end] === 0x09)) end += 1;
  if (end >= body.length) return end;
  if (body[end] === CR) end += 1;
  return body[end] === LF ? end + 1 : 0;
}

/** Far below zero when it is no hexadecimal digit, so that a sum with it is below zero too. */
function hex(byte: number | undefined): number {
  if (byte === undefined) return -1_000;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1_000;
}

function fromUuencode(body: Uint8Array): { bytes: Uint8Array; broken: boolean } {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1');
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => /^begin \d{3,4} /.test(line));
  if (begin < 0) return { bytes: body, broken: true };
  const chunks: Buffer[] = [];
  for (const line of lines.slice(begin + 1)) {
    const length = (line.charCodeAt(0) - 32) & 63;
    if (line === '' || line === 'end' || length === 0) break;
    chunks.push(uuLine(line, length));
  }
  return { bytes: Buffer.concat(chunks), broken: false };
}

function uuLine(line: string, length: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(length / 3) * 3);
  const value = (at: number) => ((line.charCodeAt(at) || 32) - 32) & 63;
  for (let from = 1, to = 0; to < length; from += 4, to += 3) {
    const group = (value(from) << 18) | (value(from + 1) << 12) | (value(from + 2) << 6) | value(from + 3);
    bytes.writeUIntBE(group, to, 3);
  }
  return bytes.subarray(0, length);
}
