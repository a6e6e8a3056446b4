import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitPage } from '#domain/visits/views.ts';
import type { OutboxRow } from './database.ts';
import { itemOf } from './item-of.ts';
import type { Laid } from './lay-over.ts';

const unknown = { code: 'visits.entry_unknown', params: {} };
const edit = (over: Partial<OutboxRow>, problem: typeof unknown | null = unknown) =>
  ({
    ...{ id: 'edit', visit_id: 'visit', state: 'refused', version: null, outcome: null, photos: ['photo'] },
    ...over,
    stored: {
      act: { name: 'edit_log', body: { entry_id: 'line', changes: {} } },
      happened_at: '2026-11-29T06:00:00.000Z',
      problem,
    },
  }) as unknown as OutboxRow & Laid;
const waits = { body: { id: 'line' }, decided: null };
const page = { about: { quarantined: [waits] } } as unknown as VisitPage;

test('R28 an edit that the server refused says what became of its line', () => {
  assert.equal(itemOf(edit({}), { page, acts: [] })?.problem?.code, 'offline.line_set_apart');
});

test('R28 where no more is known, an edit that was refused keeps the server’s own reason', () => {
  const nothing = { about: { quarantined: [] } } as unknown as VisitPage;
  assert.deepEqual(itemOf(edit({}), { page: nothing, acts: [] })?.problem, unknown);
  assert.deepEqual(itemOf(edit({}), { page: undefined, acts: [] })?.problem, unknown);
});

test('R28 what waits has no reason yet, and what is done is no item', () => {
  const item = itemOf(edit({ state: 'waiting' }, null), { page, acts: [] });
  assert.equal(item?.problem, null);
  assert.deepEqual(item?.photos, ['photo']);
  assert.equal(itemOf(edit({ state: 'done' }), { page, acts: [] }), null);
});
