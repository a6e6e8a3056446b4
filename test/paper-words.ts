import { inflateRawSync, inflateSync } from 'node:zlib';

/** The text of a Word file, paragraphs by lines; its XML as it is stands in `xml`. */
export function wordsOfDocx(bytes: Buffer): { text: string; xml: string } {
  const xml = [...entriesOf(bytes)]
    .filter(([name]) => name.endsWith('.xml'))
    .map(([, content]) => content.toString('utf8'))
    .join('\n');
  const text = xml
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof signs) => signs[name]);
  return { text, xml };
}
const signs = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The files of a zip, by its list at the end. */
function entriesOf(bytes: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [number, number, number];
    const name = bytes.toString('utf8', at + 46, at + 46 + lengths[0]);
    const head = bytes.readUInt32LE(at + 42);
    const start = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const content = bytes.subarray(start, start + size);
    entries.set(name, method === 8 ? inflateRawSync(content) : content);
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

/**
 * The text of a PDF as each of its fonts would read it: which of them was meant at a place is not looked up, so what
 * stands on paper stands in one of these texts, and what stands in none is not on the paper.
 */
export function wordsOfPdf(bytes: Buffer): string[] {
  const streams = streamsOf(bytes);
  const shown = streams
    .filter((stream) => /\bBT\b/.test(stream))
    .flatMap((stream) => [...stream.matchAll(/<([0-9A-Fa-f]*)>|\(((?:\\[\s\S]|[^\\()])*)\)/g)])
    .map(([, hex, literal]) => hex ?? Buffer.from(unescaped(literal as string), 'latin1').toString('hex'))
    // String by string: others than letters, a language's name for one, may have an odd length.
    .flatMap((string) => string.toLowerCase().match(/.{4}/g) ?? []);
  return streams
    .filter((stream) => stream.includes('beginbfchar') || stream.includes('beginbfrange'))
    .map((stream) => {
      const letters = lettersOf(stream);
      return shown.map((glyph) => letters.get(glyph) ?? '').join('');
    });
}

/** What a PDF draws, unpacked. */
export function streamsOf(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue;
    const start = at + 6 + (bytes[at + 6] === 13 ? 2 : 1);
    const content = bytes.subarray(start, bytes.indexOf('endstream', start));
    try {
      found.push(inflateSync(content).toString('latin1'));
    } catch {
      // Not packed, or a photo, whose bytes are no words.
      if (content[0] !== 0xff) found.push(content.toString('latin1'));
    }
  }
  return found;
}

const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(literal: string): string {
  return literal.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal?: string, sign?: string) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (controls[sign as string] ?? (sign as string)),
  );
}

function lettersOf(map: string): Map<string, string> {
  const letters = new Map<string, string>();
  const utf16 = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, part] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph, letter] of (part as string).matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set((glyph as string).toLowerCase(), utf16(letter as string));
  return letters;
}
