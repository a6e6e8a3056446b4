import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openReadiness } from '#domain/visits/readiness.ts';
import { scopeObjections } from '#domain/visits/scope.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { useMay } from '../../app/session.ts';
import { say } from '../../ui/undo.ts';
import { useVisitDeskAct } from '../api.ts';
import { useMayAct } from '../may-act.ts';

export type VisitDialog = 'edit' | 'dispatch' | 'reassign' | 'cancel';

/** What the desk can do to a visit from its page, and which dialog is open for it. */
export function useVisitActs(visit: Visit) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<VisitDialog | null>(null);
  const dispatch = useVisitDeskAct(visit.id, {
    onDone: () => say({ text: t('visits.dispatch.done', { name: visit.engineer_name }) }),
  });
  const isOver = visit.state === 'done' || visit.state === 'cancelled';
  const { mayAct } = useMayAct(visit);
  const mayEdit = useMay('visits.edit') && mayAct;
  const mayDispatch = useMay('visits.dispatch');
  const mayReassign = useMay('visits.reassign');
  const mayCancel = useMay('visits.cancel');
  const isInWay = openReadiness(visit).length > 0 || scopeObjections(visit).length > 0;
  return {
    dialog,
    open: setDialog,
    close: () => setDialog(null),
    /** Off at once where nothing stands in the way; otherwise the dialog says what does. */
    dispatch: () =>
      isInWay
        ? setDialog('dispatch')
        : dispatch.mutate({ name: 'dispatch', body: { override_reason: null } }),
    isDispatching: dispatch.isPending,
    mayEdit: mayEdit && visit.state !== 'cancelled',
    mayDispatch: mayDispatch && visit.state === 'planned',
    mayReassign: mayReassign && !isOver,
    mayCancel: mayCancel && !isOver,
    problem: dispatch.error,
  };
}

export type VisitActs = ReturnType<typeof useVisitActs>;
