import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Visit, visitStates } from '#domain/visits/visit.ts';
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

const at = '2026-11-22T02:00:00.000Z';
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
  ['cancelled', 'work', 'log'],
  ['cancelled', 'sign', null],
];

for (const [state, open, act] of cases) {
  test(`with ${open} open, the big act of a visit that is ${state} is ${act ?? 'none'}`, () => {
    assert.equal(mainActAt({ state, signatures: [], arrived_at: at }, open), act);
  });
}

test('R27 a visit that is over still asks for the signature of its last day, whatever an earlier day’s was', () => {
  const day = (held: string[]) => ({
    ...{ departed_at: null, started_at: null },
    ...{ arrived_at: at, left_at: at, no_wrap_up_reason: null, held },
  });
  const signed = (id: string) => ({ id }) as Visit['signatures'][number];
  const asked = (visit: Partial<Visit>) =>
    mainActAt({ state: 'done', signatures: [signed('a')], arrived_at: at, ...visit }, 'sign');
  assert.equal(asked({ days: [day(['a'])] }), 'sign', 'nobody signed on the second day');
  assert.equal(asked({ days: [] }), null);
  assert.equal(asked({ days: [day([])] }), null, 'the second day’s stands');
  // Between two days it turned out that nobody need go again: the last day is the one that is over.
  assert.equal(asked({ days: [day(['a'])], arrived_at: null }), null);
  assert.equal(asked({ days: [day(['a']), day([])], arrived_at: null }), 'sign');
});
