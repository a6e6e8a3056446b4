import type { Actor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import type { Visit } from '#domain/visits/visit.ts';

/** Dispatchers, managers and administrators act on every visit; the product itself does too. */
export function isLead(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'staff' && actor.roles.some((role) => role !== 'engineer' && role !== 'sales');
}

/** Whether somebody works on visits at all, by the roles that they hold now. */
export function worksOnVisits(actor: Actor): boolean {
  return isLead(actor) || (actor.kind === 'staff' && actor.roles.includes('engineer'));
}

/**
 * Says why somebody may not act on a visit, or null. What an act asks for in general is the policy's; this asks whose
 * visit it is, and whether they are an engineer still: an engineer acts on their own, sales says what was sold and nothing else.
 */
export function refuseActing(
  actor: Actor,
  visit: Pick<Visit, 'engineer_id' | 'engineer_name'>,
  act: VisitAct,
): Refusal | null {
  if (isLead(actor) || (worksOnVisits(actor) && visit.engineer_id === actor.id)) return null;
  const sells = actor.kind === 'staff' && actor.roles.includes('sales');
  if (act.name === 'set_scope' && sells) {
    return act.body.party === 'sales' ? null : new Refusal('forbidden', 'visits.only_sales_column');
  }
  if (!worksOnVisits(actor))
    return new Refusal('forbidden', 'ground.forbidden', { permission: `visits.${act.name}` });
  return new Refusal('forbidden', 'visits.not_yours', { name: visit.engineer_name });
}
