import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitStates } from '#domain/visits/visit.ts';
import { mainActAt, presentStation, type Station, stations } from './stations.ts';

test('every state of a visit stands at a station of the path', () => {
  const at = visitStates.map((state) => presentStation({ state }));
  assert.ok(at.every((station) => stations.includes(station)));
  assert.deepEqual(
    ['dispatched', 'travelling', 'on_site', 'working', 'wrapped_up'].map((state) =>
      presentStation({ state: state as 'working' }),
    ),
    ['prepare', 'arrive', 'kick_off', 'work', 'sign'],
  );
});

const cases: [state: (typeof visitStates)[number], open: Station, act: string | null][] = [
  ['planned', 'prepare', null],
  ['dispatched', 'prepare', 'depart'],
  // Whoever forgot to say that they set off can still arrive.
  ['dispatched', 'arrive', 'arrive'],
  ['travelling', 'arrive', 'arrive'],
  ['on_site', 'kick_off', 'start'],
  ['on_site', 'work', 'start'],
  ['on_site', 'wrap_up', 'start'],
  ['working', 'work', 'log'],
  ['working', 'prepare', 'log'],
  ['working', 'wrap_up', 'wrap_up'],
  ['working', 'sign', 'sign'],
  ['wrapped_up', 'sign', 'sign'],
  ['wrapped_up', 'work', 'log'],
  ['wrapped_up', 'wrap_up', 'wrap_up'],
  ['signed', 'sign', 'leave'],
  ['signed', 'work', 'log'],
  // Who left without a signature can still bring it home.
  ['done', 'sign', 'sign'],
  // Hours are recorded afterwards too.
  ['done', 'work', 'log'],
  ['cancelled', 'work', null],
];

for (const [state, open, act] of cases) {
  test(`with ${open} open, the big act of a visit that is ${state} is ${act ?? 'none'}`, () => {
    assert.equal(mainActAt({ state, signatures: [] }, open), act);
  });
}
