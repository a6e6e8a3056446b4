import type { Instant } from '#domain/ground/instant.ts';
import { plusMinutes } from '#domain/ground/instant.ts';
import type { OnBoard, VisitPage } from '#domain/visits/views.ts';
import { presentContact } from '../../ui/device.ts';
import { reportNetwork } from '../../ui/network-state.ts';
import { presentBoard, setBoard, visitsLookedAt } from '../board-state.ts';
import { correctedNow } from '../device-clock.ts';
import { carryFiles } from './carry-files.ts';
import type { Machine } from './machine.ts';
import { seal } from './sealing.ts';
import { type Ended, reportAway } from './send-queue.ts';
import { ask } from './transport.ts';
import type { Answer } from './verdict.ts';

/** A visit that is over or a colleague's by now can still be read for so long. */
const keptAfterMinutes = 3 * 24 * 60;
/** Drafts live sixty days; a photo that none of them made an act of is nobody's by then. */
const unnamedMinutes = 61 * 24 * 60;
const sideBySide = 4;
const notNow: Ended = { kind: 'again', after_ms: null };

/** Fetches what changed of the visits to have on board, and lets go of what need not be here any more. */
export async function pull(machine: Machine): Promise<Ended> {
  const answer = await ask('/api/visits/on-board', { personId: machine.person.id });
  if (answer?.is_ours && answer.status === 403) return seeWhatBecame(machine);
  const read = readable<OnBoard>(answer);
  if ('kind' in read) return read;
  reportNetwork('up');
  const board = read.body.items;
  const wanted = [
    ...new Set([...(await changedVisits(machine, board)), ...(await leavingVisits(machine, board))]),
  ];
  for (let at = 0; at < wanted.length; at += sideBySide) {
    const fetched = await Promise.all(
      wanted.slice(at, at + sideBySide).map((id) => fetchVisit(machine, id, board)),
    );
    const failed = fetched.find((ended) => ended.kind !== 'all');
    if (failed) return failed;
  }
  await noteBoard(machine, board);
  return carryFiles(machine);
}

/** Whoever may carry none any more is still told what became of what they did. */
async function seeWhatBecame(machine: Machine): Promise<Ended> {
  for (const id of await changedVisits(machine, [])) {
    const ended = await fetchVisit(machine, id, null);
    if (ended.kind !== 'all') return ended;
  }
  return { kind: 'all' };
}

/** Whose page is older than the board says or than what was done from here and is up; and what somebody looks at just now. */
async function changedVisits({ db }: Machine, board: OnBoard['items']): Promise<string[]> {
  const [replicas, done] = await Promise.all([
    db.replica.toArray(),
    db.outbox.where('state').equals('done').toArray(),
  ]);
  const known = new Map(replicas.map((row) => [row.id, row]));
  const changed = board
    .filter(({ id, version, changed_at }) => {
      const row = known.get(id);
      return !row || row.version !== version || row.changed_at !== changed_at;
    })
    .map(({ id }) => id);
  const listed = new Set(board.map(({ id }) => id));
  const seen = visitsLookedAt().filter((id) => !listed.has(id));
  return [...new Set([...changed, ...done.map(({ visit_id }) => visit_id), ...seen])];
}

/** What is no longer among them; why, is in its page: called off, a colleague's, over. */
async function leavingVisits({ db }: Machine, board: OnBoard['items']): Promise<string[]> {
  const listed = new Set(board.map(({ id }) => id));
  const replicas = await db.replica.toArray();
  return replicas.filter(({ id, left_at }) => left_at === null && !listed.has(id)).map(({ id }) => id);
}

