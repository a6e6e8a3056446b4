import { Button, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReadinessItem } from '#domain/visits/visit.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { DraftWords } from './DraftWords.tsx';
import { Sheet } from './Sheet.tsx';
import { useSave } from './use-save.ts';

type Props = { visitId: string; item: ReadinessItem; onClose: () => void };

/** R21: going without something is somebody's decision, with a reason. */
export function WaiveSheet({ visitId, item, onClose }: Props) {
  const { t } = useTranslation();
  const draft = useDraft(`visit:${visitId}:waive:${item}`, '');
  const { save, problem, isSaving } = useSave(visitId);
  const reason = draft.value.replace(/\s+/g, ' ').trim();
  const keep = async () => {
    if (!(await save({ name: 'check_readiness', body: { item, state: 'waived', reason } }))) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.readiness.waive_title', { item: t(`visits.readiness_items.${item}`) })}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={reason === ''}>
            {t('visits_phone.readiness.waive_act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      <Textarea
        label={t('visits_phone.readiness.reason')}
        description={t('visits_phone.readiness.reason_help')}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        value={draft.value}
        onChange={(event) => draft.change(event.currentTarget.value)}
      />
    </Sheet>
  );
}
