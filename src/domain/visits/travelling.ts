import { Refusal } from '../ground/refusal.ts';
import { type Rule, stamp } from './by.ts';
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
 * The engineer leaves the site. R26: not before a wrap-up or the reason for none, and not before "did you promise
 * anything today?" is answered; "noted" needs at least one promise in the record. What runs ends now.
 */
export const leave: Rule<'leave'> = (visit, body, by) => {
  if (before(visit, 'planned', 'dispatched', 'travelling'))
    return new Refusal('conflict', 'visits.not_arrived');
  if (visit.state === 'done') return new Refusal('conflict', 'visits.over');
  if (visit.wrap_ups.length === 0 && !body.no_wrap_up_reason)
    return new Refusal('conflict', 'visits.wrap_up_missing');
  if (body.promised_today === 'noted' && visit.promises.length === 0)
    return new Refusal('conflict', 'visits.promise_not_noted');
  const log = visit.log.map((entry) =>
    entry.ended_at === null && entry.started_at <= by.happened_at
      ? { ...entry, ended_at: by.happened_at }
      : entry,
  );
  // The reason stands although a colleague's wrap-up came in first: somebody typed it.
  const { no_wrap_up_reason } = body;
  return { ...visit, state: 'done', left_at: by.happened_at, log, no_wrap_up_reason };
};

/** Calls the visit off. What was done on it stays. */
export const cancelVisit: Rule<'cancel'> = (visit, body, by) => {
  if (visit.state === 'done') return new Refusal('conflict', 'visits.over');
  return { ...visit, state: 'cancelled', cancelled: { ...stamp(by), reason: body.reason } };
};
