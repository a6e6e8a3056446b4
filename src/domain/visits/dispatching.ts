import { Refusal } from '../ground/refusal.ts';
import { type Rule, stamp } from './by.ts';
import { withClashes } from './clashes.ts';
import { openReadiness } from './readiness.ts';
import { scopeObjections } from './scope.ts';

/** One side's column of the scope sheet; the columns of the others are not touched. */
export const setScope: Rule<'set_scope'> = (visit, body, by) => {
  const field = `scope_${body.party}` as const;
  const changes = { [field]: { from: body.from, to: body.to } };
  return withClashes(visit, changes, { id: body.id, by });
};

/**
 * Sends the engineer off. Open readiness is never overridden (each item can be waived by name); what speaks against the
 * scope sheet can be, by name and with a reason.
 */
export const dispatchVisit: Rule<'dispatch'> = (visit, body, by) => {
  if (visit.state !== 'planned')
    return new Refusal('conflict', 'visits.already_dispatched', { state: visit.state });
  const open = openReadiness(visit);
  if (open.length > 0) return new Refusal('conflict', 'visits.not_ready', { items: open });
  const objections = scopeObjections(visit);
  if (objections.length > 0 && !body.override_reason)
    return new Refusal('conflict', 'visits.scope_unclear', { objections });
  const overridden = objections.map(({ code }) => code);
  const override_reason = overridden.length > 0 ? body.override_reason : null;
  return { ...visit, state: 'dispatched', dispatched: { ...stamp(by), overridden, override_reason } };
};

/** Gives the visit to a colleague. What is under way stays as it is. */
export const reassignVisit: Rule<'reassign'> = (visit, body) => {
  if (visit.engineer_id === body.engineer_id)
    return new Refusal('conflict', 'visits.already_theirs', { name: visit.engineer_name });
  if (visit.state === 'done') return new Refusal('conflict', 'visits.over');
  return { ...visit, engineer_id: body.engineer_id, engineer_name: body.engineer_name };
};
