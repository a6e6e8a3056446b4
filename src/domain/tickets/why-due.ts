import { z } from 'zod';
import { type CompiledCalendar, dateOfDay, weekdayOfDay } from '../calendar/compiled-calendar.ts';
import { weekday } from '../calendar/definition.ts';
import { type DayNames, missingYears } from '../calendar/plan.ts';
import { listSpansMs } from '../calendar/working-time.ts';
import { dayMs } from '../calendar/zone-rules.ts';
import { fromMs, type Instant, toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { id, instant, plainDate } from '../ground/text.ts';
import { type Calendars, calendarOf, dueOf, type Round, roundsOf, type Segment } from './clock-life.ts';
import { type ClockFact, clockFact, clockKinds, restatement } from './sla-clock.ts';

/** Why a stretch of time counts or does not. Names are the announced ones, `null` where a day is the calendar's own. */
export const why = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('shift'), shift_on: plainDate }),
  z.strictObject({
    code: z.literal('make_up_shift'),
    shift_on: plainDate,
    follows: weekday,
    name: z.string().nullable(),
  }),
  z.strictObject({ code: z.enum(['before_hours', 'between_hours', 'after_hours', 'rest_day']) }),
  z.strictObject({ code: z.enum(['holiday', 'rests_anyway']), name: z.string().nullable() }),
  z.strictObject({ code: z.literal('waiting'), waiting_for: z.string(), asked_of: z.string() }),
  z.strictObject({ code: z.enum(['met', 'stopped']) }),
]);
export type Why = z.infer<typeof why>;

export const explainedPiece = z.strictObject({
  from: instant,
  to: instant,
  kind: z.enum(['working', 'free', 'paused', 'ended']),
  /** Minutes that the clock counts in it; 0 for all but `working`. */
  counted_minutes: z.number().int(),
  /** Not yet past: this is how it goes on from now until it is due. */
  ahead: z.boolean(),
  why,
});
export type ExplainedPiece = z.infer<typeof explainedPiece>;

/** A day, or several in a row of which there is one thing to say. */
export const explainedDay = z.strictObject({
  from_date: plainDate,
  to_date: plainDate,
  zone: z.string(),
  counted_minutes: z.number().int(),
  /** Counted from the start until the end of this day. */
  total_minutes: z.number().int(),
  pieces: z.array(explainedPiece),
});
export type ExplainedDay = z.infer<typeof explainedDay>;

export const explanation = z.strictObject({
  state: z.enum(['running', 'paused', 'met', 'stopped']),
  now: instant,
  started_at: instant,
  due_at: instant.nullable(),
  met_at: instant.nullable(),
  target_minutes: z.number().int(),
  /** What made it due then: the target in working time, a time somebody promised, or a tighter target used up already. */
  due_by: z.enum(['working_time', 'promised_time', 'tighter_target', 'open']),
  calendar_name: z.string(),
  zone: z.string(),
  days: z.array(explainedDay),
  /** More days than are given (400 rows). */
  shortened: z.boolean(),
  /** What happened to the clock, in the order in which it happened. */
  facts: z.array(clockFact),
  /** Names of the calendar versions that the facts speak of. */
  calendar_names: z.record(id, z.string()),
  /** Years on the way whose holidays are not known, so that the due time may still move. */
  unknown_years: z.array(z.number().int()),
});
export type Explanation = z.infer<typeof explanation>;

/** The answer of `tickets.explain_clock`. */
export const explainClock = {
  params: z.strictObject({ id, kind: z.enum(clockKinds) }),
  result: explanation.extend({ kind: z.enum(clockKinds), restatements: z.array(restatement) }),
};
export type ClockExplanation = z.infer<typeof explainClock.result>;

/** What is said of a calendar version besides its definition. */
export type CalendarNotes = {
  name: string;
  day_names: DayNames;
  /** Null for a calendar without a region, which has no holidays to know. */
  complete_years: readonly number[] | null;
};

const mostRows = 400;

/**
 * "Why is it due then?" for the present round of a clock: every span from its start to the due time (to `now`
 * while that is open), by days of the calendar's zone, each with its reason. Refusals: those of dueAfter.
 */
