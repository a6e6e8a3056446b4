import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Refusal } from '../ground/refusal.ts';
import { compileCalendar } from './compiled-calendar.ts';
import { calendarDefinition } from './definition.ts';
import { dueWithSpans, workingMinutes } from './working-time.ts';

const office = {
  mon: [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
  tue: [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
  wed: [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
  thu: [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
  fri: [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
};
const shanghai = { zone: 'Asia/Shanghai', hours: office };
const everyDay = (...shifts: [string, string][]) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, shifts]));

function due(calendar: unknown, from: string, minutes: number) {
  const compiled = compileCalendar(calendarDefinition.parse(calendar));
  const result = dueWithSpans({ calendar: compiled, from: new Date(from).toISOString(), minutes });
  if (result instanceof Refusal) return result.code;
  const sum = result.spans.reduce((total, [start, end]) => total + Date.parse(end) - Date.parse(start), 0);
  assert.equal(sum, minutes * 60_000, 'the spans add up to the minutes asked for');
  assert.equal(
    workingMinutes({ calendar: compiled, from: new Date(from).toISOString(), to: result.due }),
    minutes,
  );
  return [
    result.due.replace(':00.000Z', 'Z'),
    ...result.spans.flat().map((at) => at.replace(':00.000Z', 'Z')),
  ];
}

type Case = [what: string, calendar: unknown, from: string, minutes: number, expected: string | string[]];

// 2026-11-20 is a Friday. Shanghai is UTC+8 all year.
const cases: Case[] = [
  [
    'within one shift',
    shanghai,
    '2026-11-20T09:10:00+08:00',
    60,
    ['2026-11-20T02:10Z', '2026-11-20T01:10Z', '2026-11-20T02:10Z'],
  ],
  [
    'over the noon break',
    shanghai,
    '2026-11-20T11:00:00+08:00',
    90,
    ['2026-11-20T06:00Z', '2026-11-20T03:00Z', '2026-11-20T04:00Z', '2026-11-20T05:30Z', '2026-11-20T06:00Z'],
  ],
  [
    'minutes that end with a shift are due at its end, not at the next start',
    shanghai,
    '2026-11-20T11:00:00+08:00',
    60,
    ['2026-11-20T04:00Z', '2026-11-20T03:00Z', '2026-11-20T04:00Z'],
  ],
  [
    'no minutes are due at once, even at night',
    shanghai,
    '2026-11-20T23:00:00+08:00',
    0,
    ['2026-11-20T15:00Z'],
  ],
  [
    'over the weekend',
    shanghai,
    '2026-11-20T17:30:00+08:00',
    60,
    ['2026-11-23T01:30Z', '2026-11-20T09:30Z', '2026-11-20T10:00Z', '2026-11-23T01:00Z', '2026-11-23T01:30Z'],
  ],
  [
    'an off day is passed over',
    { ...shanghai, off: ['2026-11-23'] },
    '2026-11-20T17:30:00+08:00',
    31,
    ['2026-11-24T01:01Z', '2026-11-20T09:30Z', '2026-11-20T10:00Z', '2026-11-24T01:00Z', '2026-11-24T01:01Z'],
  ],
  [
    'a make-up Saturday follows the Friday named',
    { ...shanghai, workdays: { '2026-11-21': 'fri' } },
    '2026-11-20T18:00:00+08:00',
    60,
    ['2026-11-21T02:00Z', '2026-11-21T01:00Z', '2026-11-21T02:00Z'],
  ],
  [
    'who rests anyway has no make-up Saturday',
    { ...shanghai, workdays: { '2026-11-21': 'fri' }, restAnyway: true },
    '2026-11-20T18:00:00+08:00',
    60,
    ['2026-11-23T02:00Z', '2026-11-23T01:00Z', '2026-11-23T02:00Z'],
  ],
  [
    'a date both off and a make-up workday is off',
    { ...shanghai, off: ['2026-11-21'], workdays: { '2026-11-21': 'fri' } },
    '2026-11-20T18:00:00+08:00',
    60,
    ['2026-11-23T02:00Z', '2026-11-23T01:00Z', '2026-11-23T02:00Z'],
  ],
  [
    'a night shift belongs to the day it starts on',
    { zone: 'Asia/Shanghai', hours: { sat: [['22:00', '06:00']] } },
    '2026-11-22T01:00:00+08:00',
    120,
    ['2026-11-21T19:00Z', '2026-11-21T17:00Z', '2026-11-21T19:00Z'],
  ],
  [
    'an off Saturday takes its night shift whole, also after midnight',
    { zone: 'Asia/Shanghai', hours: { sat: [['22:00', '06:00']] }, off: ['2026-11-21'] },
    '2026-11-22T01:00:00+08:00',
    60,
    ['2026-11-28T15:00Z', '2026-11-28T14:00Z', '2026-11-28T15:00Z'],
  ],
  [
    'an off Sunday leaves the night shift that Saturday began',
    { zone: 'Asia/Shanghai', hours: { sat: [['22:00', '06:00']] }, off: ['2026-11-22'] },
    '2026-11-22T01:00:00+08:00',
    60,
    ['2026-11-21T18:00Z', '2026-11-21T17:00Z', '2026-11-21T18:00Z'],
  ],
  [
    "yesterday's night shift and this morning's overlap and count once",
    { zone: 'Asia/Shanghai', hours: { sat: [['22:00', '06:00']], sun: [['05:00', '08:00']] } },
    '2026-11-21T22:00:00+08:00',
    600,
    ['2026-11-22T00:00Z', '2026-11-21T14:00Z', '2026-11-22T00:00Z'],
  ],
  [
    'shifts that touch are one span',
    {
      zone: 'UTC',
      hours: {
        fri: [
          ['12:00', '14:00'],
          ['09:00', '12:00'],
        ],
      },
    },
    '2026-11-20T00:00:00Z',
    300,
    ['2026-11-20T14:00Z', '2026-11-20T09:00Z', '2026-11-20T14:00Z'],
  ],
  [
    'equal start and end are a whole day',
    { zone: 'UTC', hours: { fri: [['09:00', '09:00']] } },
    '2026-11-20T00:00:00Z',
    1_440,
    ['2026-11-21T09:00Z', '2026-11-20T09:00Z', '2026-11-21T09:00Z'],
  ],
  [
    'round the clock is one span',
    { zone: 'America/New_York', hours: everyDay(['00:00', '24:00']) },
    '2026-10-30T00:00:00Z',
    200_000,
    ['2027-03-17T21:20Z', '2026-10-30T00:00Z', '2027-03-17T21:20Z'],
  ],
  [
    'the night of the spring change has an hour less',
    { zone: 'America/New_York', hours: { sat: [['22:00', '06:00']] } },
    '2026-03-07T22:00:00-05:00',
    420,
    ['2026-03-08T10:00Z', '2026-03-08T03:00Z', '2026-03-08T10:00Z'],
  ],
  [
    'the night of the autumn change has an hour more',
    { zone: 'America/New_York', hours: { sat: [['22:00', '06:00']] } },
    '2026-10-31T22:00:00-04:00',
    540,
    ['2026-11-01T11:00Z', '2026-11-01T02:00Z', '2026-11-01T11:00Z'],
  ],
  [
    'a start left out in spring is moved on by the gap',
    { zone: 'America/New_York', hours: { sun: [['02:30', '05:00']] } },
    '2026-03-08T00:00:00-05:00',
    90,
    ['2026-03-08T09:00Z', '2026-03-08T07:30Z', '2026-03-08T09:00Z'],
  ],
  [
    'a shift that the spring change swallows is none',
    { zone: 'America/New_York', hours: { sun: [['02:30', '03:15']] } },
    '2026-03-08T00:00:00-05:00',
    45,
    ['2026-03-15T07:15Z', '2026-03-15T06:30Z', '2026-03-15T07:15Z'],
  ],
  [
    'a doubled start and a doubled end are the first ones',
    { zone: 'America/New_York', hours: { sun: [['00:30', '01:30']] } },
    '2026-11-01T00:00:00-04:00',
    60,
    ['2026-11-01T05:30Z', '2026-11-01T04:30Z', '2026-11-01T05:30Z'],
  ],
  [
    'half an hour of summer time on Lord Howe',
    { zone: 'Australia/Lord_Howe', hours: { sat: [['22:00', '06:00']] } },
    '2026-10-03T22:00:00+10:30',
    450,
    ['2026-10-03T19:00Z', '2026-10-03T11:30Z', '2026-10-03T19:00Z'],
  ],
  [
    'seconds count',
    { zone: 'UTC', hours: { fri: [['09:00', '12:00']] } },
    '2026-11-20T09:00:30Z',
    1,
    ['2026-11-20T09:01:30.000Z', '2026-11-20T09:00:30.000Z', '2026-11-20T09:01:30.000Z'],
  ],
  [
    'a calendar without hours has no working time',
    { zone: 'UTC', hours: {}, workdays: { '2026-11-21': 'fri' } },
    '2026-11-20T00:00:00Z',
    1,
    'calendar.no_working_time',
  ],
  [
    'fifty years are the horizon',
    { zone: 'UTC', hours: { fri: [['09:00', '09:01']] } },
    '2026-11-20T00:00:00Z',
    2_700,
    'calendar.beyond_horizon',
  ],
  ['far past and far future are refused', shanghai, '0999-11-20T00:00:00Z', 1, 'calendar.out_of_range'],
];

describe('R7 working time', () => {
  for (const [what, calendar, from, minutes, expected] of cases) {
    it(what, () => assert.deepEqual(due(calendar, from, minutes), expected));
  }

  it('follows 2026 as announced: National Day is off, the make-up Saturday follows Friday', () => {
    const calendar = {
      ...shanghai,
      off: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
      workdays: { '2026-09-20': 'mon', '2026-10-10': 'fri' },
    };
    assert.deepEqual(due(calendar, '2026-09-30T17:00:00+08:00', 60 + 450 * 2 + 30), [
      '2026-10-10T01:30Z',
      '2026-09-30T09:00Z',
      '2026-09-30T10:00Z',
      '2026-10-08T01:00Z',
      '2026-10-08T04:00Z',
      '2026-10-08T05:30Z',
      '2026-10-08T10:00Z',
      '2026-10-09T01:00Z',
      '2026-10-09T04:00Z',
      '2026-10-09T05:30Z',
      '2026-10-09T10:00Z',
      '2026-10-10T01:00Z',
      '2026-10-10T01:30Z',
    ]);
  });
});

describe('R7 calendar definition', () => {
  const refused: [string, unknown][] = [
    ['an unknown zone', { zone: 'Mars/Olympus', hours: {} }],
    ['an unknown weekday', { zone: 'UTC', hours: { funday: [] } }],
    ['a time that no clock shows', { zone: 'UTC', hours: { mon: [['09:60', '12:00']] } }],
    ['24:00 as a start', { zone: 'UTC', hours: { mon: [['24:00', '12:00']] } }],
    ['a date that does not exist', { zone: 'UTC', hours: {}, off: ['2026-02-29'] }],
    [
      'a make-up day that follows no weekday',
      { zone: 'UTC', hours: {}, workdays: { '2026-02-28': 'holiday' } },
    ],
    ['a field it does not know', { zone: 'UTC', hours: {}, rest_anyway: true }],
  ];
  for (const [what, definition] of refused) {
    it(`refuses ${what}`, () => assert.equal(calendarDefinition.safeParse(definition).success, false));
  }
});
