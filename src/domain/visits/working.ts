import { Refusal } from '../ground/refusal.ts';
import { type By, type Rule, refuseTime, stamp } from './by.ts';
import type { LogEntry, Visit } from './visit.ts';

type Entry = Pick<LogEntry, 'kind' | 'started_at' | 'ended_at' | 'waiting_for' | 'waiting_on_contact_id'>;

/** Says why an entry of the work log cannot be as it is, or null. */
export function refuseEntry(visit: Visit, entry: Entry, by: By): Refusal | null {
  if (entry.ended_at !== null && entry.ended_at < entry.started_at)
    return new Refusal('invalid', 'visits.times_reversed');
  if (entry.kind === 'waiting' && (entry.waiting_for.trim() === '' || entry.waiting_on_contact_id === null))
    return new Refusal('invalid', 'visits.waiting_needs_whom');
  return (
    refuseTime(visit, entry.started_at, by) ?? (entry.ended_at ? refuseTime(visit, entry.ended_at, by) : null)
  );
}

/** Time on the visit, of one kind, with a line for colleagues and one for the customer. */
export const addLog: Rule<'log'> = (visit, body, by) => {
  if (visit.log.some(({ id }) => id === body.id)) return new Refusal('conflict', 'visits.entry_exists');
  const refused = refuseEntry(visit, body, by);
  if (refused) return refused;
  return { ...visit, log: inOrder([...visit.log, { ...body, ...stamp(by) }]) };
};

/** By when it began, so that two phones' entries come out in one order on every screen. */
export function inOrder(log: LogEntry[]): LogEntry[] {
  return log.toSorted((a, b) => (a.started_at + a.id < b.started_at + b.id ? -1 : 1));
}

export const addFinding: Rule<'find'> = (visit, body, by) => {
  if (visit.findings.some(({ id }) => id === body.id)) return new Refusal('conflict', 'visits.entry_exists');
  return { ...visit, findings: byId([...visit.findings, { ...body, ...stamp(by) }]) };
};

/** R9: caught in passing. The promises module keeps it; the visit shows it. */
export const addPromise: Rule<'promise'> = (visit, body, by) => {
  if (visit.promises.some(({ id }) => id === body.id)) return new Refusal('conflict', 'visits.entry_exists');
  if (body.due_at !== null && body.due_at <= by.happened_at)
    return new Refusal('invalid', 'promises.due_in_past', { due_at: body.due_at });
  return { ...visit, promises: byId([...visit.promises, { ...body, state: 'open' as const }]) };
};

export const addNote: Rule<'note'> = (visit, body, by) => {
  if (visit.notes.some(({ id }) => id === body.id)) return new Refusal('conflict', 'visits.entry_exists');
  return { ...visit, notes: byId([...visit.notes, { ...body, ...stamp(by) }]) };
};

/** Ids are made in the order of time; the order of arrival would differ from phone to phone. */
export function byId<T extends { id: string }>(list: T[]): T[] {
  return list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