export function explainDue(ask: {
  facts: readonly ClockFact[];
  calendars: Calendars;
  notes: ReadonlyMap<string, CalendarNotes>;
  now: Instant;
}): Explanation | Refusal {
  const { calendars, notes } = ask;
  const round = roundsOf(ask.facts, calendars).at(-1)!;
  const due = dueOf(round, calendars);
  if (due instanceof Refusal) return due;
  const now = toMs(ask.now);
  const end = due ?? (round.state === 'stopped' ? round.settled : Math.max(now, round.settled));
  const rows = collapse(listDays({ segments: segmentsUntil(round, end), calendars, notes, now }));
  const present = notesOf(notes, round.calendar_version_id);
  return {
    state: round.state,
    now: ask.now,
    started_at: fromMs(round.started),
    due_at: due === null ? null : fromMs(due),
    met_at: round.met === null ? null : fromMs(round.met),
    target_minutes: Math.round((round.set?.target ?? round.target) / 60_000),
    due_by: dueBy(round, due),
    calendar_name: present.name,
    zone: calendarOf(round, calendars).definition.zone,
    days: rows.slice(0, mostRows),
    shortened: rows.length > mostRows,
    facts: round.facts,
    calendar_names: Object.fromEntries(
      round.facts.flatMap((fact) =>
        'calendar_version_id' in fact
          ? [[fact.calendar_version_id, notesOf(notes, fact.calendar_version_id).name]]
          : [],
      ),
    ),
    unknown_years: unknownYears(present, round.started, end),
  };
}

function notesOf(notes: ReadonlyMap<string, CalendarNotes>, version: string): CalendarNotes {
  return notes.get(version) ?? { name: '', day_names: {}, complete_years: null };
}

function dueBy(round: Round, due: number | null): Explanation['due_by'] {
  if (due === null) return 'open';
  if (round.set) return 'promised_time';
  const change = round.facts.find((fact) => fact.kind === 'target' && toMs(fact.at) === due);
  return change && round.reached === due && round.consumed >= round.target
    ? 'tighter_target'
    : 'working_time';
}

function unknownYears({ complete_years }: CalendarNotes, from: number, to: number): number[] {
  if (!complete_years) return [];
  const start = `${fromMs(from).slice(0, 4)}-01-01T00:00:00.000Z`;
  return missingYears({ complete_years, now: start, reaches_to: fromMs(to) });
}

/** Up to `end`; what a met clock had left, and what lies ahead, is told as if it ran on. */
function segmentsUntil(round: Round, end: number): Segment[] {
  const over = round.met ?? round.settled;
  const lived = round.segments.filter((segment) => segment.from < Math.min(over, end));
  const rest: Segment = {
    from: over,
    to: end,
    state: round.state === 'met' ? 'running' : round.state,
    calendar_version_id: round.calendar_version_id,
    since: round.since,
  };
  return [...lived, rest]
    .map((segment) => ({ ...segment, to: Math.min(segment.to, end) }))
    .filter((segment) => segment.from < segment.to);
}

type Listing = {
  segments: readonly Segment[];
  calendars: Calendars;
  notes: ReadonlyMap<string, CalendarNotes>;
  now: number;
};

function listDays({ segments, calendars, notes, now }: Listing): ExplainedDay[] {
  const days: ExplainedDay[] = [];
  let total = 0;
  for (const segment of segments) {
    const calendar = calendarOf(segment, calendars);
    const names = notesOf(notes, segment.calendar_version_id).day_names;
    const { zone } = calendar;
    for (let at = segment.from; at < segment.to; ) {
      const day = zone.dayOf(at);
      // Where clocks skip midnight the day ends later than its own start says; it never ends before `at`.
      const to = Math.min(segment.to, Math.max(zone.instantOf((day + 1) * dayMs), at + 1));
      for (const piece of piecesOf({ calendar, names, segment, day, from: at, to, now })) {
        if (piece.kind === 'working') {
          const before = Math.floor(total / 60_000);
          total += piece.to - piece.from;
          add(days, day, calendar, { ...piece, counted: Math.floor(total / 60_000) - before, total });
        } else add(days, day, calendar, { ...piece, counted: 0, total });
      }
      at = to;
    }
  }
  return days;
}

type Piece = { from: number; to: number; kind: ExplainedPiece['kind']; ahead: boolean; why: Why };

