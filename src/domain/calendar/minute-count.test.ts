import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { Refusal } from '../ground/refusal.ts';
import { compileCalendar } from './compiled-calendar.ts';
import {
  type CalendarDefinition,
  calendarDefinition,
  type Shift,
  type WeekHours,
  weekdays,
} from './definition.ts';
import { dueWithSpans, workingMinutes } from './working-time.ts';

/*
 * The arithmetic against a count that knows nothing of it: every minute of three years is marked as working or
 * not, shift by shift as Temporal reads the wall clock, and then counted one by one.
 */
const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Chatham',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kathmandu',
];
const firstDay = Temporal.PlainDate.from('2025-12-25');
const days = 3 * 365 + 20;
const calendars = process.env.LONG === '1' ? 300 : 2 * zones.length;
const questions = process.env.LONG === '1' ? 60 : 20;

/** mulberry32: small, well spread, the same on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

type Random = ReturnType<typeof seeded>;

function randomShift(random: Random): Shift {
  const time = () => `${String(random(24)).padStart(2, '0')}:${String(random(4) * 15).padStart(2, '0')}`;
  // One in four touches the hours in which clocks are changed.
  const nightly = random(4) === 0;
  const start = nightly ? `0${random(4)}:${random(2) === 0 ? '00' : '30'}` : time();
  return [start, random(12) === 0 ? '24:00' : time()];
}

function randomCalendar(random: Random, zone: string): CalendarDefinition {
  const hours: WeekHours = {};
  for (const day of weekdays) {
    if (random(4) > 0) hours[day] = Array.from({ length: random(4) }, () => randomShift(random));
  }
  hours.wed ??= [randomShift(random)];
  const date = () => firstDay.add({ days: random(days) }).toString();
  return calendarDefinition.parse({
    zone,
    hours,
    off: Array.from({ length: random(60) }, date),
    workdays: Object.fromEntries(Array.from({ length: random(40) }, () => [date(), weekdays[random(7)]!])),
    restAnyway: random(4) === 0,
  });
}

const originMs = firstDay.toZonedDateTime('UTC').epochMilliseconds;
const minuteOf = (ms: number) => (ms - originMs) / 60_000;

function markMinutes(calendar: CalendarDefinition): Uint8Array {
  const marks = new Uint8Array((days + 4) * 1_440);
  for (let i = 0; i < days; i++) {
    const date = firstDay.add({ days: i });
    const text = date.toString();
    if (calendar.off.includes(text)) continue;
    const followed = calendar.restAnyway ? undefined : calendar.workdays[text];
    for (const [start, end] of calendar.hours[followed ?? weekdays[date.dayOfWeek - 1]!] ?? []) {
      const endDate = end === '24:00' || end <= start ? date.add({ days: 1 }) : date;
      const from = date.toZonedDateTime({ timeZone: calendar.zone, plainTime: start });
      const to = endDate.toZonedDateTime({
        timeZone: calendar.zone,
        plainTime: end === '24:00' ? '00:00' : end,
      });
      const [first, last] = [minuteOf(from.epochMilliseconds), minuteOf(to.epochMilliseconds)];
      for (let minute = Math.max(0, first); minute < last; minute++) marks[minute] = 1;
    }
  }
  return marks;
}

/** Counts minute by minute; undefined when the three years do not hold that many. */
function countDue(marks: Uint8Array, from: number, minutes: number) {
  const spans: [number, number][] = [];
  let left = minutes;
  for (let minute = from; left > 0; minute++) {
    if (minute >= (days - 2) * 1_440) return undefined;
    if (marks[minute] !== 1) continue;
    const last = spans.at(-1);
    if (last?.[1] === minute) last[1] = minute + 1;
    else spans.push([minute, minute + 1]);
    left -= 1;
  }
  return { due: spans.at(-1)?.[1] ?? from, spans };
}

describe('R7 working time against a minute-by-minute count over three years', () => {
  const instant = (minute: number) => new Date(originMs + minute * 60_000).toISOString();
  for (let seed = 1; seed <= calendars; seed++) {
    const zone = zones[seed % zones.length]!;
    it(`agrees for calendar ${seed} in ${zone}`, () => {
      const random = seeded(seed);
      const definition = randomCalendar(random, zone);
      const calendar = compileCalendar(definition);
      const marks = markMinutes(definition);
      let answered = 0;
      for (let n = 0; n < questions; n++) {
        // Night shifts of the days before the first are not marked: start behind them.
        const from = (3 + random(days - 60)) * 1_440 + random(1_440);
        const minutes = [0, random(60), random(600), random(5_000), random(50_000), random(400_000)][
          random(6)
        ]!;
        const counted = countDue(marks, from, minutes);
        if (!counted) continue;
        const result = dueWithSpans({ calendar, from: instant(from), minutes });
        const context = JSON.stringify({ definition, from: instant(from), minutes });
        assert.ok(!(result instanceof Refusal), context);
        assert.equal(result.due, instant(counted.due), context);
        assert.deepEqual(
          result.spans,
          counted.spans.map((span) => span.map(instant)),
          context,
        );
        const to = from + random(90 * 1_440);
        const present = marks.subarray(from, Math.min(to, (days - 2) * 1_440));
        const sum = present.reduce((total, mark) => total + mark, 0);
        const until = instant(from + present.length);
        assert.equal(workingMinutes({ calendar, from: instant(from), to: until }), sum, context);
        answered += 1;
      }
      assert.ok(answered > 0, 'some questions lie within the three years');
    });
  }
});
