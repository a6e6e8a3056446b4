import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitAct } from '#domain/visits/commands.ts';
import type { QuarantinedAct, VisitPage } from '#domain/visits/views.ts';
import type { Laid } from './lay-over.ts';
import { whatBecame } from './missing-line.ts';

const edits: Record<string, VisitAct> = {
  'visits.entry_unknown': { name: 'edit_log', body: { id: 'edit', entry_id: 'line', changes: {} } },
  'visits.finding_unknown': { name: 'edit_finding', body: { id: 'edit', finding_id: 'line', changes: {} } },
};
const made = (id: string, row: Partial<Laid>) =>
  ({
    ...{ state: 'done', version: 4, outcome: 'quarantined' },
    ...row,
    stored: { act: { body: { id } } },
  }) as Laid;
const kept = (id: string, verdict: 'applied' | 'dropped' | null) =>
  ({ body: { id }, decided: verdict && { verdict, by_name: '周敏' } }) as unknown as QuarantinedAct;

type Case = [string, { acts?: Laid[]; quarantined?: QuarantinedAct[] }, string | null];
const cases: Case[] = [
  ['the server did not take it', { acts: [made('line', { state: 'refused' })] }, 'offline.line_refused'],
  ['it waits for a lead, as the answer said', { acts: [made('line', {})] }, 'offline.line_set_apart'],
  ['it waits for a lead, as the page says', { quarantined: [kept('line', null)] }, 'offline.line_set_apart'],
  [
    'a lead decided since this device heard that it waits',
    { acts: [made('line', {})], quarantined: [kept('line', 'dropped')] },
    'offline.line_dropped',
  ],
  ['another line waits', { acts: [made('other', {})], quarantined: [kept('other', null)] }, null],
  ['it was put in, and is not here all the same', { quarantined: [kept('line', 'applied')] }, null],
  ['nothing is known of it', {}, null],
];
for (const [name, { acts = [], quarantined = [] }, expected] of cases)
  test(`R28 an edit of a line that is gone says what became of it: ${name}`, () => {
    const page = { about: { quarantined } } as unknown as VisitPage;
    for (const [code, edit] of Object.entries(edits)) {
      const said = whatBecame(code, edit, { page, acts });
      assert.equal(said?.code ?? null, expected);
      if (expected === 'offline.line_dropped') assert.deepEqual(said?.params, { name: '周敏' });
    }
  });

test('R28 of what has no line of its own, and of any other reason, there is no more to say', () => {
  const page = { about: { quarantined: [kept('line', null)] } } as unknown as VisitPage;
  const edit = edits['visits.entry_unknown']!;
  assert.equal(whatBecame('visits.times_reversed', edit, { page, acts: [] }), null);
  const note = { name: 'note', body: { id: 'line' } } as VisitAct;
  assert.equal(whatBecame('visits.entry_unknown', note, { page, acts: [] }), null);
});
