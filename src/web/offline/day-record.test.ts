import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitPage } from '#domain/visits/views.ts';
import { byPlan, type Day, type DayPage, dayNow, dayPageOf, isDayTrue, timesOf } from './day-record.ts';

test('R28 a kept day is true until an act was done or refused that it does not know of', () => {
  const cases: [string, { last_order: number; refused: number[] }, boolean][] = [
    ['nothing since', { last_order: 7, refused: [3] }, true],
    ['what it knew went up', { last_order: 0, refused: [3] }, true],
    ['an act since', { last_order: 8, refused: [3] }, false],
    ['one was refused', { last_order: 7, refused: [3, 7] }, false],
    ['the refused one was dropped, or sent again', { last_order: 7, refused: [] }, false],
    ['one refused for another', { last_order: 7, refused: [7] }, false],
  ];
  for (const [what, now, isTrue] of cases)
    assert.equal(isDayTrue({ last_order: 7, refused: [3] }, now), isTrue, what);
});

const page = (planned_from: string, planned_to: string) =>
  ({ visit: { planned_from, planned_to } }) as DayPage;

test('the times kept with a day are those of the zone, over the change of its clocks too', () => {
  const zone = 'Europe/Berlin';
  const pages = [page('2026-10-24T22:30:00.000Z', '2026-10-25T22:30:00.000Z')];
  const times = timesOf(pages, zone, '2026-10-24T10:00:00.000Z');
  const walls = new Map(times.walls);
  assert.equal(walls.get('2026-10-24T22:30:00.000Z'), '2026-10-25T00:30');
  assert.equal(walls.get('2026-10-25T22:30:00.000Z'), '2026-10-25T23:30');
  assert.deepEqual(times.days.slice(0, 3), [
    '2026-10-23T22:00:00.000Z',
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ]);
  for (const day of times.days) assert.match(walls.get(day) ?? '', /T00:00$/);
});

test('which day it is is known for thirty days, and afterwards not guessed', () => {
  const { days, ...times } = timesOf([], 'Asia/Shanghai', '2026-11-28T15:59:00.000Z');
  const day = { ...times, days } as Day;
  assert.equal(dayNow(day, '2026-11-28T15:59:59.000Z'), '2026-11-27T16:00:00.000Z');
  assert.equal(dayNow(day, '2026-11-28T16:00:00.000Z'), '2026-11-28T16:00:00.000Z');
  // A clock that was set back, and a phone that lay in a drawer.
  assert.equal(dayNow(day, '2026-11-26T15:00:00.000Z'), null);
  assert.equal(dayNow(day, '2026-12-28T16:00:00.000Z'), null);
});

test('of a visit the day keeps what its screen says: who can be called, and what is not settled', () => {
  const contact = (id: string, phone: string | null) => ({
    ...{ id, name: '王丽娟', form_of_address: null, phone, roles: ['user'] },
  });
  const kept = (site: object | null) => {
    const visit = {
      id: 'v',
      goal: '换头',
      clashes: [
        { id: 'a', settled: null },
        { id: 'b', settled: {} },
      ],
    };
    const contacts = [contact('c', null), contact('d', ''), contact('e', '139')];
    const named = { customer: { name: '海雁', zone: 'x' }, ticket: { title: '卡', number: 1 } };
    return dayPageOf({ visit, about: { ...named, site, contacts } } as unknown as VisitPage);
  };
  const { visit, about } = kept(null);
  assert.deepEqual(
    visit.clashes.map(({ id }) => id),
    ['a'],
  );
  assert.deepEqual(about, {
    ...{ customer: { name: '海雁' }, ticket: { title: '卡' }, site: null },
    contacts: [{ id: 'e', name: '王丽娟', form_of_address: null, phone: '139' }],
  });
  const site = { name: '中山路店', address: '88 号', city: '云汀' };
  assert.deepEqual(kept({ ...site, zone: 'x', id: 's' }).about.site, site);
});

test('visits stand in the order of their plan; those of one minute always in the same', () => {
  const at = (id: string, planned_from: string) => ({ visit: { id, planned_from } }) as DayPage;
  const days = [at('b', '2026-11-23'), at('a', '2026-11-23'), at('z', '2026-11-22')];
  for (const order of [days, days.toReversed()])
    assert.equal(
      order
        .toSorted(byPlan)
        .map(({ visit }) => visit.id)
        .join(),
      'z,a,b',
    );
});
