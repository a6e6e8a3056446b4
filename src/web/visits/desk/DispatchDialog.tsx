import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openReadiness } from '#domain/visits/readiness.ts';
import { scopeObjections } from '#domain/visits/scope.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { say } from '../../ui/undo.ts';
import { useVisitDeskAct } from '../api.ts';
import { InTheWay } from './DispatchPanel.tsx';

/** Readiness is never passed over; what speaks against the scope sheet is, by name and with a reason. */
export function DispatchDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useDraft(`visit:${visit.id}:override`, '');
  const reason = draft.value.replace(/\s+/g, ' ').trim();
  const isNotReady = openReadiness(visit).length > 0;
  const isUnclear = scopeObjections(visit).length > 0;
  const name = visit.engineer_name;
  const dispatch = useVisitDeskAct(visit.id, {
    onDone: () => {
      draft.clear();
      say({ text: t('visits.dispatch.done', { name }) });
      onClose();
    },
  });
  const submit = () => {
    if (isNotReady || (isUnclear && reason === '')) return;
    dispatch.mutate({ name: 'dispatch', body: { override_reason: reason || null } });
  };
  return (
    <Modal opened onClose={onClose} title={t('visits.dispatch.dialog.title', { name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <InTheWay visit={visit} />
          {isNotReady && <p>{t('visits.dispatch.dialog.not_ready')}</p>}
          {!isNotReady && isUnclear && (
            <>
              <p>{t('visits.dispatch.dialog.unclear')}</p>
              <Textarea
                label={t('visits.dispatch.dialog.reason')}
                description={t('visits.dispatch.dialog.reason_help')}
                autosize
                minRows={2}
                maxLength={500}
                value={draft.value}
                onChange={(event) => draft.change(event.currentTarget.value)}
                data-autofocus
              />
            </>
          )}
          <ActProblem error={dispatch.error} />
          <Group>
            {!isNotReady && (
              <Button type="submit" loading={dispatch.isPending} disabled={isUnclear && reason === ''}>
                {t(isUnclear ? 'visits.dispatch.dialog.override' : 'visits.dispatch.act')}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {t('visits.dispatch.dialog.back')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
