import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';

export type PlannedSpan = { id: string; number: number; planned_from: Instant; planned_to: Instant };

/** Refuses a span in which the engineer is already planned elsewhere; touching spans are fine. */
export function refuseOverlap(
  span: Omit<PlannedSpan, 'number'>,
  others: readonly PlannedSpan[],
): Refusal | null {
  if (span.planned_to <= span.planned_from) return new Refusal('invalid', 'visits.times_reversed');
  const hit = others.find(
    (other) =>
      other.id !== span.id && other.planned_from < span.planned_to && span.planned_from < other.planned_to,
  );
  return hit
    ? new Refusal('conflict', 'visits.overlap', {
        number: hit.number,
        from: hit.planned_from,
        to: hit.planned_to,
      })
    : null;
}
