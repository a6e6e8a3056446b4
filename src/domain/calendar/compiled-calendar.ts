import { fromMs, type PlainDate } from '../ground/instant.ts';
import { type CalendarDefinition, type Shift, type Weekday, weekdays } from './definition.ts';
import { dayMs, type ZoneRules, zoneRules } from './zone-rules.ts';

/** From and to in ms since 1970, to excluded. */
export type MsSpan = readonly [number, number];

/** Minutes since midnight; the end of a shift across midnight counts on past 1,440. */
type WallShift = readonly [number, number];

/** Number of a date: days since 1970-01-01. */
export function dayNumber(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00.000Z`) / dayMs;
}

export function dateOfDay(day: number): PlainDate {
  return fromMs(day * dayMs).slice(0, 10);
}

/** 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): Weekday {
  return weekdays[(((day + 3) % 7) + 7) % 7]!;
}

/** A calendar made ready for counting: dates as numbers, shifts of each day found once. */
export class CompiledCalendar {
  readonly definition: CalendarDefinition;
  readonly zone: ZoneRules;
  /** No weekday has hours, so no date ever will: make-up workdays follow weekdays. */
  readonly isEmpty: boolean;
  readonly #hours: Record<Weekday, readonly WallShift[]>;
  readonly #off: ReadonlySet<number>;
  readonly #workdays: ReadonlyMap<number, Weekday>;
  readonly #days = new Map<number, readonly MsSpan[]>();

  constructor(definition: CalendarDefinition) {
    this.definition = definition;
    this.zone = zoneRules(definition.zone);
    this.#hours = Object.fromEntries(
      weekdays.map((name) => [name, (definition.hours[name] ?? []).map(wallShift)]),
    ) as Record<Weekday, WallShift[]>;
    this.isEmpty = weekdays.every((name) => this.#hours[name].length === 0);
    this.#off = new Set(definition.off.map(dayNumber));
    const workdays = definition.restAnyway ? {} : definition.workdays;
    this.#workdays = new Map(Object.entries(workdays).map(([date, followed]) => [dayNumber(date), followed]));
  }

  isOff(day: number): boolean {
    return this.#off.has(day);
  }

  /** The weekday that a make-up workday follows, undefined on any other day and for those who rest anyway. */
  followedOn(day: number): Weekday | undefined {
    return this.#workdays.get(day);
  }

  /** Shifts that start on a day, merged, in order. A shift that a change to summer time swallows is none. */
  shiftsOn(day: number): readonly MsSpan[] {
    const known = this.#days.get(day);
    if (known) return known;
    const spans = this.isOff(day) ? [] : this.#shiftsOf(day, this.followedOn(day) ?? weekdayOfDay(day));
    this.#days.set(day, spans);
    return spans;
  }

  #shiftsOf(day: number, name: Weekday): MsSpan[] {
    const spans = this.#hours[name].map(([start, end]): MsSpan => {
      const wall = day * dayMs;
      return [this.zone.instantOf(wall + start * 60_000), this.zone.instantOf(wall + end * 60_000)];
    });
    return mergeSpans(spans.filter(([start, end]) => start < end));
  }
}

function wallShift([start, end]: Shift): WallShift {
  const from = minutesOf(start);
  const to = minutesOf(end);
  return to > from ? [from, to] : [from, to + 1_440];
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Sorted, with overlapping and touching spans joined. */
export function mergeSpans(spans: readonly MsSpan[]): MsSpan[] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

export function compileCalendar(definition: CalendarDefinition): CompiledCalendar {
  return new CompiledCalendar(definition);
}
