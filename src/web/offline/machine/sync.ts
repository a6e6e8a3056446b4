import { readStored, writeStored } from '../../ui/device-storage.ts';
import { onRecovery, presentNetwork, reportKept, reportNetwork } from '../../ui/network-state.ts';
import { signedInAgain } from '../../ui/session-gate.ts';
import { trouble } from './database.ts';
import type { Machine } from './machine.ts';
import { pull } from './pull.ts';
import { makeRoom } from './room.ts';
import { type Ended, sendQueue } from './send-queue.ts';

const backoffMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
/** A tab that the system put to sleep in the middle of its turn gives no sign of life; it is not waited for longer. */
const silenceMs = 60_000;
const signOfLifeMs = 10_000;
const lifeSlot = 'offline.turn';
const lookEveryMs = 5 * 60_000;
/** A hint for each of many acts is one reason to look. */
const gatherMs = 400;

/** Sends what waits and fetches what changed, in one tab at a time, whenever there is a reason to. */
export class Sync {
  readonly machine: Machine;
  private isRunning = false;
  private isFull = false;
  private isWanted = false;
  private failures = 0;
  private dueAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly leaving = new AbortController();

  constructor(machine: Machine) {
    this.machine = machine;
    const { signal } = this.leaving;
    const now = () => this.plan(0);
    window.addEventListener('online', now, { signal });
    window.addEventListener('pageshow', now, { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && now(), {
      signal,
    });
    this.during(onRecovery(now));
    now();
  }

  /** What is undone when the machine stops. */
  during(undo: () => void): void {
    this.leaving.signal.addEventListener('abort', undo);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.leaving.abort();
  }

  /**
   * Something happened: an act was done here, or the server hinted at one elsewhere. While nobody can be reached that is
   * no reason to try sooner; what is (`now`) is heard of elsewhere.
   */
  soon(ms = gatherMs): void {
    if (this.failures === 0 || presentNetwork().state === 'up') this.plan(ms);
  }

  private plan(ms: number): void {
    if (this.leaving.signal.aborted) return;
    if (this.isRunning) {
      this.isWanted = true;
      return;
    }
    const due = Date.now() + ms;
    if (this.timer !== undefined && this.dueAt <= due) return;
    clearTimeout(this.timer);
    this.dueAt = due;
    this.timer = setTimeout(() => void this.run(), ms);
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    this.isRunning = true;
    this.isWanted = false;
    const ended = await this.inTurn().catch((): Ended => ({ kind: 'again', after_ms: null }));
    this.isRunning = false;
    reportKept({ sent: 0, sending_of: 0 });
    if (this.leaving.signal.aborted) return;
    if (ended.kind === 'signed_out') return this.afterSignIn();
    if (ended.kind === 'all') {
      this.failures = 0;
      reportKept({ signed_out: false, ...(this.isFull && { storage: 'fine' }) });
      this.isFull = false;
      return this.plan(this.isWanted ? gatherMs : lookEveryMs);
    }
    const wait = backoffMs[Math.min(this.failures++, backoffMs.length - 1)]!;
    // Phones that lost the network together should not come back together.
    this.plan(Math.max(wait * (0.75 + Math.random() / 2), ended.after_ms ?? 0));
  }

  /** Without room nothing can go up, since what comes of it could not be kept: what was only brought along makes way. */
  private async afterTrouble(error: unknown): Promise<Ended> {
    if (trouble(error) === 'storage_full' && !(await makeRoom(this.machine))) {
      this.isFull = true;
      reportKept({ storage: 'full' });
    }
    return { kind: 'again', after_ms: null };
  }

  /** 401: everything stays; the sign-in is asked for, and then it goes on. */
  private afterSignIn(): void {
    reportKept({ signed_out: true });
    void signedInAgain().then(() => {
      reportKept({ signed_out: false });
      this.plan(0);
    });
  }

  private async inTurn(): Promise<Ended> {
    const name = `copperpea sync ${this.machine.person.id}`;
    // Its own trouble is not the lock's: a write that the store gave up is an AbortError, too.
    const turn = () => this.turn().catch((error) => this.afterTrouble(error));
    for (;;) {
      try {
        return (await navigator.locks.request(
          name,
          { signal: AbortSignal.timeout(silenceMs) },
          turn,
        )) as Ended;
      } catch (error) {
        // Another tab took over (AbortError): it does what there is to do.
        if ((error as Error).name !== 'TimeoutError') return { kind: 'again', after_ms: silenceMs };
        const isAsleep = Date.now() - (readStored<number>(lifeSlot) ?? 0) > silenceMs;
        if (isAsleep) return (await navigator.locks.request(name, { steal: true }, turn)) as Ended;
      }
    }
  }

  private async turn(): Promise<Ended> {
    const live = () => writeStored(lifeSlot, Date.now());
    const living = setInterval(live, signOfLifeMs);
    live();
    try {
      return await this.sendAndFetch();
    } finally {
      clearInterval(living);
    }
  }

  private async sendAndFetch(): Promise<Ended> {
    if (!navigator.onLine) {
      reportNetwork('offline');
      return { kind: 'again', after_ms: null };
    }
    const sent = await sendQueue(this.machine);
    if (sent.kind !== 'all' && !sent.others_may_go) return sent;
    const pulled = await pull(this.machine);
    return pulled.kind === 'all' ? sent : pulled;
  }
}