/** Brings one visit's page here; with it goes whatever of the outbox is in it. */
export async function fetchVisit(
  machine: Machine,
  id: string,
  board: OnBoard['items'] | null,
): Promise<Ended> {
  const answer = await ask(`/api/visits/${id}`, { personId: machine.person.id });
  const { db, key } = machine;
  if (answer?.is_ours && (answer.status === 404 || answer.status === 403)) {
    await db.outbox.where({ visit_id: id, state: 'done' }).delete();
    setBoard({ missing: new Set([...presentBoard().missing, id]) });
    return { kind: 'all' };
  }
  const read = readable<VisitPage>(answer);
  if ('kind' in read) return read;
  const page = read.body;
  const now = correctedNow();
  const sealed = await seal(key, `visit ${id}`, page);
  await db.transaction('rw', db.replica, db.outbox, async () => {
    const before = await db.replica.get(id);
    if (before && before.version > page.visit.version) return;
    const listed = board?.find((item) => item.id === id);
    const left_at: Instant | null = board === null ? (before ? before.left_at : now) : listed ? null : now;
    await db.replica.put({
      id,
      changed_at: listed?.changed_at ?? before?.changed_at ?? now,
      version: page.visit.version,
      fetched_at: now,
      left_at,
      was_listed: Boolean(listed) || before?.left_at === null || before?.was_listed === true,
      sealed,
    });
    const fetched = db.outbox
      .where({ visit_id: id })
      .filter(({ state, version }) => state === 'done' && version !== null && version <= page.visit.version);
    await fetched.delete();
  });
  return { kind: 'all' };
}

/** Which visits are on board from now on, and as of when. Nothing goes while acts of it wait or were refused. */
async function noteBoard({ db }: Machine, board: OnBoard['items']): Promise<void> {
  const now = correctedNow();
  const listed = new Set(board.map(({ id }) => id));
  await db.transaction('rw', [db.replica, db.outbox, db.photos, db.bytes, db.meta], async () => {
    await db.meta.bulkPut([
      { id: 'checked_at', value: now },
      { id: 'contact', value: presentContact() },
    ]);
    await db.replica.toCollection().modify((row) => {
      if (listed.has(row.id)) Object.assign(row, { left_at: null, was_listed: true });
      else row.left_at ??= now;
    });
    const rows = await db.outbox.toArray();
    const busy = new Set(rows.map(({ visit_id }) => visit_id));
    const named = new Set(rows.flatMap(({ photos }) => photos));
    const given_up = plusMinutes(now, -unnamedMinutes);
    const unnamed = await db.photos
      .where('state')
      .equals('kept')
      .and(({ id, made_at }) => !named.has(id) && made_at < given_up)
      .primaryKeys();
    const old = (await db.replica.toArray()).filter(
      ({ id, left_at }) => left_at !== null && !busy.has(id) && left_at < plusMinutes(now, -keptAfterMinutes),
    );
    const gone = old.map(({ id }) => id);
    // A form that was not saved yet may hold those that are only kept here.
    const carried = await db.photos
      .where('visit_id')
      .anyOf(gone)
      .and(({ state }) => state !== 'kept')
      .primaryKeys();
    const photos = [...unnamed, ...carried];
    await db.bytes.where('photo_id').anyOf(photos).delete();
    await db.photos.bulkDelete(photos);
    await db.replica.bulkDelete(gone);
  });
}

/** The body of an answer that is surely our server's; otherwise how the turn ends. */
export function readable<T>(answer: Answer | null): { body: T } | Ended {
  if (answer === null) {
    reportNetwork('unreachable');
    return notNow;
  }
  if (answer.redirected || !answer.is_ours) {
    reportAway({
      kind: 'again',
      who: answer.status >= 500 ? 'away' : 'captive',
      code: null,
      after_ms: null,
    });
    return notNow;
  }
  if (answer.status === 401) return { kind: 'signed_out' };
  if (answer.status !== 200)
    return { kind: 'again', after_ms: (answer.retry_after_seconds ?? 0) * 1000 || null };
  try {
    return { body: JSON.parse(answer.body) as T };
  } catch {
    return notNow;
  }
}
