import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf } from './changes-of.ts';

test('an edit names only what differs, each with the value it was based on', () => {
  const base = {
    goal: 'a',
    photos: [{ file_id: '1', caption: '' }],
    night: false,
    person: null as string | null,
  };
  const now = { ...base, goal: 'b', person: 'x' };
  assert.deepEqual(changesOf(base, now), { goal: { from: 'a', to: 'b' }, person: { from: null, to: 'x' } });
  assert.deepEqual(changesOf(base, { ...base, photos: [{ file_id: '1', caption: '' }] }), {});
});