function add(
  days: ExplainedDay[],
  day: number,
  calendar: CompiledCalendar,
  piece: Piece & { counted: number; total: number },
): void {
  const date = dateOfDay(day);
  const zone = calendar.definition.zone;
  let row = days.at(-1);
  if (row?.from_date !== date || row.zone !== zone) {
    row = { from_date: date, to_date: date, zone, counted_minutes: 0, total_minutes: 0, pieces: [] };
    days.push(row);
  }
  row.counted_minutes += piece.counted;
  row.total_minutes = Math.floor(piece.total / 60_000);
  row.pieces.push({
    from: fromMs(piece.from),
    to: fromMs(piece.to),
    kind: piece.kind,
    counted_minutes: piece.counted,
    ahead: piece.ahead,
    why: piece.why,
  });
}

type Stretch = {
  calendar: CompiledCalendar;
  names: DayNames;
  segment: Segment;
  day: number;
  from: number;
  to: number;
  now: number;
};

/** The pieces of one day's stretch, cut once more at `now`. */
function piecesOf(stretch: Stretch): Piece[] {
  const { segment, from, to, now } = stretch;
  const pieces = segment.state === 'running' ? countedPieces(stretch) : [standing(segment, from, to)];
  return pieces.flatMap((piece) =>
    piece.from < now && now < piece.to
      ? [
          { ...piece, to: now, ahead: false },
          { ...piece, from: now, ahead: true },
        ]
      : [{ ...piece, ahead: piece.from >= now }],
  );
}

function standing({ state, since }: Segment, from: number, to: number): Piece {
  if (state === 'paused' && since.kind === 'paused') {
    const { waiting_for, asked_of } = since;
    return { from, to, kind: 'paused', ahead: false, why: { code: 'waiting', waiting_for, asked_of } };
  }
  return { from, to, kind: 'ended', ahead: false, why: { code: state === 'met' ? 'met' : 'stopped' } };
}

function countedPieces(stretch: Stretch): Piece[] {
  const { calendar, from, to } = stretch;
  const pieces: Piece[] = [];
  let at = from;
  for (const [start, end] of listSpansMs(calendar, from, to)) {
    if (at < start)
      pieces.push({ from: at, to: start, kind: 'free', ahead: false, why: whyFree(stretch, at) });
    pieces.push({ from: start, to: end, kind: 'working', ahead: false, why: whyWorking(stretch, start) });
    at = end;
  }
  if (at < to) pieces.push({ from: at, to, kind: 'free', ahead: false, why: whyFree(stretch, at) });
  return pieces;
}

/** A shift belongs to the day it starts on: in the morning it may be last night's. */
function whyWorking({ calendar, names, day }: Stretch, at: number): Why {
  const has = (one: number) => calendar.shiftsOn(one).some(([start, end]) => start <= at && at < end);
  const shiftDay = !has(day) && has(day - 1) ? day - 1 : day;
  const shift_on = dateOfDay(shiftDay);
  const follows = calendar.followedOn(shiftDay);
  return follows
    ? { code: 'make_up_shift', shift_on, follows, name: names[shift_on] ?? null }
    : { code: 'shift', shift_on };
}

function whyFree({ calendar, names, day }: Stretch, at: number): Why {
  const date = dateOfDay(day);
  if (calendar.isOff(day)) return { code: 'holiday', name: names[date] ?? null };
  const shifts = calendar.shiftsOn(day);
  const { restAnyway, workdays, hours } = calendar.definition;
  if (shifts.length === 0) {
    const skipped = restAnyway && date in workdays && (hours[weekdayOfDay(day)] ?? []).length === 0;
    return skipped ? { code: 'rests_anyway', name: names[date] ?? null } : { code: 'rest_day' };
  }
  if (at < shifts[0]![0]) return { code: 'before_hours' };
  return { code: at >= shifts.at(-1)![1] ? 'after_hours' : 'between_hours' };
}

/** Joins days of which the same is to be said: a weekend, a week of holidays, days of waiting. */
function collapse(days: readonly ExplainedDay[]): ExplainedDay[] {
  const rows: ExplainedDay[] = [];
  for (const day of days) {
    const last = rows.at(-1);
    const [piece] = day.pieces;
    const [before] = last?.pieces ?? [];
    const alike =
      last?.pieces.length === 1 &&
      day.pieces.length === 1 &&
      piece &&
      before &&
      piece.kind !== 'working' &&
      piece.ahead === before.ahead &&
      last.zone === day.zone &&
      JSON.stringify(piece.why) === JSON.stringify(before.why);
    if (alike) {
      last.to_date = day.to_date;
      before.to = piece.to;
    } else rows.push(day);
  }
  return rows;
}
