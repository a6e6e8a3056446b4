import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { type Bytes, chunksOf } from './bytes.ts';

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

/** How a file's bytes spell text: by its mark, else UTF-8 when all of it is, else GB18030 (which GBK is a part of). */
export async function detectEncoding(bytes: Bytes): Promise<Encoding> {
  let head: Encoding | null = null;
  let isFirst = true;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(await bytes.open())) {
    if (isFirst) head = byHead(chunk);
    isFirst = false;
    if (head) return head;
    const piece = Buffer.concat([rest, chunk]);
    const whole = wholeCharacters(piece);
    if (!isUtf8(piece.subarray(0, whole))) return 'gb18030';
    rest = Buffer.from(piece.subarray(whole));
  }
  return rest.length > 0 ? 'gb18030' : 'utf-8';
}

function byHead(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Without a mark: column names are mostly ASCII, every other byte of which is then zero.
  const start = head.subarray(0, 200);
  const zeros = (odd: 0 | 1) => start.filter((byte, index) => byte === 0 && index % 2 === odd).length;
  if (zeros(1) > start.length / 4) return 'utf-16le';
  if (zeros(0) > start.length / 4) return 'utf-16be';
  return null;
}

/** How many bytes from the start are whole UTF-8 characters, as far as the end tells. */
function wholeCharacters(piece: Buffer): number {
  for (let back = 1; back <= Math.min(3, piece.length); back += 1) {
    const byte = piece[piece.length - back] as number;
    if (byte < 0x80) return piece.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? piece.length - back : piece.length;
    }
  }
  return piece.length;
}

/** The file as text, chunk by chunk. `read` is told how many bytes came by. */
export async function* decoded(
  stream: Readable,
  encoding: Encoding,
  read: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunksOf(stream)) {
    read(chunk.length);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}
