import type { Instant } from '../ground/instant.ts';
import { type By, stamp } from './by.ts';
import { isSame, valueAt } from './clashes.ts';
import {
  type KickOff,
  kickOffFields,
  type Minutes,
  type TodayCard,
  todayFields,
  type Visit,
} from './visit.ts';

const cardPaths = Object.keys(todayFields);
const minutesPaths = Object.keys(kickOffFields).map((field) => `kick_off.${field}`);
const rememberedPaths = [...cardPaths, ...minutesPaths, 'interface_contact_id', 'emergency_reason'];

/** R33: the card of the day is the interface person's to confirm; while nobody is named, anybody's of the customer. */
export function mayConfirmToday(visit: Pick<Visit, 'interface_contact_id'>, contactId: string): boolean {
  const { interface_contact_id: named } = visit;
  // An id may be written in capitals.
  return named === null || named.toLowerCase() === contactId.toLowerCase();
}

/** The words that the interface person confirms. */
export function todayCardOf({ goal, done_when, not_today }: Visit): TodayCard {
  return { goal, done_when, not_today };
}

/** The words that the customer acknowledges. */
export function minutesOf({ acknowledged: _by, ...minutes }: KickOff): Minutes {
  return minutes;
}

/** What says something else than was read: its path, the words that were read, and who changed it, where that is known. */
export type SinceRead = {
  path: string;
  read: unknown;
  changed: { by_id: string; by_name: string; at: Instant } | null;
};
/** `since` is empty while all stands as it was read, and null where nobody kept what was read. */
export type Confirmation = { contact_id: string; name: string; at: Instant; since: SinceRead[] | null };

/** R33: who confirmed the card of the day, and what of it says something else by now; null while nobody has. */
export function todayConfirmation(visit: Visit): Confirmation | null {
  if (visit.today_confirmed === null) return null;
  const { read, ...confirmed } = visit.today_confirmed;
  if (!read) return { ...confirmed, since: null };
  const since = sinceRead(visit, cardPaths, read);
  // It is somebody else's to confirm by now.
  if (!mayConfirmToday(visit, confirmed.contact_id))
    since.push(changeOf(visit, 'interface_contact_id', confirmed.contact_id));
  return { ...confirmed, since };
}

/** R22: who acknowledged the minutes of the kick-off, and what of them says something else by now. */
export function kickOffConfirmation(visit: Visit): Confirmation | null {
  if (visit.kick_off.acknowledged === null) return null;
  const { read, ...confirmed } = visit.kick_off.acknowledged;
  return { ...confirmed, since: read ? sinceRead(visit, minutesPaths, read) : null };
}

/** Whether all that differs was changed after they had said yes; else they may have read words that stood there no longer. */
export function isChangedAfter({ at, since }: Confirmation): boolean {
  return (since ?? []).every(({ changed }) => changed !== null && changed.at > at);
}

/** In the order in which the screens have the words; a stored object keeps no order of its own. */
function sinceRead(visit: Visit, paths: readonly string[], read: Record<string, unknown>): SinceRead[] {
  return paths
    .map((path) => changeOf(visit, path, read[path.split('.').at(-1) as string]))
    .filter((one) => !isSame(valueAt(visit, one.path), one.read));
}

function changeOf(visit: Visit, path: string, read: unknown): SinceRead {
  return { path, read, changed: visit.last_changed?.[path] ?? null };
}

/**
 * What follows from an act for what customers confirm: who changed a word of it stands beside it. A confirmation of which
 * nobody knows what was read is none any more once the words are others; any other stands, with what was read.
 */
export function followWords({ before, after }: { before: Visit; after: Visit }, by: By): Visit {
  const changed = rememberedPaths.filter((path) => {
    const [was, is] = [valueAt(before, path), valueAt(after, path)];
    return was !== is && !isSame(was, is);
  });
  if (changed.length === 0) return after;
  const stamps = Object.fromEntries(changed.map((path) => [path, stamp(by)]));
  const { today_confirmed: today, kick_off } = after;
  const among = (paths: readonly string[]) => changed.some((path) => paths.includes(path));
  const isTodayGone =
    today !== null && !today.read && (among(cardPaths) || !mayConfirmToday(after, today.contact_id));
  const isKickOffGone = kick_off.acknowledged !== null && !kick_off.acknowledged.read && among(minutesPaths);
  return {
    ...after,
    last_changed: { ...after.last_changed, ...stamps },
    today_confirmed: isTodayGone ? null : today,
    kick_off: isKickOffGone ? { ...kick_off, acknowledged: null } : kick_off,
  };
}
