import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMailDate } from './mail-date.ts';

const cases: [field: string, instant: string | null][] = [
  ['Fri, 20 Nov 2026 14:32:10 +0800', '2026-11-20T06:32:10.000Z'],
  ['20 Nov 2026 14:32 +0800', '2026-11-20T06:32:00.000Z'],
  ['Fri, 20 Nov 2026 14:32:10 +0800 (CST)', '2026-11-20T06:32:10.000Z'],
  ['Wed, 9 Jan 2002 19:47:50 MST', '2002-01-10T02:47:50.000Z'],
  ['Thu, 13 Feb 69 23:32 -0330', '1969-02-14T03:02:00.000Z'],
  ['Fri, 20 Nov 2026 14:32:10', '2026-11-20T14:32:10.000Z'],
  ['Fri, 20 Nov 2026 14:32:10 -0000', '2026-11-20T14:32:10.000Z'],
  ['2026-11-20 14:32:10 +0800', '2026-11-20T06:32:10.000Z'],
  ['Wed, 30 Jun 3609 15:33:50 +0600', '3609-06-30T09:33:50.000Z'],
  ['Wed, 15 Dec 2010    59:10 -0500', null],
  ['31 Feb 2026 10:00:00 +0800', null],
  ['Fri, 20 Nov 2026 25:00:00 +0800', null],
  ['Fri, 20 Nov 2026 10:00:00 +9900', null],
  ['20 Nov 9999 10:00:00 +0800', null],
  ['yesterday', null],
  ['2026年11月20日', null],
  ['', null],
];

for (const [field, instant] of cases)
  test(`R1 the date “${field}” is ${instant ?? 'none'}`, () => assert.equal(readMailDate(field), instant));
