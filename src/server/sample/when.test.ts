import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSampleIds } from './ids.ts';
import { dateOf, instantOf } from './when.ts';

// A Monday, half past two in the afternoon in Shanghai.
const now = '2026-11-23T06:30:00.000Z';
const cases = [
  ['25m', '2026-11-23T06:05:00.000Z'],
  ['2h10m', '2026-11-23T04:20:00.000Z'],
  ['+3h', '2026-11-23T09:30:00.000Z'],
  ['1d 20:15', '2026-11-22T12:15:00.000Z'],
  ['1w 09:10', '2026-11-20T01:10:00.000Z'],
  ['6w 09:10', '2026-11-13T01:10:00.000Z'],
  ['+1w 17:00', '2026-11-24T09:00:00.000Z'],
  ['+5w 17:00', '2026-11-30T09:00:00.000Z'],
  ['0w 08:00', '2026-11-23T00:00:00.000Z'],
] as const;
for (const [when, expected] of cases) {
  test(`the sample’s “${when}” on a Monday is ${expected}`, () => {
    assert.equal(instantOf(when, now), expected);
  });
}

test('a moment the sample cannot tell is a bug, not a guess', () => {
  assert.throws(() => instantOf('soon', now));
});

test('dates of the sample are dates in Shanghai', () => {
  assert.equal(dateOf(0, '2026-11-23T17:00:00.000Z'), '2026-11-24');
});

test('the sample’s ids are the same each time, one for a name, in the order of their first use', () => {
  const [one, other] = [makeSampleIds(), makeSampleIds()];
  const names = ['ticket till', 'message till 1', 'message till 2'];
  assert.deepEqual(names.map(one), names.map(other));
  assert.equal(one('ticket till'), one('ticket till'));
  assert.deepEqual([...names.map(one)].sort(), names.map(one));
});
