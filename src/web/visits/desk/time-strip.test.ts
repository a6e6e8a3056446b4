import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry, WorkKind } from '#domain/visits/visit.ts';
import { lengthOf, stripDays, stripHours } from './time-strip.ts';

const shanghai = 'Asia/Shanghai';
const now = '2026-11-22T10:00:00.000Z';

function entry(kind: WorkKind, started_at: string, ended_at: string | null): LogEntry {
  const words = { line: '', customer_line: '', waiting_for: '', waiting_on_contact_id: null, photos: [] };
  const who = { by_id: 'zhou', by_name: '周明轩', at: started_at };
  return { id: `${kind}${started_at}`, kind, started_at, ended_at, ...words, ...who };
}

test('R23 a night shift is two strips, split at the midnight of the site', () => {
  // 22:30 to 02:00 in Shanghai.
  const log = [entry('night', '2026-11-21T14:30:00.000Z', '2026-11-21T18:00:00.000Z')];
  const days = stripDays(log, { zone: shanghai, now });
  assert.deepEqual(
    days.map(({ date, pieces }) => ({ date, pieces })),
    [
      { date: '2026-11-21', pieces: [{ kind: 'night', from: 1_350, to: 1_440 }] },
      { date: '2026-11-22', pieces: [{ kind: 'night', from: 0, to: 120 }] },
    ],
  );
});

test('R23 the same entry lies on one day where the site is elsewhere', () => {
  const log = [entry('work', '2026-11-21T14:30:00.000Z', '2026-11-21T18:00:00.000Z')];
  const [day, ...others] = stripDays(log, { zone: 'Europe/Berlin', now });
  assert.equal(others.length, 0);
  assert.deepEqual(day?.pieces, [{ kind: 'work', from: 930, to: 1_140 }]);
});

test('R23 what still runs is drawn until now, and days stand in their order', () => {
  const log = [
    entry('work', '2026-11-22T09:30:00.000Z', null),
    entry('travel', '2026-11-20T01:00:00.000Z', '2026-11-20T02:00:00.000Z'),
  ];
  const days = stripDays(log, { zone: shanghai, now });
  assert.deepEqual(
    days.map(({ date }) => date),
    ['2026-11-20', '2026-11-22'],
  );
  assert.deepEqual(days[1]?.pieces, [{ kind: 'work', from: 1_050, to: 1_080 }]);
  assert.equal(lengthOf(log[0] as LogEntry, now), 30);
});

test('R23 a wrong date does not draw years', () => {
  const log = [entry('work', '2020-01-01T00:00:00.000Z', null)];
  assert.equal(stripDays(log, { zone: shanghai, now }).length, 31);
});

test('R23 whole hours around the pieces are drawn, at least eight of them', () => {
  const short = stripDays([entry('work', '2026-11-22T05:10:00.000Z', '2026-11-22T05:40:00.000Z')], {
    zone: shanghai,
    now,
  });
  assert.deepEqual(stripHours(short), { first: 10, last: 18 });
  const late = stripDays([entry('night', '2026-11-21T15:10:00.000Z', '2026-11-21T15:40:00.000Z')], {
    zone: shanghai,
    now,
  });
  assert.deepEqual(stripHours(late), { first: 16, last: 24 });
});
