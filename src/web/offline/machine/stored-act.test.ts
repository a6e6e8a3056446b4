import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instead, photosIn, photosToNote, type Steps, type StoredAct, upToDate } from './stored-act.ts';

const note = (schema: number, body: string): StoredAct => ({
  act: { name: 'note', body: { id: '0192f000-0000-7000-8000-000000000001', body, photos: [] } },
  envelope: {
    device_id: '0192f000-0000-7000-8000-0000000000d1',
    seq: 4,
    device_time: '2026-11-22T06:00:00.000Z',
    last_server_time: '2026-11-22T05:59:00.000Z',
    since_server_ms: 60_000,
    offset_ms: 12,
    schema,
    depends_on: [],
  },
  happened_at: '2026-11-22T06:00:00.000Z',
  problem: null,
});
const bodyOf = ({ act }: StoredAct) => (act.body as { body: string }).body;
const longer = (word: string) => (stored: StoredAct) => ({
  ...stored,
  act: {
    name: 'note' as const,
    body: { id: '0192f000-0000-7000-8000-000000000001', body: `${bodyOf(stored)} ${word}`, photos: [] },
  },
});
const steps: Steps = { 1: longer('two'), 3: longer('four') };

test('R28 an act of an older app goes through every step to the present schema, and keeps its time', () => {
  const moved = upToDate(note(1, 'one'), { tried: false }, { schema: 4, steps });
  assert.equal(bodyOf(moved), 'one two four');
  assert.deepEqual(moved.envelope, { ...note(1, '').envelope, schema: 4 });
});

test('R28 an act of the present app stays as it is', () => {
  const stored = note(4, 'one');
  assert.equal(upToDate(stored, { tried: false }, { schema: 4, steps }), stored);
});

test('R28 an act that went out before is sent again as it was: its key stands for just that', () => {
  const stored = note(1, 'one');
  assert.equal(upToDate(stored, { tried: true }, { schema: 4, steps }), stored);
});

test('R28 what is written in place of a refused act of an older app goes through no step again', () => {
  const refused = { ...note(1, 'one'), problem: { code: 'visits.not_yours', params: {} } };
  const changed = instead(refused, note(4, 'changed').act, 4);
  assert.deepEqual(changed, note(4, 'changed'));
  assert.equal(upToDate(changed, { tried: false }, { schema: 4, steps }), changed);
});

test('photos are found in what is added and in what is changed', () => {
  const photos = [
    { file_id: 'a', caption: '' },
    { file_id: 'b', caption: '' },
  ];
  const log = { name: 'log', body: { photos } } as unknown as StoredAct['act'];
  const edit = {
    name: 'edit_log',
    body: { changes: { photos: { from: [photos[0]], to: photos } } },
  } as unknown as StoredAct['act'];
  assert.deepEqual([photosIn(log), photosIn(edit), photosIn(note(1, '').act)], [['a', 'b'], ['a', 'b'], []]);
});

test('R28 photos go along into the note that a refused act becomes, unless they were themselves the reason', () => {
  const photos = [{ file_id: '0192f000-0000-7000-8000-0000000000f1', caption: '机柜' }];
  const log = { name: 'log', body: { photos } } as unknown as StoredAct['act'];
  const edit = {
    name: 'edit_log',
    body: { changes: { photos: { from: [], to: photos } } },
  } as unknown as StoredAct['act'];
  for (const act of [log, edit]) {
    const refused = (code: string) => ({ ...note(1, ''), act, problem: { code, params: {} } });
    for (const code of ['visits.not_yours', 'ground.forbidden', 'visits.entry_unknown'])
      assert.deepEqual(photosToNote(refused(code)), photos, code);
    for (const code of ['files.not_found', 'files.already_taken', 'files.empty', 'visits.no_picture'])
      assert.deepEqual(photosToNote(refused(code)), [], code);
  }
});
