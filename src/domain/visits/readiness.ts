import { Refusal } from '../ground/refusal.ts';
import { type Rule, stamp } from './by.ts';
import type { ReadinessItem, Visit, VisitKind } from './visit.ts';

const byKind: Record<VisitKind, readonly ReadinessItem[]> = {
  repair: ['backup', 'way_back', 'kit', 'access', 'offline_pack'],
  inspection: ['kit', 'access', 'offline_pack'],
  installation: ['rehearsal', 'way_back', 'kit', 'access', 'offline_pack'],
  upgrade: ['rehearsal', 'backup', 'way_back', 'kit', 'access', 'offline_pack'],
  training: ['rehearsal', 'kit', 'access'],
  survey: ['access', 'offline_pack'],
};
const inEmergency: readonly ReadinessItem[] = ['kit', 'access'];

/** What has to be ticked or waived before anyone travels to a job of this kind; short in an emergency. */
export function readinessListOf(visit: Pick<Visit, 'kind' | 'is_emergency'>): readonly ReadinessItem[] {
  return visit.is_emergency ? inEmergency : byKind[visit.kind];
}

/** The items of its list that nobody has ticked or waived. */
export function openReadiness(visit: Visit): ReadinessItem[] {
  const settled = visit.readiness.map(({ item }) => item);
  return readinessListOf(visit).filter((item) => !settled.includes(item));
}

/** Ticks or waives an item, or takes that back. Refuses a waiver without a reason and an item of another kind of job. */
export const checkReadiness: Rule<'check_readiness'> = (visit, body, by) => {
  if (!readinessListOf(visit).includes(body.item))
    return new Refusal('invalid', 'visits.readiness_not_asked', { item: body.item });
  if (body.state === 'waived' && !body.reason)
    return new Refusal('invalid', 'visits.waiver_needs_reason', { item: body.item });
  const others = visit.readiness.filter(({ item }) => item !== body.item);
  if (body.state === 'open') return { ...visit, readiness: others };
  const entry = { item: body.item, state: body.state, reason: body.reason, ...stamp(by) };
  return { ...visit, readiness: [...others, entry].toSorted((a, b) => (a.item < b.item ? -1 : 1)) };
};
