import type { CompiledCalendar } from '../calendar/compiled-calendar.ts';
import { dueMs, workingMs } from '../calendar/working-time.ts';
import { toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import type { ClockFact } from './sla-clock.ts';

export type Calendars = ReadonlyMap<string, CompiledCalendar>;

export type LifeState = 'running' | 'paused' | 'met' | 'stopped';

/** A stretch between two facts. All times here are ms since 1970. */
export type Segment = {
  from: number;
  to: number;
  state: LifeState;
  calendar_version_id: string;
  /** What put it into this state. */
  since: ClockFact;
};

/** One run from `started` to the next `started`: a clock of next updates has one for each update. */
export type Round = {
  facts: ClockFact[];
  segments: Segment[];
  started: number;
  state: LifeState;
  /** The fact that the present state rests on. */
  since: ClockFact;
  /** Time of the last fact: until here everything is settled. */
  settled: number;
  calendar_version_id: string;
  /** Working time agreed, and used up until `settled`. */
  target: number;
  consumed: number;
  /** When what was used reached the target, if it did until `settled`. */
  reached: number | null;
  met: number | null;
  /** An exact time that a person promised; it stands whatever the calendar and the pauses say. */
  set: { due: number; at: number; window: number; target: number } | null;
};

/**
 * Facts in the order in which they happened, whenever they were received; of two at one instant the one received
 * first comes first. What carries a time before the start (a device some seconds behind) counts from the start.
 */
export function roundsOf(facts: readonly ClockFact[], calendars: Calendars): Round[] {
  const sorted = facts
    .map((fact, index) => ({ fact, index }))
    .sort(
      (a, b) =>
        toMs(a.fact.at) - toMs(b.fact.at) ||
        toMs(a.fact.received_at) - toMs(b.fact.received_at) ||
        a.index - b.index,
    )
    .map(({ fact }) => fact);
  const first = sorted.findIndex((fact) => fact.kind === 'started');
  if (first < 0) throw new Error('a clock without a start');
  const ordered = [sorted[first]!, ...sorted.slice(0, first), ...sorted.slice(first + 1)];
  const rounds: Round[] = [];
  for (const fact of ordered) {
    if (fact.kind === 'started') rounds.push(beginRound(fact));
    else applyFact(rounds.at(-1)!, fact, calendars);
  }
  for (const [index, round] of rounds.entries()) {
    const next = rounds[index + 1];
    if (next) advance(round, next.started, calendars);
  }
  return rounds;
}

function beginRound(fact: Extract<ClockFact, { kind: 'started' }>): Round {
  return {
    facts: [fact],
    segments: [],
    started: toMs(fact.at),
    state: 'running',
    since: fact,
    settled: toMs(fact.at),
    calendar_version_id: fact.calendar_version_id,
    target: fact.minutes * 60_000,
    consumed: 0,
    reached: fact.minutes <= 0 ? toMs(fact.at) : null,
    met: null,
    set: null,
  };
}

function applyFact(round: Round, fact: ClockFact, calendars: Calendars): void {
  const at = Math.max(toMs(fact.at), round.settled);
  advance(round, at, calendars);
  round.facts.push(fact);
  const counts = round.state === 'running' || round.state === 'paused';
  if (fact.kind === 'paused' && counts) turn(round, 'paused', fact);
  if (fact.kind === 'resumed' && round.state === 'paused') turn(round, 'running', fact);
  if (fact.kind === 'stopped' && counts) turn(round, 'stopped', fact);
  if (fact.kind === 'met' && counts) {
    turn(round, 'met', fact);
    round.met = at;
  }
  if (fact.kind === 'reopened' && !counts) {
    turn(round, 'running', fact);
    round.met = null;
    round.set = null;
  }
  if (fact.kind === 'calendar') round.calendar_version_id = fact.calendar_version_id;
  if (fact.kind === 'target') retarget(round, fact.minutes * 60_000, calendars);
  if (fact.kind === 'due_set' && counts) {
    const due = toMs(fact.due_at);
    const window = workingMs(calendarOf(round, calendars), at, due);
    round.set = { due, at, window, target: round.consumed + window };
  }
}

/** What was used stays used. Nobody could have met a tighter target before it was set, so it is due then at the earliest. */
function retarget(round: Round, target: number, calendars: Calendars): void {
  const tighter = target < round.target;
  round.target = target;
  if (round.consumed < target) round.reached = null;
  else if (!tighter) round.reached = whenReached(round, calendars);
  else round.reached ??= round.settled;
}

/** When the consumption so far reached the target. */
function whenReached(round: Round, calendars: Calendars): number {
  let left = round.target;
  for (const segment of round.segments) {
    if (segment.state !== 'running') continue;
    const calendar = calendarOf(segment, calendars);
    const worked = workingMs(calendar, segment.from, segment.to);
    const at = worked >= left ? dueMs(calendar, segment.from, left) : null;
    if (typeof at === 'number') return at;
    left -= worked;
  }
  return round.settled;
}

function turn(round: Round, state: LifeState, fact: ClockFact): void {
  round.state = state;
  round.since = fact;
}

function advance(round: Round, to: number, calendars: Calendars): void {
  if (to <= round.settled) return;
  const { settled: from, state, calendar_version_id, since } = round;
  round.segments.push({ from, to, state, calendar_version_id, since });
  if (state === 'running') {
    const calendar = calendarOf(round, calendars);
    const left = round.target - round.consumed;
    const worked = workingMs(calendar, from, to);
    if (round.reached === null && worked >= left) {
      const at = dueMs(calendar, from, left);
      round.reached = at instanceof Refusal ? to : at;
    }
    round.consumed += worked;
  }
  round.settled = to;
}

export function calendarOf(round: { calendar_version_id: string }, calendars: Calendars): CompiledCalendar {
  const calendar = calendars.get(round.calendar_version_id);
  if (!calendar) throw new Error(`calendar version ${round.calendar_version_id} was not loaded`);
  return calendar;
}

/**
 * When a round is due, in ms; null where that is open: paused, or stopped before it came due. For a round that
 * was met it is the time at which it would have been due.
 */
export function dueOf(round: Round, calendars: Calendars): number | null | Refusal {
  if (round.set) return round.set.due;
  if (round.reached !== null) return round.reached;
  if (round.state === 'paused' || round.state === 'stopped') return null;
  return dueMs(calendarOf(round, calendars), round.met ?? round.settled, round.target - round.consumed);
}

/** Working time used up until `now`, in ms. */
export function consumedAt(round: Round, calendars: Calendars, now: number): number {
  if (round.state !== 'running' || now <= round.settled) return round.consumed;
  return round.consumed + workingMs(calendarOf(round, calendars), round.settled, now);
}
