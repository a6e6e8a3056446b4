import { Worker } from 'node:worker_threads';
import { Refusal } from '#domain/ground/refusal.ts';
import type { TypstAnswer, TypstOrder } from './typst-worker.ts';

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

/** Compiles one report at a time in a thread of its own: the server goes on answering meanwhile. */
export async function compileTypst(order: Omit<TypstOrder, 'n'>): Promise<{ pdf: Buffer; pages: number }> {
  if (waiting >= mostWaiting) throw new Refusal('limited', 'reports.busy');
  waiting += 1;
  count += 1;
  const numbered = { ...order, n: count };
  const done = line.then(() => ask(numbered));
  line = done.catch(() => {});
  try {
    const answer = await done;
    if (answer.pdf === undefined) throw new Error(`typst: ${answer.problem}`);
    return { pdf: Buffer.from(answer.pdf), pages: answer.pages };
  } finally {
    waiting -= 1;
  }
}

function ask(order: TypstOrder): Promise<TypstAnswer> {
  if (idle) clearTimeout(idle);
  worker ??= new Worker(new URL('typst-worker.ts', import.meta.url));
  const asked = worker;
  asked.ref();
  return new Promise<TypstAnswer>((resolve, reject) => {
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
    const heard = (answer: TypstAnswer) => {
      if (answer.n !== order.n) return;
      asked.unref();
      idle = setTimeout(stop, idleMs);
      idle.unref();
      end(() => resolve(answer));
    };
    const failed = (error: Error) => giveUp(error);
    const ended = (code: number) => giveUp(new Error(`typst ended with ${code}`));
    const timer = setTimeout(() => giveUp(new Error('typst took too long')), longestMs);
    asked.on('message', heard);
    asked.on('error', failed);
    asked.on('exit', ended);
    asked.postMessage(order);
  });
}

function stop(): void {
  void worker?.terminate();
  worker = null;
}
