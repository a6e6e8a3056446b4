import { fromMs, type Instant, toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { type CompiledCalendar, type MsSpan, mergeSpans } from './compiled-calendar.ts';
import { dayMs } from './zone-rules.ts';

/** How far ahead working time is looked for: a due date beyond it is a mistake in the calendar or the target. */
export const horizonYears = 50;
const horizonMs = horizonYears * 366 * dayMs;
const earliestMs = Date.UTC(1900, 0, 1);
const latestMs = Date.UTC(2200, 0, 1);

/** From and to, to excluded. */
export type Span = readonly [Instant, Instant];
export type Due = { due: Instant; spans: Span[] };

/**
 * The earliest instant at which `minutes` of working time have passed since `from`: at the end of a shift that
 * end itself, not the next start; for 0 minutes `from` itself. Minutes are elapsed minutes, also where clocks
 * are changed. Refuses `calendar.no_working_time`, `calendar.beyond_horizon` (more than 50 years ahead) and
 * `calendar.out_of_range` (before 1900 or after 2199).
 */
export function dueAfter(ask: {
  calendar: CompiledCalendar;
  from: Instant;
  minutes: number;
}): Instant | Refusal {
  const due = dueMs(ask.calendar, toMs(ask.from), Math.round(ask.minutes * 60_000));
  return due instanceof Refusal ? due : fromMs(due);
}

/** Like dueAfter, with the working spans that are used up from `from` to the due instant. */
export function dueWithSpans(ask: {
  calendar: CompiledCalendar;
  from: Instant;
  minutes: number;
}): Due | Refusal {
  const due = dueAfter(ask);
  if (due instanceof Refusal) return due;
  return { due, spans: workingSpans({ calendar: ask.calendar, from: ask.from, to: due }) };
}

/** Working minutes from `from` to `to`, a fraction where an end is not on a minute; 0 when `to` is earlier. */
export function workingMinutes(ask: { calendar: CompiledCalendar; from: Instant; to: Instant }): number {
  return workingMs(ask.calendar, toMs(ask.from), toMs(ask.to)) / 60_000;
}

/** Working time between two instants, in order, touching and overlapping shifts joined. */
export function workingSpans(ask: { calendar: CompiledCalendar; from: Instant; to: Instant }): Span[] {
  return listSpansMs(ask.calendar, toMs(ask.from), toMs(ask.to)).map(([start, end]) => [
    fromMs(start),
    fromMs(end),
  ]);
}

/** dueAfter in ms. */
export function dueMs(calendar: CompiledCalendar, from: number, duration: number): number | Refusal {
  if (!(from >= earliestMs && from < latestMs)) return new Refusal('invalid', 'calendar.out_of_range');
  if (duration <= 0) return from;
  if (calendar.isEmpty) return new Refusal('invalid', 'calendar.no_working_time');
  const horizon = Math.min(from + horizonMs, latestMs);
  let left = duration;
  for (const [start, end] of walkSpans(calendar, from, horizon)) {
    if (end - start >= left) return start + left;
    left -= end - start;
  }
  return new Refusal('invalid', 'calendar.beyond_horizon', { years: horizonYears });
}

/** workingMinutes in ms. */
export function workingMs(calendar: CompiledCalendar, from: number, to: number): number {
  let sum = 0;
  for (const [start, end] of walkSpans(calendar, from, to)) sum += end - start;
  return sum;
}

export function listSpansMs(calendar: CompiledCalendar, from: number, to: number): MsSpan[] {
  return mergeSpans([...walkSpans(calendar, from, to)]);
}

/**
 * Working spans between two instants, in order, apart from each other, cut at both ends. Goes by blocks of days
 * that grow, as most questions end within days and a few run over years. A span that reaches beyond what the
 * block has settled comes in two touching pieces, so that one who works round the clock is not a single span
 * as long as the horizon.
 */
function* walkSpans(calendar: CompiledCalendar, from: number, to: number): Generator<MsSpan> {
  if (!(from < to) || calendar.isEmpty) return;
  const lastDay = calendar.zone.dayOf(to);
  // Two days back: a shift lasts at most a day, and clocks may be moved by a day (Samoa 2011).
  let day = calendar.zone.dayOf(from) - 2;
  let waiting: MsSpan[] = [];
  for (let size = 4; day <= lastDay; size = Math.min(size * 2, 64)) {
    const spans = waiting;
    for (const blockEnd = Math.min(day + size - 1, lastDay); day <= blockEnd; day++) {
      spans.push(...calendar.shiftsOn(day));
    }
    // No later block has a shift before this: its first midnight, less the widest offset and a gap of a day.
    const settled = day > lastDay ? Infinity : (day - 2) * dayMs;
    waiting = [];
    for (const [start, end] of mergeSpans(spans)) {
      if (end > settled) waiting.push([Math.max(start, settled), end]);
      const piece: MsSpan = [Math.max(start, from), Math.min(end, settled, to)];
      if (piece[0] < piece[1]) yield piece;
    }
  }
}
