import { Refusal } from '#domain/ground/refusal.ts';
import type { PrintFormat } from '#domain/reports/commands.ts';
import { Thread } from '../../platform/thread.ts';
import type { PrintAnswer, PrintOrder } from './printing-worker.ts';

const mostWaiting = 20;

const thread = new Thread<Omit<PrintOrder, 'n'>, PrintAnswer>({
  file: new URL('printing-worker.ts', import.meta.url),
  // A report of twenty pages takes about a second, on a machine that does ten other things too; this long none does.
  longestMs: 60_000,
  // The fonts are 20 MB in memory: not kept for nothing.
  idleMs: 60_000,
});

/** Prints one report at a time in a thread of its own. */
export async function printInThread(order: Omit<PrintOrder, 'n'>): Promise<Buffer> {
  if (thread.waiting >= mostWaiting) throw new Refusal('limited', 'reports.busy');
  const answer = await thread.ask(order);
  if (answer.bytes === undefined) throw new Error(`the report was not printed: ${answer.problem}`);
  return Buffer.from(answer.bytes);
}

/** Lets the thread start and load its fonts while the pictures of a report are still being made ready. */
export function readyThread(format: PrintFormat): void {
  thread.ready(format === 'pdf' ? 'ready' : null);
}
