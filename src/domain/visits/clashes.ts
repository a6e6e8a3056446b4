import type { Change } from '../ground/patch.ts';
import { type By, stamp } from './by.ts';
import type { Clash, Visit } from './visit.ts';

type Fields = Record<string, unknown>;

/** The same value, whatever the order of its keys: JSONB gives them back in an order of its own. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null, inKeyOrder) === JSON.stringify(b ?? null, inKeyOrder);
}

function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Joins an edit with the record: what others left alone changes, what they changed too stays theirs, and the later value
 * waits beside it as a clash until a person decides. Nothing that was typed is lost.
 */
export function joinFields(
  target: Fields,
  changes: Record<string, Change | undefined>,
  edit: { id: string; prefix: string; by: By },
): { changed: Fields; clashes: Clash[] } {
  const changed: Fields = {};
  const clashes: Clash[] = [];
  for (const [name, change] of Object.entries(changes)) {
    if (change === undefined || isSame(change.from, change.to) || isSame(target[name], change.to)) continue;
    if (isSame(target[name], change.from)) changed[name] = change.to;
    else {
      const field = `${edit.prefix}${name}`;
      clashes.push({
        id: `${edit.id}:${name}`,
        field,
        based_on: change.from ?? null,
        theirs: target[name] ?? null,
        mine: change.to ?? null,
        ...stamp(edit.by),
        settled: null,
      });
    }
  }
  return { changed, clashes };
}

/** An edit of the visit's own fields. */
export function withClashes(
  visit: Visit,
  changes: Record<string, Change | undefined>,
  edit: { id: string; by: By },
): Visit {
  const { changed, clashes } = joinFields(visit, changes, { ...edit, prefix: '' });
  return { ...visit, ...changed, clashes: addClashes(visit, clashes) } as Visit;
}

/**
 * The clashes with those of one more edit. An edit that is laid over a record which already has it, its answer lost on the way
 * to the phone, makes none anew.
 */
export function addClashes(visit: Visit, made: Clash[]): Clash[] {
  const known = new Set(visit.clashes.map(({ id }) => id));
  return [...visit.clashes, ...made.filter(({ id }) => !known.has(id))];
}

/** Settles the clashes in which the record says by now what waited beside it: nobody has anything left to decide there. */
export function settleAgreed(visit: Visit, by: By): Visit {
  const isAgreed = ({ settled, field, mine }: Clash) =>
    settled === null && isSame(valueAt(visit, field), mine);
  if (!visit.clashes.some(isAgreed)) return visit;
  const settled = { keep: 'same' as const, ...stamp(by) };
  return { ...visit, clashes: visit.clashes.map((one) => (isAgreed(one) ? { ...one, settled } : one)) };
}

/** The clashes that wait for a person. */
export function openClashes(visit: Pick<Visit, 'clashes'>): Clash[] {
  return visit.clashes.filter(({ settled }) => settled === null);
}

/** The value that stands at a clash's path now: `goal`, `kick_off.need`, `log.<id>.line`. */
export function valueAt(visit: Visit, path: string): unknown {
  const [first, second, third] = path.split('.') as [string, string?, string?];
  if (second === undefined) return visit[first as keyof Visit];
  if (first === 'kick_off') return (visit.kick_off as Fields)[second];
  const list = (first === 'log' ? visit.log : visit.findings) as ({ id: string } & Fields)[];
  return list.find(({ id }) => id === second)?.[third as string];
}

/** The visit with another value at a path; unchanged where the path leads nowhere. */
export function withValueAt(visit: Visit, path: string, value: unknown): Visit {
  const [first, second, third] = path.split('.') as [string, string?, string?];
  if (second === undefined) return { ...visit, [first]: value } as Visit;
  if (first === 'kick_off') return { ...visit, kick_off: { ...visit.kick_off, [second]: value } as never };
  const key = first === 'log' ? 'log' : 'findings';
  const put = (entry: { id: string }) =>
    entry.id === second ? { ...entry, [third as string]: value } : entry;
  return { ...visit, [key]: (visit[key] as { id: string }[]).map(put) } as Visit;
}
