import assert from 'node:assert/strict';
import { test } from 'node:test';
import { todayConfirmation } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { emptyKickOff, type Visit } from '#domain/visits/visit.ts';
import type { OutboxRow } from './database.ts';
import { type Laid, layOver } from './lay-over.ts';

const id = (n: number) => `0192f000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const person = { id: id(1), name: '林海' };
const at = '2026-11-22T06:00:00.000Z';

function pageAt(version: number, over: Partial<Visit> = {}): VisitPage {
  const visit = {
    id: id(9),
    version,
    state: 'working',
    planned_from: at,
    kick_off: emptyKickOff,
    log: [],
    findings: [],
    promises: [],
    wrap_ups: [],
    signatures: [],
    notes: [],
    clashes: [],
    ...over,
  } as unknown as Visit;
  return { visit, about: {} } as VisitPage;
}

const note = (n: number, row: Partial<OutboxRow> = {}): Laid => ({
  state: 'waiting',
  version: null,
  outcome: null,
  ...row,
  stored: {
    act: { name: 'note', body: { id: id(n), body: `note ${n}`, photos: [] } },
    envelope: {} as Laid['stored']['envelope'],
    happened_at: at,
    problem: null,
  },
});
const shown = (page: VisitPage, acts: Laid[]) =>
  layOver(page, acts, person).visit.notes.map(({ body }) => body);

const cases: [string, VisitPage, Laid[], string[]][] = [
  ['what waits is shown, in order', pageAt(4), [note(11), note(12)], ['note 11', 'note 12']],
  [
    'what is up and not fetched yet stays on the screen',
    pageAt(4),
    [note(11, { state: 'done', version: 5, outcome: 'done' }), note(12)],
    ['note 11', 'note 12'],
  ],
  [
    'what was refused is not part of the visit',
    pageAt(4),
    [note(11, { state: 'refused' }), note(12)],
    ['note 12'],
  ],
  [
    'what waits in quarantine is not part of the visit, which others have moved on meanwhile',
    pageAt(4),
    [note(11, { state: 'done', version: 5, outcome: 'quarantined' })],
    [],
  ],
];
for (const [name, page, acts, expected] of cases)
  test(`R28 the visit on this device: ${name}`, () => assert.deepEqual(shown(page, acts), expected));

test('R28 what the server already told is not laid over it once more', () => {
  const first = layOver(pageAt(4), [note(11)], person).visit;
  const told = pageAt(5, { notes: first.notes });
  assert.deepEqual(shown(told, [note(11, { state: 'done', version: 5, outcome: 'done' })]), ['note 11']);
  // Its answer was lost: it still waits, and stands in the page all the same.
  assert.deepEqual(shown(told, [note(11)]), ['note 11']);
  assert.equal(layOver(told, [], person), told);
});

test('R28 an edit that is in the page is not made once more over what others made of it since', () => {
  const act = { name: 'edit', body: { id: id(21), changes: { done_when: { from: '一次', to: '两次' } } } };
  const edit = (row: Partial<OutboxRow>) => ({
    ...note(21, row),
    stored: { ...note(21).stored, act } as Laid['stored'],
  });
  const told = pageAt(6, { done_when: '三次', planned_to: '2026-11-22T08:00:00.000Z' });
  const up = edit({ state: 'done', version: 5, outcome: 'done' });
  assert.equal(layOver(told, [up], person), told);
  assert.equal(layOver(told, [{ ...up, version: 6 }], person), told);
  // One that the server has not made stands side by side with what it has.
  const { clashes } = layOver(told, [edit({})], person).visit;
  assert.deepEqual(
    clashes.map(({ mine, theirs }) => [mine, theirs]),
    [['两次', '三次']],
  );
});

test('R33 a yes that an older app queued lies over the visit, and nobody claims to know what was read', () => {
  const page = pageAt(4, { goal: '恢复', done_when: '十笔交易', interface_contact_id: null });
  const stored = {
    ...note(11).stored,
    act: { name: 'confirm_today', body: { contact_id: id(2), name: '小吴' } },
  };
  const { visit } = layOver(page, [{ ...note(11), stored: stored as Laid['stored'] }], person);
  assert.deepEqual(visit.today_confirmed, { contact_id: id(2), name: '小吴', at, read: null });
  assert.equal(todayConfirmation(visit)?.since, null);
});
