import type { Visit } from '#domain/visits/visit.ts';
import { isLastDaySigned } from './stations.ts';

export type WhyLeft =
  | { why: 'cancelled'; name: string; reason: string }
  | { why: 'others'; name: string }
  | { why: 'unsigned' };

type Left = Parameters<typeof isLastDaySigned>[0] &
  Pick<Visit, 'engineer_id' | 'engineer_name' | 'cancelled' | 'planned_from'>;

/** Why a visit is no longer among those of an engineer, where they have to know; null where there is nothing to say. */
export function whyLeft(visit: Left, personId: string): WhyLeft | null {
  if (visit.engineer_id !== personId) return { why: 'others', name: visit.engineer_name };
  if (visit.cancelled)
    return { why: 'cancelled', name: visit.cancelled.by_name, reason: visit.cancelled.reason };
  return visit.state === 'done' && !isLastDaySigned(visit) ? { why: 'unsigned' } : null;
}
