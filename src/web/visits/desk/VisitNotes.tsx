import { Button, Textarea } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { useMay } from '../../app/session.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { say } from '../../ui/undo.ts';
import { VoiceBox } from '../../ui/VoiceBox.tsx';
import { useVisitDeskAct } from '../api.ts';
import { useMayAct } from '../may-act.ts';
import { Photos } from './Photos.tsx';
import style from './visit-page.module.css';

/** Notes among colleagues. */
export function VisitNotes({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const { mayAct } = useMayAct(visit);
  const may = useMay('visits.note') && mayAct;
  const draft = useDraft(`visit:${visit.id}:note`, '');
  const [isWriting, setWriting] = useState(draft.wasRestored);
  const note = useVisitDeskAct(visit.id, {
    onDone: () => {
      draft.clear();
      setWriting(false);
      say({ text: t('visits.page.note.done') });
    },
  });
  const submit = () => {
    if (draft.value.trim() !== '')
      note.mutate({ name: 'note', body: { id: draft.id, body: draft.value, photos: [] } });
  };
  if (!may && visit.notes.length === 0) return null;
  return (
    <section className={style.block}>
      <div className={style.blockHead}>
        <h2>{t('visits.page.notes')}</h2>
        {may && !isWriting && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size="1.1em" aria-hidden />}
            onClick={() => setWriting(true)}
          >
            {t('visits.page.note.open')}
          </Button>
        )}
      </div>
      {isWriting && (
        <form
          className={style.note}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit();
          }}
        >
          <VoiceBox voice="internal">
            <Textarea
              variant="unstyled"
              aria-label={t('visits.page.note.field')}
              autosize
              minRows={2}
              maxLength={20_000}
              value={draft.value}
              autoFocus
              onChange={(event) => draft.change(event.currentTarget.value)}
            />
          </VoiceBox>
          <ActProblem error={note.error} />
          <Button size="xs" type="submit" loading={note.isPending} disabled={draft.value.trim() === ''}>
            {t('visits.page.note.act')}
          </Button>
        </form>
      )}
      <ul className={style.cards}>
        {visit.notes
          .toSorted((a, b) => (a.at < b.at ? 1 : -1))
          .map((one) => (
            <li key={one.id}>
              <VoiceBox voice="internal" head={one.by_name} side={<TimeText at={one.at} />}>
                <span className={style.lines}>{one.body}</span>
                <Photos photos={one.photos ?? []} files={about.files} />
              </VoiceBox>
            </li>
          ))}
      </ul>
    </section>
  );
}
