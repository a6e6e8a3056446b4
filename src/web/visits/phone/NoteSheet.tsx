import { Button, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { VoiceBox } from '../../ui/VoiceBox.tsx';
import { DraftWords } from './DraftWords.tsx';
import { Sheet } from './Sheet.tsx';
import { useSave } from './use-save.ts';

/** A word for colleagues that belongs to no stretch of time. */
export function NoteSheet({ visitId, onClose }: { visitId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useDraft(`visit:${visitId}:note`, '');
  const { save, problem, isSaving } = useSave(visitId);
  const keep = async () => {
    if (!(await save({ name: 'note', body: { id: draft.id, body: draft.value } }))) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.note.open')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={draft.value.trim() === ''}>
            {t('visits_phone.note.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      <VoiceBox voice="internal">
        <Textarea
          variant="unstyled"
          label={t('visits_phone.note.body')}
          autosize
          minRows={4}
          maxLength={20_000}
          data-autofocus
          value={draft.value}
          onChange={(event) => draft.change(event.currentTarget.value)}
        />
      </VoiceBox>
    </Sheet>
  );
}
