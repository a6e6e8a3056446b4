import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Refusal } from '#domain/ground/refusal.ts';

/** The bytes to read records from: of the file itself, or of the one table in a zip. */
export type Bytes = { name: string; total: number; open(): Promise<Readable>; close(): void };

// What unpacks to more than this many times its packed size was made to fill a disk; tables pack 10 to 50 times.
const mostPacked = 400;
const packedFrom = 50 * 1024 * 1024;
const mostEntries = 10_000;

export async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50;
  } finally {
    await file.close();
  }
}

export async function openZip(path: string): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const refuse = (error: unknown) => {
    throw new Refusal('invalid', 'imports.zip_unreadable', {
      reason: (error as Error).message.slice(0, 200),
    });
  };
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(refuse);
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > mostEntries) refuse(new Error(`more than ${mostEntries} entries`));
    }
    return { zip, entries };
  } catch (error) {
    zip.close();
    if (error instanceof Refusal) throw error;
    return refuse(error) as never;
  }
}

/** Refuses an entry that unpacks to far more than honest tables do. */
export function refuseBomb(entry: Entry): void {
  if (entry.uncompressedSize > packedFrom && entry.uncompressedSize > entry.compressedSize * mostPacked)
    throw new Refusal('invalid', 'imports.zip_bomb', { name: entry.fileName.slice(0, 200) });
}

export async function openPlain(path: string, name: string): Promise<Bytes> {
  const { size } = await stat(path);
  return { name, total: size, open: async () => createReadStream(path, { highWaterMark }), close: () => {} };
}

const highWaterMark = 256 * 1024;

/** The one table in a zip. What the Mac's packer leaves beside it (`__MACOSX/._…`) is none. */
export async function openPacked(path: string): Promise<Bytes> {
  const { zip, entries } = await openZip(path);
  const tables = entries.filter(
    ({ fileName }) =>
      !fileName.endsWith('/') &&
      !fileName.startsWith('__MACOSX/') &&
      !basename(fileName).startsWith('.') &&
      /\.(csv|tsv|txt|jsonl|ndjson|json)$/i.test(fileName),
  );
  const [entry, other] = tables;
  try {
    if (!entry) throw new Refusal('invalid', 'imports.zip_without_table');
    if (other)
      throw new Refusal('invalid', 'imports.zip_of_several', {
        names: tables
          .slice(0, 5)
          .map(({ fileName }) => fileName.slice(0, 100))
          .join(', '),
      });
    refuseBomb(entry);
  } catch (error) {
    zip.close();
    throw error;
  }
  return {
    name: basename(entry.fileName),
    total: entry.uncompressedSize,
    open: () => zip.openReadStreamPromise(entry),
    close: () => zip.close(),
  };
}

/** The chunks of a stream; one that breaks off or lies about its size is a refusal and no bug. */
export async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const reason = String((error as Error).message).slice(0, 200);
    throw new Refusal('invalid', 'imports.file_unreadable', { reason });
  }
}

/** SHA-256 and size of a file: by these an import knows its file again. */
export async function fingerprint(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    size += (chunk as Buffer).length;
  }
  return { sha256: hash.digest('hex'), size };
}
