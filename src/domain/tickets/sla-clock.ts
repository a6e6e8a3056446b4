import { z } from 'zod';
import { toleranceMs } from '../ground/device-time.ts';
import { fromMs, type Instant, toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { id, instant } from '../ground/text.ts';
import { type Calendars, consumedAt, dueOf, type Round, roundsOf } from './clock-life.ts';

export const clockKinds = ['first_response', 'next_update', 'resolution'] as const;
export type ClockKind = (typeof clockKinds)[number];

/** `at` is when it happened, corrected where a device's clock was wrong; `device_at` what that clock showed. */
const common = {
  at: instant,
  received_at: instant,
  device_at: instant.optional(),
  /** The device's time was not plausible and nobody has decided yet. */
  doubtful: z.boolean().optional(),
};

/** The life of a clock; everything shown of it is restated from these. Minutes are working minutes. */
export const clockFact = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('started'), ...common, minutes: z.number(), calendar_version_id: id }),
  z.strictObject({ kind: z.literal('paused'), ...common, waiting_for: z.string(), asked_of: z.string() }),
  z.strictObject({ kind: z.literal('resumed'), ...common }),
  z.strictObject({
    kind: z.literal('target'),
    ...common,
    minutes: z.number(),
    why: z.enum(['priority', 'contract', 'kind']),
    from: z.string().optional(),
    to: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('calendar'),
    ...common,
    calendar_version_id: id,
    why: z.enum(['contract', 'calendar_edited']),
  }),
  z.strictObject({ kind: z.literal('due_set'), ...common, due_at: instant }),
  z.strictObject({ kind: z.literal('met'), ...common }),
  z.strictObject({ kind: z.literal('stopped'), ...common }),
  z.strictObject({ kind: z.literal('reopened'), ...common }),
]);
export type ClockFact = z.infer<typeof clockFact>;

/** One run of the clock: due, actual and difference. */
export const clockRound = z.strictObject({
  started_at: instant,
  state: z.enum(['running', 'paused', 'met', 'stopped']),
  /** Null while paused, and when stopped before it came due; for a met clock when it would have been due. */
  due_at: instant.nullable(),
  met_at: instant.nullable(),
  target_minutes: z.number(),
  consumed_minutes: z.number(),
  remaining_minutes: z.number(),
  breached: z.boolean(),
  breached_at: instant.nullable(),
  /** Working minutes over the target, negative while there are some left; elapsed ones where a time was promised. */
  difference_minutes: z.number(),
});
export type ClockRound = z.infer<typeof clockRound>;

/** The present round with all before it: a clock of next updates starts anew with each update. */
export type ClockState = ClockRound & { earlier: ClockRound[] };

/**
 * What a clock says at `now`, from the facts of its life in whatever order they arrived. Consumption before a
 * change of target or calendar was counted under the old one, after it under the new. Pauses and the time between
 * met and reopened do not count. A promised exact time (`due_set`) is not moved by pauses or calendars.
 * Refusals: those of dueAfter. Throws when `calendars` lacks a version that a fact names.
 */
export function restate(
  facts: readonly ClockFact[],
  calendars: Calendars,
  now: Instant,
): ClockState | Refusal {
  const said: ClockRound[] = [];
  const rounds = roundsOf(facts, calendars);
  for (const [index, round] of rounds.entries()) {
    // A round that was left for the next one is over: it says what it said when that began.
    const until = rounds[index + 1]?.started ?? Math.max(toMs(now), round.started);
    const shown = showRound(round, calendars, until);
    if (shown instanceof Refusal) return shown;
    said.push(shown);
  }
  return { ...said.at(-1)!, earlier: said.slice(0, -1) };
}

function showRound(round: Round, calendars: Calendars, now: number): ClockRound | Refusal {
  const due = dueOf(round, calendars);
  if (due instanceof Refusal) return due;
  const target = round.set?.target ?? round.target;
  const consumed = consumedAt(round, calendars, now);
  // Exactly at the due instant is in time; who still has not done it then no longer can.
  const breached =
    due !== null &&
    (round.met !== null ? round.met > due : round.state !== 'stopped' ? now >= due : round.settled > due);
  const over = round.set && due !== null ? (round.met ?? now) - due : consumed - target;
  return {
    started_at: fromMs(round.started),
    state: round.state,
    due_at: due === null ? null : fromMs(due),
    met_at: round.met === null ? null : fromMs(round.met),
    target_minutes: Math.round(target / 60_000),
    consumed_minutes: Math.floor(consumed / 60_000),
    remaining_minutes: Math.max(0, Math.ceil((target - consumed) / 60_000)),
    breached,
    breached_at: breached ? fromMs(due) : null,
    difference_minutes: Math.ceil(over / 60_000) + 0,
  };
}

export const restatement = z.strictObject({
  /** When it was restated. */
  at: instant,
  /** Facts from offline, a lead's decision on a doubtful time, or an edited calendar. */
  cause: z.enum(['late_fact', 'time_decided', 'calendar_edited']),
  /** When the act behind it happened. */
  happened_at: instant,
  round_started_at: instant,
  from_due_at: instant.nullable(),
  to_due_at: instant.nullable(),
  from_met_at: instant.nullable(),
  to_met_at: instant.nullable(),
  from_breached: z.boolean(),
  to_breached: z.boolean(),
});
export type Restatement = z.infer<typeof restatement>;

/** What a clock says differently now: one entry for each round that changed, empty when none did. */
export function listRestatements(
  before: ClockState,
  after: ClockState,
  cause: Pick<Restatement, 'at' | 'cause' | 'happened_at'>,
): Restatement[] {
  const earlier = new Map([...before.earlier, before].map((round) => [round.started_at, round]));
  return [...after.earlier, after].flatMap((to) => {
    const from = earlier.get(to.started_at);
    if (!from || (from.due_at === to.due_at && from.met_at === to.met_at && from.breached === to.breached)) {
      return [];
    }
    return [
      {
        ...cause,
        round_started_at: to.started_at,
        from_due_at: from.due_at,
        to_due_at: to.due_at,
        from_met_at: from.met_at,
        to_met_at: to.met_at,
        from_breached: from.breached,
        to_breached: to.breached,
      },
    ];
  });
}

/**
 * An act of the past of which the clock hears only at `heard`, from a device that was offline or out of quarantine: it
 * restates, and is listed. What is heard within the tolerance of two clocks came in the ordinary way, and nothing was said
 * otherwise before.
 */
export function isLate(fact: ClockFact, heard: Instant): boolean {
  return toMs(heard) - toMs(fact.at) > toleranceMs;
}

/**
 * A lead has decided when a doubtful act happened: the facts with that device and receipt time take the decided
 * one. Restate before and after and list it as `time_decided`.
 */
export function decideTime(
  facts: readonly ClockFact[],
  decision: { device_at: Instant; received_at: Instant; decided_at: Instant },
): ClockFact[] {
  return facts.map((fact) => {
    if (fact.device_at !== decision.device_at || fact.received_at !== decision.received_at) return fact;
    const { doubtful: _settled, ...rest } = fact;
    return { ...rest, at: decision.decided_at };
  });
}
