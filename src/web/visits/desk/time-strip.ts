import { type Instant, later, plusMinutes, toMs } from '#domain/ground/instant.ts';
import type { Visit, WorkKind } from '#domain/visits/visit.ts';
import { instantOfWall, wallOf } from '../../ui/wall-time.ts';

/** A piece of a day of one kind, in minutes of the site's clock since midnight. */
export type Piece = { kind: WorkKind; from: number; to: number };
export type StripDay = { date: string; at: Instant; pieces: Piece[] };

const minuteOf = (wall: string) => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
const minutesADay = 1_440;

/** The log as days of pieces, split at the site's midnights; what still runs counts until `now`. */
export function stripDays(log: Visit['log'], { zone, now }: { zone: string; now: Instant }): StripDay[] {
  const days = new Map<string, StripDay>();
  for (const entry of log) {
    const end = entry.ended_at ?? later(now, entry.started_at);
    let from = entry.started_at;
    // No visit lasts longer than a month; a wrong date must not draw years.
    for (let count = 0; count < 31 && from < end; count += 1) {
      const wall = wallOf(from, zone);
      const date = wall.slice(0, 10);
      const midnight = midnightAfter(date, zone);
      const to = midnight < end ? midnight : end;
      const day = days.get(date) ?? { date, at: from, pieces: [] };
      const isWholeRest = to === midnight;
      const until = isWholeRest ? minutesADay : minuteOf(wallOf(to, zone));
      day.pieces.push({ kind: entry.kind, from: minuteOf(wall), to: Math.max(until, minuteOf(wall) + 1) });
      days.set(date, day);
      from = to;
    }
  }
  return [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function midnightAfter(date: string, zone: string): Instant {
  const noon = instantOfWall(`${date}T12:00`, zone) ?? `${date}T12:00:00.000Z`;
  const next = wallOf(plusMinutes(noon, minutesADay), zone).slice(0, 10);
  return instantOfWall(`${next}T00:00`, zone) ?? plusMinutes(noon, minutesADay / 2);
}

/** The hours that are drawn: whole ones around all pieces, at least eight. */
export function stripHours(days: readonly StripDay[]): { first: number; last: number } {
  const pieces = days.flatMap((day) => day.pieces);
  let first = Math.floor(Math.min(...pieces.map(({ from }) => from)) / 60);
  let last = Math.ceil(Math.max(...pieces.map(({ to }) => to)) / 60);
  while (last - first < 8) {
    if (last < 24) last += 1;
    if (last - first < 8 && first > 0) first -= 1;
  }
  return { first, last };
}

export function minutesOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The whole time of an entry, in minutes. */
export function lengthOf(entry: Visit['log'][number], now: Instant): number {
  return Math.max(0, (toMs(entry.ended_at ?? now) - toMs(entry.started_at)) / 60_000);
}
