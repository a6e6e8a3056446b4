import { isLastDaySigned } from './days.ts';
import type { Visit } from './visit.ts';

export type WhyLeft =
  | { why: 'cancelled'; name: string; reason: string }
  | { why: 'others'; name: string }
  | { why: 'unsigned' };

type Left = Pick<
  Visit,
  'engineer_id' | 'engineer_name' | 'cancelled' | 'state' | 'signatures' | 'days' | 'arrived_at'
>;

/** Why a visit is no longer among those of an engineer, where they have to know; null where there is nothing to say. */
export function whyLeft(visit: Left, personId: string): WhyLeft | null {
  if (visit.engineer_id !== personId) return { why: 'others', name: visit.engineer_name };
  if (visit.cancelled)
    return { why: 'cancelled', name: visit.cancelled.by_name, reason: visit.cancelled.reason };
  return visit.state === 'done' && !isLastDaySigned(visit) ? { why: 'unsigned' } : null;
}
