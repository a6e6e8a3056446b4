import { Thread } from '../../platform/thread.ts';
import type { ReadAnswer, ReadOrder } from './reading-worker.ts';

const thread = new Thread<Omit<ReadOrder, 'n'>, ReadAnswer>({
  file: new URL('reading-worker.ts', import.meta.url),
  // The worst mails that we could think of take about a second; on a machine that does ten other things too, this long.
  longestMs: 30_000,
  idleMs: 60_000,
  // The largest mail is 64 MB, and stands in memory a few times while it is decoded.
  resourceLimits: { maxOldGenerationSizeMb: 1_024 },
});

/**
 * Reads a raw mail in a thread of its own, so that whatever is in it holds up nobody else. Rejects when it takes too much
 * time or memory, which is for a person to look at.
 */
export function readInThread(order: Omit<ReadOrder, 'n'>, longestMs?: number): Promise<ReadAnswer> {
  return thread.ask(order, longestMs);
}

/** Lets the thread start while the bytes of what it will read are still on their way. */
export function readyToRead(): void {
  thread.ready(null);
}
