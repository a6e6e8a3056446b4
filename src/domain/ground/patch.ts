import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** Body of a PATCH: each changed field with the value it was based on. */
export function patchOf<T extends Record<string, z.ZodType>>(fields: T) {
  const changes = Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [
      name,
      z.strictObject({ from: schema as z.ZodType, to: schema as z.ZodType }).optional(),
    ]),
  ) as unknown as { [K in keyof T]: z.ZodOptional<z.ZodObject<{ from: T[K]; to: T[K] }>> };
  return z.strictObject({ changes: z.strictObject(changes) });
}

export type Change = { from: unknown; to: unknown };
export type Clash = { field: string; yours: unknown; theirs: unknown; based_on: unknown };

/**
 * Joins somebody's changes with the present row: fields that others changed meanwhile stay theirs, the same
 * field changed to something else is a clash (Refusal `ground.clash` with both values). Returns only what
 * really changes, `{}` when nothing does.
 */
export function joinChanges(
  row: Record<string, unknown>,
  changes: Record<string, Change | undefined>,
): Record<string, unknown> | Refusal {
  const result: Record<string, unknown> = {};
  const clashes: Clash[] = [];
  for (const [field, change] of Object.entries(changes)) {
    if (change === undefined || same(row[field], change.to)) continue;
    if (same(row[field], change.from)) result[field] = change.to;
    else clashes.push({ field, yours: change.to, theirs: row[field], based_on: change.from });
  }
  return clashes.length > 0 ? new Refusal('conflict', 'ground.clash', { clashes }) : result;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
