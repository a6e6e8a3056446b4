import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { type Rule, stamp } from './by.ts';
import { daysOver, isAway, sinceLastDay } from './days.ts';
import type { Visit } from './visit.ts';

const before = (visit: Visit, ...states: Visit['state'][]) => states.includes(visit.state);

/** On the road. Whoever forgot to say so can still arrive. */
export const depart: Rule<'depart'> = (visit, _body, by) => {
  if (visit.state === 'planned') return new Refusal('conflict', 'visits.not_dispatched');
  if (visit.state !== 'dispatched') return new Refusal('conflict', 'visits.already_departed');
  return { ...visit, state: 'travelling', departed_at: by.happened_at };
};

export const arrive: Rule<'arrive'> = (visit, _body, by) => {
  if (visit.state === 'planned') return new Refusal('conflict', 'visits.not_dispatched');
  if (!before(visit, 'dispatched', 'travelling')) return new Refusal('conflict', 'visits.already_arrived');
  return { ...visit, state: 'on_site', arrived_at: by.happened_at };
};

/** The work itself begins. */
export const startWork: Rule<'start'> = (visit, _body, by) => {
  if (before(visit, 'planned', 'dispatched', 'travelling'))
    return new Refusal('conflict', 'visits.not_arrived');
  if (visit.state !== 'on_site') return new Refusal('conflict', 'visits.already_started');
  return { ...visit, state: 'working', started_at: by.happened_at };
};

/**
 * The engineer leaves the site. R26: not before a wrap-up of this day or the reason for none, and not before "did you promise
 * anything today?" is answered; "noted" needs a promise in the record since the day before ended. What runs ends now. With
 * `comes_back` the day is over and the visit is again one that the engineer sets out to; whoever said so and need not go
 * again ends it from there.
 */
export const leave: Rule<'leave'> = (visit, body, by) => {
  if (visit.state === 'done') return new Refusal('conflict', 'visits.over');
  if (isAway(visit)) return endBetweenDays(visit, body, by);
  if (sinceLastDay(visit, visit.wrap_ups).length === 0 && !body.no_wrap_up_reason)
    return new Refusal('conflict', 'visits.wrap_up_missing');
  if (body.promised_today === 'noted' && sinceLastDay(visit, visit.promises).length === 0)
    return new Refusal('conflict', 'visits.promise_not_noted');
  const log = stopClocks(visit.log, by.happened_at);
  // The reason stands although a colleague's wrap-up came in first: somebody typed it.
  const { no_wrap_up_reason } = body;
  const left = { ...visit, left_at: by.happened_at, log, no_wrap_up_reason };
  return body.comes_back ? toAnotherDay(left) : { ...left, state: 'done' };
};

/** What runs ends now; what begins later by its own times stays as it is. */
function stopClocks(log: Visit['log'], at: Instant): Visit['log'] {
  return log.map((entry) =>
    entry.ended_at === null && entry.started_at <= at ? { ...entry, ended_at: at } : entry,
  );
}

const noTimes = { departed_at: null, arrived_at: null, started_at: null, left_at: null };

function toAnotherDay(visit: Visit): Visit {
  const { departed_at, arrived_at, started_at, left_at, no_wrap_up_reason } = visit;
  const made = [...visit.wrap_ups, ...visit.promises, ...visit.signatures];
  const held = sinceLastDay(visit, made).map(({ id }) => id);
  const day = { departed_at, arrived_at, started_at, left_at, no_wrap_up_reason, held };
  const days = [...daysOver(visit), day];
  return { ...visit, ...noTimes, state: 'dispatched', no_wrap_up_reason: null, days };
}

/** There is no other day: the visit ended when the last one did. What was begun since, such as a report at home, ends now. */
const endBetweenDays: Rule<'leave'> = (visit, { comes_back, no_wrap_up_reason }, by) => {
  const last = daysOver(visit).at(-1);
  if (!last || comes_back) return new Refusal('conflict', 'visits.not_arrived');
  const log = stopClocks(visit.log, by.happened_at);
  return { ...visit, state: 'done', left_at: last.left_at, log, no_wrap_up_reason };
};

/** Calls the visit off. What was done on it stays. */
export const cancelVisit: Rule<'cancel'> = (visit, body, by) => {
  if (visit.state === 'done') return new Refusal('conflict', 'visits.over');
  return { ...visit, state: 'cancelled', cancelled: { ...stamp(by), reason: body.reason } };
};
