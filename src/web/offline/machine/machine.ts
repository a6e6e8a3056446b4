import { liveQuery, type Subscription } from 'dexie';
import type { Instant } from '#domain/ground/instant.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { whyLeft } from '#domain/visits/why-left.ts';
import { type Contact, recallContact, schemaVersion } from '../../ui/device.ts';
import { openAlone } from '../../ui/making-store.ts';
import { reportKept } from '../../ui/network-state.ts';
import { type BoardPage, clearBoard, setBoard } from '../board-state.ts';
import { OfflineDatabase, type OutboxRow, type ReplicaRow, trouble } from './database.ts';
import { itemOf } from './item-of.ts';
import { DayKeeper } from './keep-day.ts';
import { loadDataKey } from './keys.ts';
import { type Laid, layOver, liesOver } from './lay-over.ts';
import { open, type Sealed } from './sealing.ts';
import { type StoredAct, steps, upToDate } from './stored-act.ts';

export type Person = { id: string; name: string };

/** All that stands on this device for one person, opened. */
export type Machine = {
  person: Person;
  /** In which they read times. */
  zone: string;
  db: OfflineDatabase;
  key: CryptoKey;
  opened: Map<string, { sealed: Sealed; value: unknown }>;
  /** Pages as they were shown last, with what they were made of. */
  drawn: Map<string, { told: VisitPage; ids: string; page: VisitPage }>;
  day: DayKeeper | null;
  stop: () => void;
};

let running: { personId: string; machine: Promise<Machine> } | null = null;

/** The machine of the person who is signed in; opened once in a tab. Rejects where the browser keeps nothing. */
export function openMachine(person: Person, zone: string): Promise<Machine> {
  if (running?.personId === person.id) return running.machine;
  void running?.machine.then(({ stop }) => stop()).catch(() => {});
  clearBoard();
  reportKept({ is_known: false, waiting: 0, refused: 0 });
  const machine = begin(person, zone);
  running = { personId: person.id, machine };
  machine.catch((error) => {
    running = null;
    reportKept({ storage: trouble(error) === 'storage_full' ? 'full' : 'broken' });
  });
  return machine;
}

/** The machine that was opened last; rejects when there is none. */
export function presentMachine(): Promise<Machine> {
  return running?.machine ?? Promise.reject(new Error('nobody is signed in on this device'));
}

async function begin(person: Person, zone: string): Promise<Machine> {
  const db = new OfflineDatabase(person.id);
  await openAlone(db.name, () => db.open());
  const key = await loadDataKey(db);
  // The browser's small store may have lost it in a kill; a device whose clock is wrong would believe itself then.
  recallContact((await db.meta.get('contact'))?.value as Contact | undefined);
  const machine: Machine = {
    person,
    zone,
    db,
    key,
    opened: new Map(),
    drawn: new Map(),
    day: null,
    stop: () => {},
  };
  machine.day = new DayKeeper(machine);
  const watching = watch(machine);
  machine.stop = () => {
    watching.unsubscribe();
    machine.day?.stop();
    db.close();
  };
  await showBoard(machine);
  return machine;
}

/** Follows what any tab writes. */
function watch(machine: Machine): Subscription {
  const { db } = machine;
  return liveQuery(() =>
    Promise.all([db.outbox.toArray(), db.replica.toArray(), db.meta.get('checked_at')]),
  ).subscribe({
    next: () => void showBoard(machine),
    error: () => reportKept({ storage: 'broken' }),
  });
}

/** Unseals a row, once for as long as it stays as it is. */
export async function openSealed<T>(machine: Machine, id: string, sealed: Sealed): Promise<T> {
  const known = machine.opened.get(id);
  if (known && String(known.sealed.iv) === String(sealed.iv)) return known.value as T;
  const value = await open<T>(machine.key, id, sealed);
  machine.opened.set(id, { sealed, value });
  return value;
}

export async function openAct(machine: Machine, row: OutboxRow): Promise<StoredAct> {
  const stored = await openSealed<StoredAct>(machine, row.id, row.sealed);
  return upToDate(stored, row, { schema: schemaVersion, steps });
}

