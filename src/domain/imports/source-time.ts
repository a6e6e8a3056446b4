import { zoneRules } from '../calendar/zone-rules.ts';
import { fromMs, type Instant } from '../ground/instant.ts';
import type { RejectReason } from './told.ts';

/** How a file writes dates with slashes or points: 29/2/2016 is `dmy`, 2/29/2016 `mdy`. Year first needs no saying. */
export const dateOrders = ['dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// Year, month and day may be followed by their Chinese signs.
const yearFirst = /^(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?(?:[T ]\s*(.*))?$/;
const yearLast = /^(\d{1,2})[-/. ]([A-Za-z]{3,9}|\d{1,2})[-/. ](\d{4}|\d{2}),?(?:[T ]\s*(.*))?$/;
const timeOfDay = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?\s*(.*)$/;
const offset = /^(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?$/;

/**
 * Milliseconds since 1970 of a time as desks export it, or null when it is none. Without an offset of its own it is
 * the wall time of `zone`; a doubled one is its first occurrence.
 */
export function sourceTimeMs(text: string, place: { zone: string; order: DateOrder }): number | null {
  const trimmed = text.trim();
  const day = dayOf(trimmed, place.order);
  if (!day) return null;
  const time = day.rest ? timeOf(day.rest) : { ms: 0, zone: '' };
  if (!time) return null;
  const wallMs = Date.UTC(day.year, day.month - 1, day.day) + time.ms;
  const check = new Date(Date.UTC(day.year, day.month - 1, day.day));
  if (check.getUTCMonth() !== day.month - 1 || check.getUTCDate() !== day.day) return null;
  if (time.zone === '') return zoneRules(place.zone).instantOf(wallMs);
  if (/^(Z|UTC|GMT)$/i.test(time.zone)) return wallMs;
  const parts = offset.exec(time.zone);
  if (!parts) return null;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return wallMs - (parts[1] === '-' ? -minutes : minutes) * 60_000;
}

type Day = { year: number; month: number; day: number; rest: string };

function dayOf(text: string, order: DateOrder): Day | null {
  const first = yearFirst.exec(text);
  if (first)
    return { year: Number(first[1]), month: Number(first[2]), day: Number(first[3]), rest: first[4] ?? '' };
  const last = yearLast.exec(text);
  if (!last) return null;
  const [, one = '', two = '', yearText = '', rest = ''] = last;
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  const named = months.indexOf(two.slice(0, 3).toLowerCase()) + 1;
  if (named > 0) return { year, month: named, day: Number(one), rest };
  if (!/^\d+$/.test(two)) return null;
  const [day, month] = order === 'dmy' ? [one, two] : [two, one];
  return { year, month: Number(month), day: Number(day), rest };
}

function timeOf(text: string): { ms: number; zone: string } | null {
  const parts = timeOfDay.exec(text);
  if (!parts) return null;
  const [, hours, minutes, seconds = '0', fraction = '', half, zone = ''] = parts;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return { ms: ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + ms, zone: zone.trim() };
}

const earliestMs = Date.UTC(1990, 0, 1);
// Clocks of another desk may be a little ahead of ours, or its zone was not said.
const leewayMs = 26 * 3_600_000;

/** The instant that a field says, or why it says none that can be believed. */
export function readSourceTime(
  text: string | undefined,
  place: { zone: string; order: DateOrder; now: Instant },
): { at: Instant } | { reason: RejectReason } {
  if (!text || text.trim() === '') return { reason: 'no_time' };
  const ms = sourceTimeMs(text, place);
  if (ms === null) return { reason: 'time_unreadable' };
  if (ms < earliestMs) return { reason: 'time_too_early' };
  if (ms > Date.parse(place.now) + leewayMs) return { reason: 'time_in_future' };
  return { at: fromMs(ms) };
}
