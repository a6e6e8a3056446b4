import { fromMs, type Instant, toMs } from '#domain/ground/instant.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    // Swedish writes dates as ISO does.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    formats.set(zone, format);
  }
  return format;
}

/** The zone in which a person reads times: their own, else the device's. */
export function readersZone(own: string | null | undefined): string {
  return own || Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai';
}

const known = new Map<string, string>();

/** What was worked out before: a browser's first look at its calendars costs a slow phone a tenth of a second. */
export function knowWalls(zone: string, walls: readonly (readonly [Instant, string])[]): void {
  for (const [instant, wall] of walls) known.set(`${zone} ${instant}`, wall);
}

/** What the clocks of a zone show at an instant, as `2026-11-22T14:30`, the form of a date and time field. */
export function wallOf(instant: Instant, zone: string): string {
  const wall = known.get(`${zone} ${instant}`);
  return wall ?? formatOf(zone).format(toMs(instant)).replace(' ', 'T').slice(0, 16);
}

/** The instant at which a zone's clocks show `2026-11-22T14:30`; null for text that is no such time. */
export function instantOfWall(wall: string, zone: string): Instant | null {
  const asUtc = Date.parse(`${wall}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  let ms = asUtc;
  // Twice, since the first guess may lie on the other side of a change of the zone's offset.
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${formatOf(zone).format(ms).replace(' ', 'T')}Z`);
    ms += asUtc - shown;
  }
  return fromMs(ms);
}
