import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { on } from '#test/quiet-visit.ts';
import { refuseOverlap } from './overlapping.ts';

const other = { id: 'b', number: 102, planned_from: on('10:00'), planned_to: on('12:00') };
type Case = [what: string, from: string, to: string, expected: string | null];
const cases: Case[] = [
  ['before it', '08:00', '09:00', null],
  ['touching its beginning', '08:00', '10:00', null],
  ['a minute into it', '08:00', '10:01', 'visits.overlap'],
  ['within it', '10:30', '11:00', 'visits.overlap'],
  ['around it', '09:00', '13:00', 'visits.overlap'],
  ['just the same', '10:00', '12:00', 'visits.overlap'],
  ['a minute before its end', '11:59', '14:00', 'visits.overlap'],
  ['touching its end', '12:00', '14:00', null],
  ['after it', '13:00', '14:00', null],
  ['of no length', '13:00', '13:00', 'visits.times_reversed'],
  ['the wrong way round', '14:00', '13:00', 'visits.times_reversed'],
];

describe('R20 a span beside another one from ten to twelve', () => {
  for (const [what, from, to, expected] of cases) {
    it(`${what}: ${expected ?? 'fine'}`, () => {
      const refused = refuseOverlap({ id: 'a', planned_from: on(from), planned_to: on(to) }, [other]);
      assert.equal(refused?.code ?? null, expected);
      if (expected === 'visits.overlap') assert.equal(refused?.params.number, 102);
    });
  }

  it('is no hindrance to itself, and free where there is no other', () => {
    assert.equal(
      refuseOverlap({ id: 'b', planned_from: on('11:00'), planned_to: on('13:00') }, [other]),
      null,
    );
    assert.equal(refuseOverlap({ id: 'a', planned_from: on('11:00'), planned_to: on('13:00') }, []), null);
  });
});
