import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Visit } from '#domain/visits/visit.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { say } from '../../ui/undo.ts';
import { useVisitDeskAct } from '../api.ts';

export function CancelVisitDialog({
  visit,
  onClose,
}: {
  visit: Pick<Visit, 'id' | 'number'>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const draft = useDraft(`visit:${visit.id}:cancel`, '');
  const reason = draft.value.replace(/\s+/g, ' ').trim();
  const cancel = useVisitDeskAct(visit.id, {
    onDone: () => {
      draft.clear();
      say({ text: t('visits.cancel.done') });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('visits.cancel.title', { number: visit.number })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason) cancel.mutate({ name: 'cancel', body: { reason } });
        }}
      >
        <Stack>
          <p>{t('visits.cancel.lead')}</p>
          <Textarea
            label={t('visits.cancel.reason')}
            autosize
            minRows={2}
            maxLength={500}
            value={draft.value}
            onChange={(event) => draft.change(event.currentTarget.value)}
            data-autofocus
          />
          <ActProblem error={cancel.error} />
          <Group>
            <Button type="submit" loading={cancel.isPending} disabled={reason === ''}>
              {t('visits.cancel.act')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('visits.cancel.keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
