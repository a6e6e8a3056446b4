import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { useMe } from '../../app/session.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { WhenInput } from '../../ui/WhenInput.tsx';
import { contactWords } from './contact-words.ts';
import { DraftWords } from './DraftWords.tsx';
import { Sheet } from './Sheet.tsx';
import { useMakingDraft } from './use-making-draft.ts';
import { useSave } from './use-save.ts';

type Fields = { words: string; to_contact_id: string | null; due_at: string | null };

/** A promise caught in passing: its words are enough, the rest can come later. Who says it, owes it. */
export function PromiseSheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { visit, about } = page;
  const empty = { words: '', to_contact_id: visit.interface_contact_id, due_at: null };
  const draft = useMakingDraft<Fields>(`visit:${visit.id}:promise`, empty, visit.promises);
  const { save, problem, isSaving } = useSave(visit.id);
  const { value } = draft;
  const set = (change: Partial<Fields>) => draft.change((before) => ({ ...before, ...change }));
  const keep = async () => {
    const body = {
      id: draft.id,
      ...value,
      words: value.words.replace(/\s+/g, ' ').trim(),
      owner_id: me.id,
    };
    if (!(await save({ name: 'promise', body }))) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.promise.new')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={value.words.trim() === ''}>
            {t('visits_phone.promise.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      <Textarea
        label={t('visits_phone.promise.words')}
        description={t('visits_phone.promise.words_help')}
        autosize
        minRows={2}
        maxLength={1_000}
        data-autofocus
        value={value.words}
        onChange={(event) => set({ words: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('visits_phone.promise.to')}
        value={value.to_contact_id ?? ''}
        onChange={(event) => set({ to_contact_id: event.currentTarget.value || null })}
        data={[
          { value: '', label: t('visits_phone.later') },
          ...about.contacts.map((contact) => ({ value: contact.id, label: contactWords(contact, t) })),
        ]}
      />
      <WhenInput
        label={t('visits_phone.promise.due')}
        value={value.due_at}
        zone={about.customer.zone}
        onChange={(due_at) => set({ due_at })}
      />
    </Sheet>
  );
}
