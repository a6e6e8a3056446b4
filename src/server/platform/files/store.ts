import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newId } from '../ids.ts';

/** Bytes that have arrived and lie under a temporary name. */
export type Arrived = { path: string; sha256: string; size: number };

/** The bytes of all files, under `<data>/files`, named by their own SHA-256 and shared by equal ones. */
export class FileStore {
  private readonly root: string;
  private readonly waiting: string;

  constructor(dataDir: string) {
    this.root = join(dataDir, 'files');
    this.waiting = join(this.root, 'arriving');
  }

  pathOf(sha256: string): string {
    return join(this.root, sha256.slice(0, 2), sha256);
  }

  /** Writes a stream to a temporary name, safe on disk. A stream that breaks off leaves nothing. */
  async receive(stream: Readable): Promise<Arrived> {
    await mkdir(this.waiting, { recursive: true, mode: 0o700 });
    const path = join(this.waiting, newId());
    const hash = createHash('sha256');
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      size += chunk.length;
    });
    try {
      await pipeline(stream, createWriteStream(path, { mode: 0o600, flush: true }));
      return { path, sha256: hash.digest('hex'), size };
    } catch (error) {
      await this.discard(path);
      throw error;
    }
  }

  async receiveBytes(bytes: Buffer): Promise<Arrived> {
    await mkdir(this.waiting, { recursive: true, mode: 0o700 });
    const path = join(this.waiting, newId());
    await writeFile(path, bytes, { mode: 0o600, flush: true });
    return { path, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  }

  /** Gives arrived bytes their lasting name. May be called again; the caller holds the lock of this hash. */
  async keep(arrived: Arrived): Promise<void> {
    const target = this.pathOf(arrived.sha256);
    if ((await stat(target).catch(() => null))?.size === arrived.size) return this.discard(arrived.path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(arrived.path, target);
    await syncFolder(dirname(target));
  }

  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** Removes bytes and whatever was drawn from them. */
  async remove(sha256: string): Promise<void> {
    const path = this.pathOf(sha256);
    const names = await readdir(dirname(path)).catch(() => []);
    const drawn = names.filter((name) => name.startsWith(`${basename(path)}.`));
    for (const name of drawn) await this.discard(join(dirname(path), name));
    await rm(path, { force: true });
  }

  /** Where a picture lies that was drawn from a file's bytes for one use; it may be missing and be drawn again at any time. */
  drawnPathOf(sha256: string, use: string): string {
    return `${this.pathOf(sha256)}.${use}`;
  }

  /** The bytes as a stream, opened: whoever gets it can send it. Throws ENOENT when they are not there. */
  async read(sha256: string): Promise<{ stream: ReadStream; size: number }> {
    const file = await open(this.pathOf(sha256), 'r');
    const { size } = await file.stat();
    return { stream: createReadStream('', { fd: file }), size };
  }

  /** Clears what a killed process left under temporary names more than a day ago. */
  async clearArriving(nowMs: number): Promise<void> {
    for (const name of await readdir(this.waiting).catch(() => [])) {
      const path = join(this.waiting, name);
      const found = await stat(path).catch(() => null);
      if (found && nowMs - found.mtimeMs > 86_400_000) await this.discard(path);
    }
  }
}

// A rename is only as lasting as the folder that holds the name.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
