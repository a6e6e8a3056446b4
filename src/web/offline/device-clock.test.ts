import assert from 'node:assert/strict';
import { test } from 'node:test';
import { happenedAt } from './device-clock.ts';

const day = 86_400_000;
const iso = (text: string, plusMs = 0) => new Date(Date.parse(text) + plusMs).toISOString();
const heard = '2026-11-22T06:00:00.000Z';

/** A device whose wall clock is `offMs` wrong, `sinceMs` after it heard the server; `jumpMs` later set by somebody. */
function told({ offMs = 0, sinceMs = 600_000, jumpMs = 0, reloaded = false, measured = true }) {
  return happenedAt({
    device_time: iso(heard, sinceMs + offMs + jumpMs),
    last_server_time: measured ? heard : null,
    since_server_ms: reloaded || !measured ? null : sinceMs,
    offset_ms: measured ? offMs : null,
  });
}
const right = iso(heard, 600_000);

const cases: [string, string, string][] = [
  ['a right clock', told({}), right],
  ['a clock two days slow', told({ offMs: -2 * day }), right],
  ['a clock three hours fast', told({ offMs: 3 * 3_600_000 }), right],
  ['a clock two days slow after a reload', told({ offMs: -2 * day, reloaded: true }), right],
  ['a clock three hours fast after a kill', told({ offMs: 3 * 3_600_000, reloaded: true }), right],
  ['a clock that drifts by half a minute', told({ jumpMs: 30_000 }), right],
  ['a device that never heard the server', told({ measured: false }), right],
  [
    'a clock set back by a day after a reload: not before what was heard',
    told({ jumpMs: -day, reloaded: true }),
    heard,
  ],
];
for (const [name, said, expected] of cases)
  test(`R7 now, by a clock set right: ${name}`, () => assert.equal(said, expected));

test('R7 a device that slept: its monotonic clock stood still, its wall clock did not', () => {
  const slept = happenedAt({
    device_time: iso(heard, 8 * 3_600_000),
    last_server_time: heard,
    since_server_ms: 600_000,
    offset_ms: 0,
  });
  assert.equal(slept, iso(heard, 8 * 3_600_000));
});
