import { dueMs } from '../calendar/working-time.ts';
import { fromMs, type Instant, toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { type Calendars, calendarOf, dueOf, type Round, roundsOf } from './clock-life.ts';
import type { ClockFact } from './sla-clock.ts';

/** Shares of the target, in percent of its working time, at which people are warned; 100 is the breach. */
export const warningShares: readonly number[] = [50, 75, 90];

export type NextCheck = {
  /** The highest share reached until now: 0, one of the shares, or 100 when breached. Warn when it has risen. */
  reached_share: number;
  /** When there is something to say again; null while paused and after the breach. */
  next_check_at: Instant | null;
  next_share: number | null;
};

/**
 * When a clock has to be looked at again, so that a tick reads only the rows that are due and not all that run.
 * Shares may be passed at once, when a raised priority leaves less time: `reached_share` then jumps.
 */
export function nextCheck(ask: {
  facts: readonly ClockFact[];
  calendars: Calendars;
  now: Instant;
  shares?: readonly number[];
}): NextCheck | Refusal {
  const round = roundsOf(ask.facts, ask.calendars).at(-1)!;
  const checks = listChecks(round, ask.calendars, ask.shares ?? warningShares);
  if (checks instanceof Refusal) return checks;
  const now = toMs(ask.now);
  const reached = checks.filter((check) => check.at <= now).at(-1)?.share ?? 0;
  const next = checks.find((check) => check.at > now && check.share > reached);
  return {
    reached_share: reached,
    next_check_at: next ? fromMs(next.at) : null,
    next_share: next?.share ?? null,
  };
}

function listChecks(
  round: Round,
  calendars: Calendars,
  shares: readonly number[],
): { share: number; at: number }[] | Refusal {
  if (round.state === 'met' || round.state === 'stopped') return [];
  const due = dueOf(round, calendars);
  if (due instanceof Refusal) return due;
  const checks: { share: number; at: number }[] = [];
  for (const share of shares) {
    const at = instantOfShare(round, calendars, share);
    if (at instanceof Refusal) return at;
    if (at !== null && (due === null || at < due)) checks.push({ share, at });
  }
  if (due !== null) checks.push({ share: 100, at: due });
  return checks;
}

/** For a promised time the shares are those of the working time from the promise on. */
function instantOfShare(round: Round, calendars: Calendars, share: number): number | null | Refusal {
  const calendar = calendarOf(round, calendars);
  if (round.set) {
    return round.set.window > 0 ? dueMs(calendar, round.set.at, (round.set.window * share) / 100) : null;
  }
  const wanted = (round.target * share) / 100;
  if (round.consumed >= wanted) return round.settled;
  return round.state === 'paused' ? null : dueMs(calendar, round.settled, wanted - round.consumed);
}
