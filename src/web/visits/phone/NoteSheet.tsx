import { Button, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Visit } from '#domain/visits/visit.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { VoiceBox } from '../../ui/VoiceBox.tsx';
import { DraftWords } from './DraftWords.tsx';
import { Sheet } from './Sheet.tsx';
import { useMakingDraft } from './use-making-draft.ts';
import { useSave } from './use-save.ts';

/** A word for colleagues that belongs to no stretch of time. */
export function NoteSheet({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useMakingDraft(`visit:${visit.id}:note`, '', visit.notes);
  const { save, problem, isSaving } = useSave(visit.id);
  const keep = async () => {
    if (!(await save({ name: 'note', body: { id: draft.id, body: draft.value, photos: [] } }))) return;
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
