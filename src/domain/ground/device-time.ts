import { fromMs, type Instant, later, toMs } from './instant.ts';

/** Work without signal is kept for 72 h (R28); a day more for who comes home late. Older acts are doubted. */
export const oldestBelievedMinutes = (72 + 24) * 60;
/** Two clocks that differ by less than this agree: answers take their time, and NTP jumps a little. */
export const toleranceMs = 2 * 60_000;

// What an instant as text can say: a clock set right by an absurd offset lies beyond, and its act is kept all the same.
const firstMs = toMs('0001-01-01T00:00:00.000Z');
const lastMs = toMs('9999-12-31T23:59:59.999Z');

export type DeviceTimes = {
  /** What the device's wall clock showed at the act. */
  device_time: Instant;
  received_at: Instant;
  /** Device's clock less server's, as measured when they last spoke; unknown for null. */
  offset_ms?: number | null | undefined;
  last_server_time?: Instant | null | undefined;
  /** Monotonic time since then. It may stand still while a device sleeps, and never runs ahead. */
  since_server_ms?: number | null | undefined;
};

export type CorrectedTime = {
  /** The time that clocks use. */
  happened_at: Instant;
  plausible: boolean;
  /** Both times are shown and a lead decides. */
  needs_decision: boolean;
  device_at: Instant;
  /** The device's time made right, before it was judged; at the nearer edge of the years 1 to 9999 where it lies beyond. */
  corrected_at: Instant;
  received_at: Instant;
  basis: 'monotonic' | 'offset' | 'device_clock';
  doubt: 'in_future' | 'before_last_contact' | 'too_old' | null;
};

/**
 * When an act on a device happened. The server's last time plus the monotonic time since is best, as it is free of
 * the device's wall clock; it is used unless the wall clock, set right by the measured offset, says otherwise (the
 * device slept, and its monotonic time with it). A time that cannot be believed (after receipt, before the last
 * contact, older than 96 h) is replaced by the later of the two, so that nobody gains by a wrong clock; since
 * nothing happens after it was received, the receipt is the latest there is.
 */
export function correctedTime(times: DeviceTimes): CorrectedTime {
  const corrected = correct(times);
  const { basis } = corrected;
  const ms = Math.min(Math.max(corrected.ms, firstMs), lastMs);
  const doubt = doubtOf(ms, times);
  const corrected_at = fromMs(ms);
  const received = times.received_at;
  const believed = corrected_at < received ? corrected_at : received;
  return {
    happened_at: doubt === null ? believed : later(believed, received),
    plausible: doubt === null,
    needs_decision: doubt !== null,
    device_at: times.device_time,
    corrected_at,
    received_at: received,
    basis,
    doubt,
  };
}

function correct(times: DeviceTimes): { basis: CorrectedTime['basis']; ms: number } {
  const { last_server_time, since_server_ms, offset_ms } = times;
  const wall = toMs(times.device_time) - (offset_ms ?? 0);
  const knowsOffset = offset_ms !== null && offset_ms !== undefined;
  if (last_server_time && since_server_ms !== null && since_server_ms !== undefined) {
    const monotonic = toMs(last_server_time) + since_server_ms;
    if (!knowsOffset || Math.abs(monotonic - wall) <= toleranceMs)
      return { basis: 'monotonic', ms: monotonic };
  }
  return { basis: knowsOffset ? 'offset' : 'device_clock', ms: wall };
}

function doubtOf(ms: number, times: DeviceTimes): CorrectedTime['doubt'] {
  const received = toMs(times.received_at);
  if (ms > received + toleranceMs) return 'in_future';
  if (ms < received - oldestBelievedMinutes * 60_000) return 'too_old';
  if (times.last_server_time && ms < toMs(times.last_server_time) - toleranceMs) return 'before_last_contact';
  return null;
}
