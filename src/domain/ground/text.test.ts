import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, plainDate } from './text.ts';

test('instants and dates begin with the year 1, where the database’s calendar does', () => {
  const cases: [date: string, fits: boolean][] = [
    ['0000-01-01', false],
    ['0000-12-31', false],
    ['0001-01-01', true],
    ['2026-11-29', true],
    ['9999-12-31', true],
    ['2026-02-30', false],
  ];
  for (const [date, fits] of cases) {
    assert.equal(plainDate.safeParse(date).success, fits, date);
    assert.equal(instant.safeParse(`${date}T23:59:59.999Z`).success, fits, `${date} with its time`);
  }
});

test('an instant is whole text in UTC with milliseconds; what is no text is no instant', () => {
  const others = ['2026-11-29T08:00:00Z', '2026-11-29T08:00:00.000+08:00', '', '0000', null, 0, undefined];
  for (const other of others) assert.equal(instant.safeParse(other).success, false, String(other));
});
