import { Refusal } from '../ground/refusal.ts';
import type { Visit } from './visit.ts';

type Emergency = Pick<Visit, 'is_emergency' | 'emergency_reason'>;

const isUnexplained = ({ is_emergency, emergency_reason }: Emergency) =>
  is_emergency && !emergency_reason?.trim();

/** R20, R21: an emergency goes off by one side's words and a short list, so it is planned with its reason or not at all. */
export function refuseEmergency(planned: Emergency): Refusal | null {
  return isUnexplained(planned) ? new Refusal('invalid', 'visits.emergency_needs_reason') : null;
}

/**
 * Whoever makes a visit an emergency says why: a reason that was given for an earlier one will not do. And the reason of an
 * emergency is not taken away; one from before anybody was asked may stay without.
 */
export function refuseUnexplained(
  { before, after }: { before: Visit; after: Visit },
  given: string | undefined,
): Refusal | null {
  if (!after.is_emergency) return null;
  if (!before.is_emergency) return refuseEmergency({ is_emergency: true, emergency_reason: given });
  return isUnexplained(before) ? null : refuseEmergency(after);
}
