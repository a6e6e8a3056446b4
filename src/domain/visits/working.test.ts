import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, entry, idOf, on, said, visitWith, 小吴, 林海 } from '#test/quiet-visit.ts';
import type { Instant } from '../ground/instant.ts';
import type { ActBody } from './commands.ts';
import { minutesByKind } from './time-by-kind.ts';
import type { Visit } from './visit.ts';
import { addFinding, addLog, addNote, addPromise } from './working.ts';

function bodyOf(changes: Partial<ActBody<'log'>>): ActBody<'log'> {
  const { by_id: _id, by_name: _name, at: _at, ...body } = entry(changes);
  return body;
}
const log = (changes: Partial<ActBody<'log'>>, visit = visitWith({ state: 'working' })) =>
  addLog(visit, bodyOf(changes), 林海);

type Case = [what: string, entry: Partial<ActBody<'log'>>, expected: string | null];
// It is noon; the visit is planned for nine of the same day.
const times: Case[] = [
  ['an hour of the morning is taken', {}, null],
  ['what still runs is taken', { ended_at: null }, null],
  ['no time at all is time', { started_at: on('11:00') }, null],
  ['an end before its beginning is refused', { started_at: on('11:01') }, 'visits.times_reversed'],
  ['five minutes ahead is an honest clock', { started_at: on('12:05'), ended_at: null }, null],
  ['six minutes ahead is not', { started_at: on('12:06'), ended_at: null }, 'visits.time_in_future'],
  ['nor is an end ahead', { ended_at: on('12:06') }, 'visits.time_in_future'],
  ['sixty days before the plan is believed', { started_at: '2026-09-24T09:00:00.000Z' }, null],
  ['a day more is not', { started_at: '2026-09-23T09:00:00.000Z' }, 'visits.time_too_old'],
  ['1970 is not', { started_at: '1970-01-01T00:00:00.000Z', ended_at: null }, 'visits.time_too_old'],
  [
    'waiting says for what and for whom',
    { kind: 'waiting', waiting_for: '钥匙', waiting_on_contact_id: 小吴 },
    null,
  ],
  ['waiting for nobody is refused', { kind: 'waiting', waiting_for: '钥匙' }, 'visits.waiting_needs_whom'],
  [
    'waiting for blanks is refused',
    { kind: 'waiting', waiting_for: ' ', waiting_on_contact_id: 小吴 },
    'visits.waiting_needs_whom',
  ],
];

describe('R23 the work log', () => {
  for (const [what, changes, expected] of times) {
    it(what, () => {
      const after = log(changes);
      if (expected) assert.equal(said(after), expected);
      else assert.equal((after as Visit).log.length, 1, String(said(after)));
    });
  }

  it('stands in the order of beginning, whatever came in first; the same entry twice is refused', () => {
    const first = log({ id: idOf(9), started_at: on('10:30') }) as Visit;
    const second = log({ id: idOf(8), started_at: on('09:30') }, first) as Visit;
    assert.deepEqual(
      second.log.map(({ id }) => id),
      [idOf(8), idOf(9)],
    );
    assert.equal(said(log({ id: idOf(9) }, second)), 'visits.entry_exists');
  });

  const spans: [kind: 'work' | 'waiting' | 'travel', from: Instant, to: Instant | null][] = [
    ['work', on('10:00'), on('11:00')],
    ['travel', on('08:30'), on('09:00')],
    ['work', on('11:30'), null],
  ];
  it('adds up by kind, in whole minutes, what still runs until now', () => {
    const entries = spans.map(([kind, started_at, ended_at], n) =>
      entry({ id: idOf(n), kind, started_at, ended_at }),
    );
    const minutes = minutesByKind({ log: entries }, on('12:00'));
    assert.deepEqual(minutes, [
      { kind: 'travel', minutes: 30 },
      { kind: 'work', minutes: 90 },
    ]);
  });
});

describe('what is noted beside the work', () => {
  const promise = { id: idOf(50), words: '送一根线', to_contact_id: null, owner_id: null, due_at: null };
  const finding = {
    id: idOf(60),
    what: '没有接地',
    risk: 'high' as const,
    standard: '',
    evidence: '',
    advice: '',
    cheaper_advice: '',
    obstacle: '',
    reaction: null,
    reaction_words: '',
    photos: [],
  };

  it('R9 a promise may lack all but its words; one that was due before it was made is refused', () => {
    const after = addPromise(visitWith(), promise, 林海) as Visit;
    assert.deepEqual(after.promises, [{ ...promise, state: 'open' }]);
    assert.equal(
      said(addPromise(visitWith(), { ...promise, due_at: on('12:00') }, 林海)),
      'promises.due_in_past',
    );
    assert.ok((addPromise(visitWith(), { ...promise, due_at: on('12:01') }, 林海) as Visit).promises.length);
  });

  it('stands in the order of ids, and is taken once', () => {
    const one = addNote(visitWith(), { id: idOf(72), body: '后来', photos: [] }, at('12:01')) as Visit;
    const two = addNote(one, { id: idOf(71), body: '先前', photos: [] }, at('12:02')) as Visit;
    assert.deepEqual(
      two.notes.map(({ body }) => body),
      ['先前', '后来'],
    );
    assert.equal(said(addNote(two, { id: idOf(71), body: '又来', photos: [] }, 林海)), 'visits.entry_exists');
    const found = addFinding(visitWith(), finding, 林海) as Visit;
    assert.equal(said(addFinding(found, finding, 林海)), 'visits.entry_exists');
    const promised = addPromise(visitWith(), promise, 林海) as Visit;
    assert.equal(said(addPromise(promised, promise, 林海)), 'visits.entry_exists');
  });
});
