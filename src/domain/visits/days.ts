import type { Visit, VisitDay } from './visit.ts';

type WithDays = Pick<Visit, 'days'>;

/** The days on site that are over, in order, of a visit that goes on. */
export function daysOver(visit: WithDays): VisitDay[] {
  return visit.days ?? [];
}

/** Which day of the visit it is, from 1; null where one day is all that there is so far. */
export function dayNumber(visit: WithDays): number | null {
  const over = daysOver(visit).length;
  return over === 0 ? null : over + 1;
}

/**
 * What came since the last day ended. By what each day holds and not by times: a device whose clock cannot be believed would
 * otherwise have the wrap-up of a day before its own arrival.
 */
export function sinceLastDay<T extends { id: string }>(visit: WithDays, list: readonly T[]): T[] {
  const held = new Set(daysOver(visit).flatMap((day) => day.held));
  return list.filter(({ id }) => !held.has(id));
}

/** The number of the day that something made on the visit belongs to. */
export function dayOf(visit: WithDays, id: string): number {
  const at = daysOver(visit).findIndex(({ held }) => held.includes(id));
  return at < 0 ? daysOver(visit).length + 1 : at + 1;
}

/** Whether the engineer is not on site: before the first day or between two. */
export function isAway({ state }: Pick<Visit, 'state'>): boolean {
  return state === 'planned' || state === 'dispatched' || state === 'travelling';
}

/** What is made between two days belongs to the one before: the next needs its own. */
export function heldByItsDay(visit: Visit, id: string): Visit {
  const last = daysOver(visit).at(-1);
  if (!last || !isAway(visit)) return visit;
  return { ...visit, days: [...daysOver(visit).slice(0, -1), { ...last, held: [...last.held, id] }] };
}

type DayTimes = Pick<VisitDay, 'arrived_at' | 'left_at'>;

/** Each day's coming and going, one after the other, that of today included; the last may still have no end. */
export function daysOnSite(visit: WithDays & Pick<Visit, 'arrived_at' | 'left_at'>): DayTimes[] {
  const { arrived_at, left_at } = visit;
  const over = daysOver(visit).map((day) => ({ arrived_at: day.arrived_at, left_at: day.left_at }));
  return arrived_at === null ? over : [...over, { arrived_at, left_at }];
}

/** Of a visit that is over: what an earlier day's signature stands for is not what was done since. */
export function isLastDaySigned(visit: Pick<Visit, 'signatures' | 'days' | 'arrived_at'>): boolean {
  if (sinceLastDay(visit, visit.signatures).length > 0) return true;
  // It ended between two days, and the last day is one of those that are over.
  const last = visit.arrived_at === null ? daysOver(visit).at(-1) : undefined;
  return visit.signatures.some(({ id }) => last?.held.includes(id));
}
