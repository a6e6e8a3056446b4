import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesByKind, minutesWorked } from './time-by-kind.ts';
import type { LogEntry, WorkKind } from './visit.ts';

const now = '2026-11-22T10:00:00.000Z';

function entry(kind: WorkKind, started_at: string, ended_at: string | null): LogEntry {
  const words = { line: '', customer_line: '', waiting_for: '', waiting_on_contact_id: null, photos: [] };
  const who = { by_id: 'zhou', by_name: '周明轩', at: started_at };
  return { id: `${kind}${started_at}`, kind, started_at, ended_at, ...words, ...who };
}

test('R23 all that was worked is the sum of the kinds as they are printed, and not a minute less', () => {
  const log = [
    entry('work', '2026-11-22T08:00:00.000Z', '2026-11-22T08:10:30.000Z'),
    entry('waiting', '2026-11-22T08:10:30.000Z', '2026-11-22T08:21:00.000Z'),
    entry('report', '2026-11-22T09:30:00.000Z', null),
  ];
  assert.deepEqual(
    minutesByKind({ log }, now).map(({ kind, minutes }) => [kind, minutes]),
    [
      ['waiting', 11],
      ['work', 11],
      ['report', 30],
    ],
  );
  assert.equal(minutesWorked({ log }, now), 52);
  assert.equal(minutesWorked({ log: [] }, now), 0);
});
