import type { Instant } from '../ground/instant.ts';
import { toMs } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import type { ActBody, ActName } from './commands.ts';
import type { Visit } from './visit.ts';

/** Who acts, and when by a clock set right. */
export type By = { id: string; name: string; happened_at: Instant };
export type Rule<N extends ActName> = (visit: Visit, body: ActBody<N>, by: By) => Visit | Refusal;

/** `by` as the columns that say who and when. */
export function stamp(by: By): { by_id: string; by_name: string; at: Instant } {
  return { by_id: by.id, by_name: by.name, at: by.happened_at };
}

// The drift of an honest clock; and what lies further back than this before planning was never this visit.
const driftMs = 5 * 60_000;
const backMs = 60 * 86_400_000;

/** Says why a time that a person gave cannot be, or null: it lies ahead of the act, or long before the visit. */
export function refuseTime(visit: Visit, at: Instant, by: By): Refusal | null {
  if (toMs(at) > toMs(by.happened_at) + driftMs)
    return new Refusal('invalid', 'visits.time_in_future', { at });
  if (toMs(at) < toMs(visit.planned_from) - backMs)
    return new Refusal('invalid', 'visits.time_too_old', { at });
  return null;
}
