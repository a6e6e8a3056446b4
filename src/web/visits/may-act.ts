import type { Visit } from '#domain/visits/visit.ts';
import { useMe } from '../app/session.ts';

/** Leads act on every visit, an engineer on their own; sales says what was sold and nothing else. */
export function useMayAct(visit: Pick<Visit, 'engineer_id'>) {
  const me = useMe();
  const isLead = me.roles.some((role) => role !== 'engineer' && role !== 'sales');
  return {
    isLead,
    mayAct: isLead || (me.roles.includes('engineer') && visit.engineer_id === me.id),
    sells: me.roles.includes('sales'),
  };
}
