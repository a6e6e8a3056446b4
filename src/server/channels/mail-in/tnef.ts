import { decodeText } from './charsets.ts';

/** What Outlook packed into a winmail.dat (MS-OXTNEF). */
export type Tnef = { text: string | null; html: string | null; attachments: TnefAttachment[] };
export type TnefAttachment = {
  filename: string;
  content_type: string;
  content_id: string | null;
  bytes: Uint8Array;
};

const signature = 0x223e9f78;
const most = 300;

const attribute = {
  codepage: 0x00069007,
  body: 0x0002800c,
  properties: 0x00069003,
  newAttachment: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  attachmentProperties: 0x00069005,
} as const;

const property = {
  body: 0x1000,
  html: 0x1013,
  filename: 0x3704,
  longFilename: 0x3707,
  contentType: 0x370e,
  contentId: 0x3712,
  data: 0x3701,
} as const;

/** Unpacks a winmail.dat; null when it is none. Of a broken one, what stands before the break. */
export function readTnef(bytes: Uint8Array): Tnef | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.length < 6 || view.readUInt32LE(0) !== signature) return null;
  const found: Tnef = { text: null, html: null, attachments: [] };
  let charset: string | null = null;
  let at = 6;
  while (at + 9 <= view.length && found.attachments.length <= most) {
    const id = view.readUInt32LE(at + 1);
    const length = view.readUInt32LE(at + 5);
    const data = view.subarray(at + 9, at + 9 + length);
    if (data.length < length) break;
    at += 9 + length + 2;
    if (id === attribute.codepage && data.length >= 4) charset = charsetOf(data.readUInt32LE(0));
    else take(found, { id, data, charset });
  }
  return found;
}

function take(
  found: Tnef,
  { id, data, charset }: { id: number; data: Buffer; charset: string | null },
): void {
  if (id === attribute.body) found.text = withoutNul(decodeText(data, charset).text);
  else if (id === attribute.properties) {
    for (const { tag, value, unicode } of readProperties(data)) {
      if (tag === property.body) found.text = textOf(value, unicode, charset);
      if (tag === property.html) found.html = withoutNul(decodeText(value, charset).text);
    }
  } else if (id === attribute.newAttachment)
    found.attachments.push({
      filename: '',
      content_type: 'application/octet-stream',
      content_id: null,
      bytes: new Uint8Array(),
    });
  const current = found.attachments.at(-1);
  if (!current) return;
  if (id === attribute.title && current.filename === '') current.filename = textOf(data, false, charset);
  if (id === attribute.data) current.bytes = data;
  if (id === attribute.attachmentProperties) describe(current, data, charset);
}

function describe(attachment: TnefAttachment, data: Buffer, charset: string | null): void {
  for (const { tag, value, unicode } of readProperties(data)) {
    if (tag === property.longFilename) attachment.filename = textOf(value, unicode, charset);
    if (tag === property.filename && attachment.filename === '')
      attachment.filename = textOf(value, unicode, charset);
    if (tag === property.contentType) attachment.content_type = textOf(value, unicode, charset).toLowerCase();
    if (tag === property.contentId) attachment.content_id = textOf(value, unicode, charset) || null;
    if (tag === property.data && attachment.bytes.length === 0) attachment.bytes = value;
  }
}

type Property = { tag: number; value: Buffer; unicode: boolean };

const variable = new Set([0x1e, 0x1f, 0x102, 0x0d]);
const widths: Record<number, number> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};

/** The MAPI properties of an attribute, the first value of each; ends where they make no sense any more. */
function* readProperties(data: Buffer): Generator<Property> {
  let at = 4;
  const word = (where: number) => (where + 4 <= data.length ? data.readUInt32LE(where) : Number.NaN);
  for (let left = Math.min(word(0) || 0, 10_000); left > 0 && at + 4 <= data.length; left--) {
    const kind = data.readUInt16LE(at);
    const tag = data.readUInt16LE(at + 2);
    at += 4;
    if (tag >= 0x8000) at += word(at + 16) === 0 ? 24 : 24 + padded(word(at + 20));
    const type = kind & 0x0fff;
    const several = variable.has(type) || (kind & 0x1000) !== 0;
    const count = several ? word(at) : 1;
    if (several) at += 4;
    if (!(count <= 10_000)) return;
    for (let index = 0; index < count; index++) {
      const length = variable.has(type) ? word(at) : (widths[type] ?? Number.NaN);
      if (variable.has(type)) at += 4;
      if (!(at + length <= data.length)) return;
      // An object's bytes begin with the 16 of its interface.
      const skip = type === 0x0d ? 16 : 0;
      if (index === 0)
        yield { tag, value: data.subarray(at + Math.min(skip, length), at + length), unicode: type === 0x1f };
      at += padded(length);
    }
  }
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function textOf(value: Buffer, unicode: boolean, charset: string | null): string {
  return withoutNul(unicode ? value.toString('utf16le') : decodeText(value, charset).text);
}

function withoutNul(text: string): string {
  return text.replace(/\0+$/, '');
}

function charsetOf(codepage: number): string | null {
  if (codepage === 65_001) return 'utf-8';
  if ([936, 950, 932, 949].includes(codepage)) return `cp${codepage}`;
  return codepage >= 1_250 && codepage <= 1_258 ? `windows-${codepage}` : null;
}
