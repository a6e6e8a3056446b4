import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { correctedTime, type DeviceTimes } from './device-time.ts';

const day = (time: string) => `2026-11-20T${time}.000Z`;
const received_at = day('12:00:00');
const hour = 3_600_000;

type Case = [
  what: string,
  times: Omit<DeviceTimes, 'received_at'>,
  happened: string,
  basis: string,
  doubt: string | null,
];

const cases: Case[] = [
  [
    'a right clock is believed',
    { device_time: day('10:00:00'), offset_ms: 0 },
    day('10:00:00'),
    'offset',
    null,
  ],
  [
    'a clock that runs three hours ahead is set right by the measured offset',
    { device_time: day('13:00:00'), offset_ms: 3 * hour },
    day('10:00:00'),
    'offset',
    null,
  ],
  [
    'monotonic time since the last contact needs no wall clock at all',
    { device_time: '2019-01-01T00:00:00.000Z', last_server_time: day('08:00:00'), since_server_ms: 2 * hour },
    day('10:00:00'),
    'monotonic',
    null,
  ],
  [
    'where both agree, the monotonic one is taken',
    {
      device_time: day('10:01:00'),
      offset_ms: 0,
      last_server_time: day('08:00:00'),
      since_server_ms: 2 * hour,
    },
    day('10:00:00'),
    'monotonic',
    null,
  ],
  [
    'a device that slept has too little monotonic time, so its wall clock speaks',
    {
      device_time: day('10:00:00'),
      offset_ms: 0,
      last_server_time: day('08:00:00'),
      since_server_ms: 0.5 * hour,
    },
    day('10:00:00'),
    'offset',
    null,
  ],
  [
    'a little ahead of the receipt is the receipt',
    { device_time: day('12:01:30') },
    received_at,
    'device_clock',
    null,
  ],
  [
    'the future is doubted; nothing happens after its receipt',
    { device_time: day('15:00:00') },
    received_at,
    'device_clock',
    'in_future',
  ],
  [
    'before the last contact is doubted: the later time counts',
    {
      device_time: day('07:00:00'),
      offset_ms: 0,
      last_server_time: day('08:00:00'),
      since_server_ms: 3 * hour,
    },
    received_at,
    'offset',
    'before_last_contact',
  ],
  [
    'older than 72 h and a day is doubted',
    { device_time: '2026-11-16T11:59:00.000Z' },
    received_at,
    'device_clock',
    'too_old',
  ],
  [
    '71 hours old is believed',
    { device_time: '2026-11-17T13:00:00.000Z' },
    '2026-11-17T13:00:00.000Z',
    'device_clock',
    null,
  ],
];

describe('R7 device times', () => {
  for (const [what, times, happened, basis, doubt] of cases) {
    it(what, () => {
      const result = correctedTime({ ...times, received_at });
      assert.deepEqual(
        [result.happened_at, result.basis, result.doubt, result.needs_decision, result.plausible],
        [happened, basis, doubt, doubt !== null, doubt === null],
      );
      assert.equal(result.device_at, times.device_time, 'what the device showed is kept');
      assert.ok(result.happened_at <= received_at);
    });
  }

  it('a clock set right to beyond the years 1 to 9999 stands at their edge, so that it can be kept beside the receipt', () => {
    const before = correctedTime({ device_time: '0001-01-01T00:00:00.000Z', offset_ms: 1e13, received_at });
    const after = correctedTime({ device_time: '9999-12-31T00:00:00.000Z', offset_ms: -1e13, received_at });
    assert.deepEqual(
      [before, after].map(({ corrected_at, happened_at, doubt }) => [corrected_at, happened_at, doubt]),
      [
        ['0001-01-01T00:00:00.000Z', received_at, 'too_old'],
        ['9999-12-31T23:59:59.999Z', received_at, 'in_future'],
      ],
    );
  });
});
