import { Temporal } from 'temporal-polyfill';

export const dayMs = 86_400_000;

/**
 * Offsets are looked up on a grid of eight days. Two changes of a zone's offset never lie closer than that
 * (the closest known, Ramadan in Morocco and Egypt, are four weeks apart), so a cell has at most one change.
 */
const cellMs = 8 * dayMs;

type Cell = { before: number; after: number; changeMs: number };

/** What a zone's clocks show, remembered: Temporal answers the rare questions, plain numbers the many. */
export class ZoneRules {
  readonly zone: string;
  readonly #cells = new Map<number, Cell>();
  readonly #gridOffsets = new Map<number, number>();

  constructor(zone: string) {
    this.zone = zone;
  }

  /** Offset from UTC in ms at an instant, positive east of Greenwich. */
  offsetAt(ms: number): number {
    const cell = this.#cell(Math.floor(ms / cellMs));
    return ms < cell.changeMs ? cell.before : cell.after;
  }

  /**
   * The instant at which the clocks show `wallMs` (a wall time written as if it were UTC). As Temporal's
   * 'compatible': a doubled wall time is its first occurrence, one that is left out in spring is moved on
   * by the length of the gap.
   */
  instantOf(wallMs: number): number {
    const before = this.offsetAt(wallMs - dayMs);
    const after = this.offsetAt(wallMs + dayMs);
    const first = wallMs - before;
    if (before === after || this.offsetAt(first) === before) return first;
    const second = wallMs - after;
    return this.offsetAt(second) === after ? second : first;
  }

  /** Number of the local day (days since 1970-01-01) in which an instant falls. */
  dayOf(ms: number): number {
    return Math.floor((ms + this.offsetAt(ms)) / dayMs);
  }

  #cell(index: number): Cell {
    const known = this.#cells.get(index);
    if (known) return known;
    const before = this.#gridOffset(index);
    const after = this.#gridOffset(index + 1);
    const cell = { before, after, changeMs: before === after ? Infinity : this.#findChange(index, before) };
    this.#cells.set(index, cell);
    return cell;
  }

  #gridOffset(index: number): number {
    const known = this.#gridOffsets.get(index);
    if (known !== undefined) return known;
    const offset = askOffset(this.zone, index * cellMs);
    this.#gridOffsets.set(index, offset);
    return offset;
  }

  /** Halves the cell down to the second; zones change on whole seconds. */
  #findChange(index: number, before: number): number {
    let low = (index * cellMs) / 1000;
    let high = low + cellMs / 1000;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (askOffset(this.zone, middle * 1000) === before) low = middle;
      else high = middle;
    }
    return high * 1000;
  }
}

function askOffset(zone: string, ms: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return Number(zoned.offsetNanoseconds) / 1e6;
}

const rulesByZone = new Map<string, ZoneRules>();

/** The rules of a zone, shared by all calendars in it. Throws RangeError when the zone is unknown. */
export function zoneRules(zone: string): ZoneRules {
  let rules = rulesByZone.get(zone);
  if (!rules) {
    askOffset(zone, 0);
    rules = new ZoneRules(zone);
    rulesByZone.set(zone, rules);
  }
  return rules;
}
