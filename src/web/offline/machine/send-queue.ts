import { reportNetwork } from '../../ui/network-state.ts';
import type { OutboxRow } from './database.ts';
import { type Machine, openAct } from './machine.ts';
import { uploadPhotos } from './photos-up.ts';
import { Said } from './said.ts';
import { seal } from './sealing.ts';
import { mostTogether, sendFirst } from './send-together.ts';
import type { Verdict } from './verdict.ts';

/** `others_may_go`: only some acts could not be sent, the way to the server is open. */
export type Ended =
  | { kind: 'all' }
  | { kind: 'signed_out'; others_may_go?: false }
  | { kind: 'again'; after_ms: number | null; others_may_go?: boolean };

/** Written to the disk together: a verdict that is lost with the browser is asked for again under the same key. */
const settledTogether = 40;
/** Until one came through, only one is marked as having been tried. */
const markedTogether = 40;

/**
 * Sends what waits, in the order in which it was done, photos before the act that names them. What the server fails at (and
 * only that) holds up the later acts on its visit, not those on others.
 */
export async function sendQueue(machine: Machine): Promise<Ended> {
  const total = await machine.db.outbox.where('state').equals('waiting').count();
  const sending: Sending = {
    machine,
    stuck: new Set(),
    settled: new Settled(machine),
    said: new Said(total),
    isOpen: false,
    ended: { kind: 'all' },
  };
  for (;;) {
    const waiting = await nextWaiting(machine, sending.stuck, sending.isOpen ? markedTogether : 1);
    if (waiting.length === 0) return sending.ended;
    const ended = await sendMarked(sending, waiting);
    await sending.settled.flush();
    if (ended) return ended;
  }
}

type Sending = {
  machine: Machine;
  /** Visits whose later acts wait for one that the server fails at. */
  stuck: Set<string>;
  settled: Settled;
  said: Said;
  /** Something came through. */
  isOpen: boolean;
  ended: Ended;
};

/** How it ends, where it does before these are through. */
async function sendMarked(sending: Sending, waiting: OutboxRow[]): Promise<Ended | null> {
  const { machine, stuck, said } = sending;
  said.of(waiting.length);
  const uploads = new Uploads(machine);
  for (let rest = waiting; rest.length > 0; ) {
    const [row] = rest as [OutboxRow];
    const uploaded = await uploads.of(row);
    // The wire is not idle while the server looks at a photo.
    const next = rest.slice(1, mostTogether + 1).find(({ photos }) => photos.length > 0);
    if (sending.isOpen && next) void uploads.of(next);
    const verdicts =
      uploaded.kind === 'done' ? await sendFirst(machine, rest, { together: sending.isOpen }) : [uploaded];
    for (const [index, verdict] of verdicts.entries()) {
      const ended = await take(sending, rest[index] as OutboxRow, verdict);
      if (ended) return ended;
    }
    rest = rest.slice(verdicts.length).filter(({ visit_id }) => !stuck.has(visit_id));
  }
  return null;
}

async function take(sending: Sending, row: OutboxRow, verdict: Verdict): Promise<Ended | null> {
  const { machine, settled, stuck, said } = sending;
  if (verdict.kind === 'done') await settled.add(row, verdict);
  else await settled.flush();
  if (verdict.kind === 'refused') await keepRefused(machine, row, verdict);
  if (verdict.kind === 'signed_out') return verdict;
  if (verdict.kind === 'again') {
    const ended: Ended = { kind: 'again', after_ms: verdict.after_ms };
    if (verdict.who !== 'failing') {
      reportAway(verdict);
      return ended;
    }
    stuck.add(row.visit_id);
    sending.ended = { ...ended, others_may_go: true };
    return null;
  }
  sending.isOpen = true;
  said.oneMore();
  return null;
}

/** The next ones to go, marked on the disk before they do: what may have been heard never changes under its key. */
async function nextWaiting({ db }: Machine, stuck: Set<string>, atMost: number): Promise<OutboxRow[]> {
  const all = await db.outbox.where('state').equals('waiting').sortBy('order');
  const next = all.filter(({ visit_id }) => !stuck.has(visit_id)).slice(0, atMost);
  const fresh = next.filter(({ tried }) => !tried).map(({ order }) => order);
  if (fresh.length > 0) await db.outbox.where('order').anyOf(fresh).modify({ tried: true });
  return next;
}

export function reportAway(verdict: Extract<Verdict, { kind: 'again' }>): void {
  if (verdict.who === 'captive') reportNetwork('captive');
  else if (verdict.code === 'ground.database_gone') reportNetwork('database');
  else if (verdict.code === 'ground.disk_full') reportNetwork('disk');
  else if (verdict.who === 'away') reportNetwork('unreachable');
}

async function keepRefused(
  machine: Machine,
  row: OutboxRow,
  { code, params }: Extract<Verdict, { kind: 'refused' }>,
): Promise<void> {
  const stored = { ...(await openAct(machine, row)), problem: { code, params } };
  const sealed = await seal(machine.key, row.id, stored);
  // By its key, not by its place: another tab may have put another act there since.
  await machine.db.outbox.where('id').equals(row.id).modify({ state: 'refused', sealed });
}

/** The photos of each act, asked for once, before it is their turn. */
class Uploads {
  private readonly machine: Machine;
  private readonly begun = new Map<number, Promise<Verdict>>();

  constructor(machine: Machine) {
    this.machine = machine;
  }

  of(row: OutboxRow): Promise<Verdict> {
    const known = this.begun.get(row.order);
    if (known) return known;
    const upload = uploadPhotos(this.machine, row).catch(
      (): Verdict => ({ kind: 'again', who: 'away', code: null, after_ms: null }),
    );
    this.begun.set(row.order, upload);
    return upload;
  }
}

/** Verdicts that came and are not written down yet. */
class Settled {
  private readonly machine: Machine;
  private verdicts: { row: OutboxRow; verdict: Extract<Verdict, { kind: 'done' }> }[] = [];

  constructor(machine: Machine) {
    this.machine = machine;
  }

  async add(row: OutboxRow, verdict: Extract<Verdict, { kind: 'done' }>): Promise<void> {
    this.verdicts.push({ row, verdict });
    if (this.verdicts.length >= settledTogether) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.verdicts.length === 0) return;
    const { db } = this.machine;
    const told = this.verdicts;
    this.verdicts = [];
    await db.transaction('rw', db.outbox, async () => {
      const standing = await db.outbox.bulkGet(told.map(({ row }) => row.order));
      // Another tab may have put another act in the place of one of them since.
      const still = told.filter(({ row }, n) => standing[n]?.id === row.id);
      await db.outbox.bulkUpdate(
        still.map(({ row, verdict: { acted } }) => ({
          key: row.order,
          changes: { state: 'done' as const, version: acted.version, outcome: acted.outcome },
        })),
      );
    });
  }
}