export function openPage(machine: Machine, row: ReplicaRow): Promise<VisitPage> {
  return openSealed<VisitPage>(machine, `visit ${row.id}`, row.sealed);
}

/** A visit with all that was done to it on this device; null when it is not on board. */
export async function pageOf(machine: Machine, visitId: string): Promise<VisitPage | null> {
  const [row, acts] = await Promise.all([machine.db.replica.get(visitId), actsOf(machine, visitId)]);
  return row ? layOver(await openPage(machine, row), acts, machine.person) : null;
}

/** What was done to a visit on this device and is not fetched back yet, in order. */
export async function actsOf(machine: Machine, visitId: string): Promise<(OutboxRow & Laid)[]> {
  return laid(machine, await machine.db.outbox.where('visit_id').equals(visitId).sortBy('order'));
}

function laid(machine: Machine, rows: OutboxRow[]): Promise<(OutboxRow & Laid)[]> {
  return Promise.all(rows.map(async (row) => ({ ...row, stored: await openAct(machine, row) })));
}

/** The same object for as long as it says the same: two hundred acts that go up one by one change nothing on the screen. */
function drawPage({ drawn, person }: Machine, told: VisitPage, acts: (OutboxRow & Laid)[]): VisitPage {
  const upon = acts.filter((act) => liesOver(act, told));
  const ids = upon.map(({ id }) => id).join();
  const known = drawn.get(told.visit.id);
  if (known?.told === told && known.ids === ids) return known.page;
  const page = layOver(told, upon, person);
  drawn.set(told.visit.id, { told, ids, page });
  return page;
}

let showing: Promise<void> | null = null;
let showNext: Promise<void> | null = null;

/** Brings the board of this tab up to what stands in the database now; many calls at once are one look more. */
export function showBoard(machine: Machine): Promise<void> {
  if (showing !== null) {
    showNext ??= showing.then(() => {
      showNext = null;
      return showBoard(machine);
    });
    return showNext;
  }
  showing = drawBoard(machine)
    .catch(() => {})
    .finally(() => {
      showing = null;
    });
  return showing;
}

async function drawBoard(machine: Machine): Promise<void> {
  const { db } = machine;
  const [rows, replicas, checked, kept] = await Promise.all([
    db.outbox.orderBy('order').toArray(),
    db.replica.toArray(),
    db.meta.get('checked_at'),
    db.photos.where('state').equals('kept').primaryKeys(),
  ]);
  const acts = await laid(machine, rows);
  const checked_at = (checked?.value as Instant | undefined) ?? null;
  const pages = new Map<string, BoardPage>();
  // All at once: a slow phone's start waits for the last one, not for each.
  const told = await Promise.all(replicas.map((replica) => openPage(machine, replica)));
  for (const [index, replica] of replicas.entries()) {
    const ofVisit = acts.filter(({ visit_id }) => visit_id === replica.id);
    const page = drawPage(machine, told[index] as VisitPage, ofVisit);
    const is_on_board = replica.left_at === null;
    const as_of = is_on_board && checked_at !== null ? checked_at : replica.fetched_at;
    const hasLeft = !is_on_board && replica.was_listed === true;
    const left = hasLeft ? whyLeft(page.visit, machine.person.id) : null;
    pages.set(replica.id, { page, as_of, is_on_board, left });
  }
  if (!machine.db.isOpen()) return;
  const items = acts.flatMap((row) => itemOf(row, { page: pages.get(row.visit_id)?.page, acts }) ?? []);
  const named = new Set(items.filter(({ state }) => state === 'waiting').flatMap(({ photos }) => photos));
  setBoard({
    ready: true,
    checked_at,
    pages,
    items,
    photos_waiting: kept.filter((id) => named.has(id)).length,
  });
  machine.day?.drawn(rows);
  reportKept({
    is_known: true,
    waiting: items.filter(({ state }) => state === 'waiting').length,
    refused: items.filter(({ state }) => state === 'refused').length,
  });
}
