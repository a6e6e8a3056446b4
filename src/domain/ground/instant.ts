/**
 * An instant as ISO 8601 text in UTC with milliseconds and a `Z`, e.g. `2026-11-22T06:50:00.000Z`.
 * One textual form everywhere (rows, JSON, rules) makes instants comparable with `<` and safe to send.
 */
export type Instant = string;

/** A calendar date without a zone, `YYYY-MM-DD`. */
export type PlainDate = string;

/** Milliseconds since 1970 of an instant; NaN when the text is no instant. */
export function toMs(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant of so many milliseconds since 1970. Throws RangeError outside what a Date can hold. */
export function fromMs(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** The instant `minutes` elapsed minutes after `instant`. */
export function plusMinutes(instant: Instant, minutes: number): Instant {
  return fromMs(toMs(instant) + minutes * 60_000);
}

/** The later of two instants. */
export function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
