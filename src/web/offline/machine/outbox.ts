import { uuidv7 } from 'uuidv7';
import { Refusal } from '#domain/ground/refusal.ts';
import { applyAct } from '#domain/visits/acting.ts';
import { type VisitAct, visitActs } from '#domain/visits/commands.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { happensNow, nextSequence, presentContact, schemaVersion } from '../../ui/device.ts';
import { reportKept } from '../../ui/network-state.ts';
import { happenedAt } from '../device-clock.ts';
import type { Unsaved } from '../outbox-item.ts';
import { type OutboxRow, trouble } from './database.ts';
import { actsOf, type Machine, openAct, pageOf, showBoard } from './machine.ts';
import { whatBecame } from './missing-line.ts';
import { makeRoom } from './room.ts';
import { seal } from './sealing.ts';
import { instead, photosIn, photosToNote, type StoredAct } from './stored-act.ts';

export type Acted = { saved: true; itemId: string } | { refused: Refusal } | Unsaved;
export type ActOptions = { photos?: string[]; dependsOn?: string[] };

/**
 * Takes an act: judged by the rule by which the server will, and written down before anybody hears of success. One after
 * the other over all tabs, each upon what the one before left.
 */
export function takeAct(
  machine: Machine,
  visitId: string,
  given: VisitAct,
  options: ActOptions = {},
): Promise<Acted> {
  return inTurn(async () => {
    const act = readAct(given);
    if (act instanceof Refusal) return { refused: act };
    const page = await pageOf(machine, visitId);
    if (page === null) return { refused: new Refusal('not_found', 'offline.not_on_board') };
    const envelope = {
      ...happensNow(await nextOf(machine)),
      depends_on: (options.dependsOn ?? []).slice(0, 20),
    };
    const stored: StoredAct = { act, envelope, happened_at: happenedAt(envelope), problem: null };
    const refused = await judge(machine, page, stored);
    if (refused) return { refused };
    const photos = [...new Set([...(options.photos ?? []), ...photosIn(act)])];
    return keep(machine, { visit_id: visitId, photos, stored });
  });
}

/** Why the rule by which the server judges refuses an act; null where it does not. */
async function judge(
  machine: Machine,
  page: VisitPage,
  { act, happened_at }: StoredAct,
): Promise<Refusal | null> {
  const after = applyAct(page.visit, act, { ...machine.person, happened_at });
  if (!(after instanceof Refusal)) return null;
  const acts = await actsOf(machine, page.visit.id);
  return whatBecame(after.code, act, { page, acts }) ?? after;
}

/** The act as the server will read it: trimmed, with what was left out; or why it can't be read. */
function readAct(given: VisitAct): VisitAct | Refusal {
  const parsed = visitActs[given.name].safeParse(given.body);
  if (parsed.success) return { name: given.name, body: parsed.data } as VisitAct;
  const fields = parsed.error.issues
    .slice(0, 20)
    .map(({ path, code }) => ({ field: path.join('.'), reason: code }));
  return new Refusal('invalid', 'ground.invalid', { fields });
}

async function nextOf(machine: Machine): Promise<number> {
  const last = await machine.db.meta.get('seq');
  return nextSequence((last?.value as number | undefined) ?? 0);
}

type Kept = { visit_id: string; photos: string[]; stored: StoredAct; order?: number };

/** Writes an act down, in place of another one where `order` says so; answers when it stands on the disk. */
async function keep(machine: Machine, { visit_id, photos, stored, order }: Kept): Promise<Acted> {
  const { db, key } = machine;
  const id = uuidv7();
  const row: Omit<OutboxRow, 'order'> = {
    id,
    visit_id,
    state: 'waiting',
    tried: false,
    version: null,
    outcome: null,
    photos,
    sealed: await seal(key, id, stored),
  };
  return saving(machine, async () => {
    await db.transaction('rw', db.outbox, db.meta, async () => {
      await db.meta.bulkPut([
        { id: 'seq', value: stored.envelope.seq },
        { id: 'contact', value: presentContact() },
      ]);
      if (order === undefined) await db.outbox.add(row);
      else await db.outbox.put({ ...row, order });
    });
    return { saved: true, itemId: id };
  });
}

/** Runs a write; where the device has no room left, gives up what was only carried along, and tries once more. */
export async function saving<T>(machine: Machine, write: () => Promise<T>): Promise<T | Unsaved> {
  try {
    const result = await write();
    reportKept({ storage: 'fine' });
    await showBoard(machine);
    return result;
  } catch (error) {
    const unsaved = trouble(error);
    if (unsaved === 'storage_full' && (await makeRoom(machine))) {
      const again = await write().catch(() => null);
      if (again !== null) {
        await showBoard(machine);
        return again;
      }
    }
    reportKept({ storage: unsaved === 'storage_full' ? 'full' : 'broken' });
    return { unsaved };
  }
}

/** A refused act with another body, under a key of its own, at its old place and its old time. */
export function changeAct(machine: Machine, itemId: string, body: unknown): Promise<Acted> {
  return inTurn(async () => {
    const row = await refusedRow(machine, itemId);
    if (!row) return { refused: new Refusal('conflict', 'offline.no_longer_refused') };
    const before = await openAct(machine, row);
    const act = readAct({ ...before.act, body } as VisitAct);
    if (act instanceof Refusal) return { refused: act };
    return replace(machine, row, instead(before, act, schemaVersion));
  });
}

/**
 * A refused act as a note on the visit, in the words given and with its photos: what was done is not lost, whoever may not
 * do it.
 */
export function noteInstead(machine: Machine, itemId: string, words: string): Promise<Acted> {
  return inTurn(async () => {
    const row = await refusedRow(machine, itemId);
    if (!row) return { refused: new Refusal('conflict', 'offline.no_longer_refused') };
    const before = await openAct(machine, row);
    const act = readAct({ name: 'note', body: { id: uuidv7(), body: words, photos: photosToNote(before) } });
    if (act instanceof Refusal) return { refused: act };
    return replace(machine, row, instead(before, act, schemaVersion));
  });
}

async function replace(machine: Machine, row: OutboxRow, stored: StoredAct): Promise<Acted> {
  const page = await pageOf(machine, row.visit_id);
  const refused = page && (await judge(machine, page, stored));
  if (refused) return { refused };
  const kept = stored.act.name === 'note' ? [] : row.photos;
  const photos = [...new Set([...kept, ...photosIn(stored.act)])];
  return keep(machine, { visit_id: row.visit_id, photos, stored, order: row.order });
}

export async function dropAct(machine: Machine, itemId: string): Promise<void> {
  await machine.db.outbox
    .where('id')
    .equals(itemId)
    .and(({ state }) => state === 'refused')
    .delete();
  await showBoard(machine);
}

async function refusedRow({ db }: Machine, itemId: string): Promise<OutboxRow | undefined> {
  const row = await db.outbox.get({ id: itemId });
  return row?.state === 'refused' ? row : undefined;
}

/** One at a time over all tabs of the device. */
function inTurn<T>(run: () => Promise<T>): Promise<T> {
  return navigator.locks.request('copperpea act', run) as Promise<T>;
}
