import type { Cell } from './copy-rows.ts';
import { idOf, type World } from './world.ts';

export type Table = { name: string; columns: readonly string[]; rows: (world: World) => Iterable<Cell[]> };

export const dayMs = 86_400_000;
export const iso = (ms: number) => new Date(ms).toISOString();
export const upTo = function* (count: number): Generator<number> {
  for (let n = 0; n < count; n += 1) yield n;
};
/** The instant twice, for `created_at` and `updated_at`. */
export function twice(ms: number): [string, string] {
  return [iso(ms), iso(ms)];
}
/** When the firm began: three years before the seeded present. */
export const begin = (world: World) => world.now - 3 * 365 * dayMs;
export const calendars = 3;
export const versionId = (world: World, n: number) => idOf('calendar_version', n, begin(world));
