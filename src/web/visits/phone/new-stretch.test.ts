import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry } from '#domain/visits/visit.ts';
import { newStretch } from './new-stretch.ts';

const on = (time: string) => `2026-11-23T${time}:00.000Z`;
const until = (ended_at: string | null) => ({ started_at: on('09:00'), ended_at }) as LogEntry;

type Case = [
  what: string,
  visit: { log: LogEntry[]; started_at: string | null },
  runs: boolean,
  now: string,
  stretch: [from: string, to: string | null],
];
const cases: Case[] = [
  [
    'the first one begins with the work',
    { log: [], started_at: on('09:00') },
    false,
    '10:00',
    ['09:00', '10:00'],
  ],
  [
    'the next one begins where the last ended',
    { log: [until(on('09:30'))], started_at: on('09:00') },
    false,
    '10:00',
    ['09:30', '10:00'],
  ],
  [
    'after what still runs from now on',
    { log: [until(null)], started_at: on('09:00') },
    false,
    '10:00',
    ['10:00', null],
  ],
  ['what is to run begins now', { log: [], started_at: on('09:00') }, true, '10:00', ['10:00', null]],
  ['before the work was begun, now', { log: [], started_at: null }, false, '10:00', ['10:00', '10:00']],
  [
    'a clock that was set back a little ends nothing before it began',
    { log: [until(on('10:01'))], started_at: on('09:00') },
    false,
    '10:00',
    ['10:01', '10:01'],
  ],
  ['nor the first one', { log: [], started_at: on('10:01') }, false, '10:00', ['10:01', '10:01']],
];

for (const [what, visit, runs, now, [from, to]] of cases) {
  test(`R23 a new entry of the log: ${what}`, () => {
    assert.deepEqual(newStretch(visit, { runs, now: on(now) }), {
      started_at: on(from),
      ended_at: to && on(to),
    });
  });
}
