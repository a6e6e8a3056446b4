import { type ResourceLimits, Worker } from 'node:worker_threads';

type Answered = { n: number };

/**
 * Heavy work in a thread of its own, one order at a time: the server goes on answering meanwhile. Who takes too long, or
 * ends, is ended, and the next order gets a new thread. The file answers each `{n, …}` with a message of the same `n`.
 */
export class Thread<Order extends object, Answer extends Answered> {
  private worker: Worker | null = null;
  private line: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | null = null;
  private count = 0;
  private readonly of: { file: URL; longestMs: number; idleMs: number; resourceLimits?: ResourceLimits };
  /** Orders that were not answered yet. */
  waiting = 0;

  constructor(of: { file: URL; longestMs: number; idleMs: number; resourceLimits?: ResourceLimits }) {
    this.of = of;
  }

  /** Rejects when the thread ended or took longer than it may, or than `longestMs`. */
  async ask(order: Order, longestMs = this.of.longestMs): Promise<Answer> {
    this.waiting += 1;
    this.count += 1;
    const numbered = { ...order, n: this.count };
    const done = this.line.then(() => this.send(numbered, longestMs));
    this.line = done.catch(() => {});
    try {
      return await done;
    } finally {
      this.waiting -= 1;
    }
  }

  /** Lets the thread start ahead of its first order, with a word that it may take or leave. */
  ready(word: string | null): void {
    if (this.worker) return;
    this.worker = this.start();
    this.worker.unref();
    this.stopWhenIdle();
    if (word !== null) this.worker.postMessage(word);
  }

  private start(): Worker {
    const { file, resourceLimits } = this.of;
    const started = new Worker(file, resourceLimits ? { resourceLimits } : {});
    // One that ends between two orders takes nobody with it.
    started.on('error', () => {});
    started.on('exit', () => {
      if (this.worker === started) this.worker = null;
    });
    return started;
  }

  private send(order: Order & Answered, longestMs: number): Promise<Answer> {
    if (this.idle) clearTimeout(this.idle);
    this.worker ??= this.start();
    const asked = this.worker;
    asked.ref();
    return new Promise<Answer>((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        asked.off('message', heard);
        asked.off('error', giveUp);
        asked.off('exit', ended);
        settle();
      };
      const giveUp = (why: Error) => {
        if (this.worker === asked) this.worker = null;
        void asked.terminate();
        end(() => reject(why));
      };
      const heard = (answer: Answer) => {
        if (answer.n !== order.n) return;
        asked.unref();
        this.stopWhenIdle();
        end(() => resolve(answer));
      };
      const ended = (code: number) => giveUp(new Error(`the thread ended with ${code}`));
      const timer = setTimeout(() => giveUp(new Error(`took longer than ${longestMs} ms`)), longestMs);
      asked.on('message', heard);
      asked.on('error', giveUp);
      asked.on('exit', ended);
      asked.postMessage(order);
    });
  }

  private stopWhenIdle(): void {
    if (this.idle) clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      void this.worker?.terminate();
      this.worker = null;
    }, this.of.idleMs);
    this.idle.unref();
  }
}
