import { Worker } from 'node:worker_threads';
import { Refusal } from '#domain/ground/refusal.ts';
import type { PrintFormat } from '#domain/reports/commands.ts';
import type { PrintAnswer, PrintOrder } from './printing-worker.ts';

// A report of twenty pages takes about a second, on a machine that does ten other things too; this long none does.
const longestMs = 60_000;
// The fonts are 20 MB in memory: not kept for nothing.
const idleMs = 60_000;
const mostWaiting = 20;

let worker: Worker | null = null;
let line: Promise<unknown> = Promise.resolve();
let waiting = 0;
let idle: NodeJS.Timeout | null = null;
let count = 0;

/** Prints one report at a time in a thread of its own: the server goes on answering meanwhile. */
export async function printInThread(order: Omit<PrintOrder, 'n'>): Promise<Buffer> {
  if (waiting >= mostWaiting) throw new Refusal('limited', 'reports.busy');
  waiting += 1;
  count += 1;
  const numbered = { ...order, n: count };
  const done = line.then(() => ask(numbered));
  line = done.catch(() => {});
  try {
    const answer = await done;
    if (answer.bytes === undefined) throw new Error(`the report was not printed: ${answer.problem}`);
    return Buffer.from(answer.bytes);
  } finally {
    waiting -= 1;
  }
}

/** Lets the thread start and load its fonts while the pictures of a report are still being made ready. */
export function readyThread(format: PrintFormat): void {
  if (worker) return;
  worker = startThread();
  worker.unref();
  stopWhenIdle();
  if (format === 'pdf') worker.postMessage('ready');
}

function startThread(): Worker {
  const started = new Worker(new URL('printing-worker.ts', import.meta.url));
  // One that ends between two reports takes nobody with it; the next report starts another.
  started.on('error', () => {});
  started.on('exit', () => {
    if (worker === started) worker = null;
  });
  return started;
}

function ask(order: PrintOrder): Promise<PrintAnswer> {
  if (idle) clearTimeout(idle);
  worker ??= startThread();
  const asked = worker;
  asked.ref();
  return new Promise<PrintAnswer>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      asked.off('message', heard);
      asked.off('error', failed);
      asked.off('exit', ended);
      settle();
    };
    const giveUp = (why: Error) => {
      if (worker === asked) worker = null;
      void asked.terminate();
      end(() => reject(why));
    };
    const heard = (answer: PrintAnswer) => {
      if (answer.n !== order.n) return;
      asked.unref();
      stopWhenIdle();
      end(() => resolve(answer));
    };
    const failed = (error: Error) => giveUp(error);
    const ended = (code: number) => giveUp(new Error(`the printing thread ended with ${code}`));
    const timer = setTimeout(() => giveUp(new Error('printing took too long')), longestMs);
    asked.on('message', heard);
    asked.on('error', failed);
    asked.on('exit', ended);
    asked.postMessage(order);
  });
}

function stopWhenIdle(): void {
  if (idle) clearTimeout(idle);
  idle = setTimeout(stop, idleMs);
  idle.unref();
}

function stop(): void {
  void worker?.terminate();
  worker = null;
}
