import { fromMs, type Instant } from '../ground/instant.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// Minutes east of UTC. RFC 5322 knows these; CST is American in it, whatever a Chinese program meant.
const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

const shape =
  /^(?:[a-z]{3,9}\.?,? *)?(\d{1,2})[ -]([a-z]{3,9})[ -](\d{2}|\d{4}) +(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)? *([+-]\d{4}|[a-z]{1,5})?$/;
const isoShape =
  /^(\d{4})-(\d{2})-(\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)? *(z|[+-]\d{2}:?\d{2})?$/;

/**
 * The instant that a Date field names; null when it names none. A time without a zone, and with one that nobody knows,
 * is taken for UTC, as RFC 5322 says for the latter.
 */
export function readMailDate(field: string): Instant | null {
  const text = field
    .slice(0, 200)
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  const mail = shape.exec(text);
  if (mail) {
    const [, day = '', month = '', year = '', ...time] = mail;
    return instantOf(
      { year: fullYear(year), month: months.indexOf(month.slice(0, 3)), day: Number(day) },
      time,
    );
  }
  const iso = isoShape.exec(text);
  if (!iso) return null;
  const [, year, month, day, ...time] = iso;
  return instantOf({ year: Number(year), month: Number(month) - 1, day: Number(day) }, time);
}

function instantOf(
  { year, month, day }: { year: number; month: number; day: number },
  [hours, minutes, seconds, zone]: (string | undefined)[],
): Instant | null {
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds ?? 0)];
  const offset = offsetOf(zone);
  if (month < 0 || month > 11 || hour > 23 || minute > 59 || second > 60 || offset === null) return null;
  const ms = Date.UTC(year, month, day, hour, minute, second);
  // 31 February is no day, and the database's calendar begins with the year 1.
  if (new Date(Date.UTC(year, month, day)).getUTCDate() !== day || year < 1 || year > 9_998) return null;
  return fromMs(ms - offset * 60_000);
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2_000 + year : 1_900 + year;
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!found) return zones[zone] ?? 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  if (minutes > 18 * 60) return null;
  return found[1] === '-' ? -minutes : minutes;
}
