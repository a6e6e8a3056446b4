import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { VisitPage } from '#domain/visits/views.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { changesOf } from './changes-of.ts';
import { contactWords } from './contact-words.ts';
import { DraftWords } from './DraftWords.tsx';
import { Sheet } from './Sheet.tsx';
import { useSave } from './use-save.ts';

type Fields = { goal: string; done_when: string; not_today: string; interface_contact_id: string | null };
const parts = ['goal', 'done_when', 'not_today'] as const;

/** R33: what today is for, when it is done, and what it is not for. */
export function TodaySheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const { goal, done_when, not_today, interface_contact_id } = visit;
  const start: Fields = { goal, done_when, not_today, interface_contact_id };
  const draft = useDraft<{ base: Fields; fields: Fields }>(`visit:${visit.id}:today`, {
    base: start,
    fields: start,
  });
  const { save, problem, isSaving } = useSave(visit.id);
  const { base, fields } = draft.value;
  const set = (change: Partial<Fields>) =>
    draft.change((before) => ({ ...before, fields: { ...before.fields, ...change } }));
  const keep = async () => {
    const changes = changesOf(base, fields);
    const hasChanged = Object.keys(changes).length > 0;
    if (hasChanged && !(await save({ name: 'edit', body: { id: uuidv7(), changes } }))) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.today_card.edit')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving}>
            {t('visits_phone.today_card.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      {parts.map((part) => (
        <Textarea
          key={part}
          label={t(`visits_phone.today_card.${part}`)}
          description={t(`visits_phone.today_card.${part}_help`)}
          autosize
          minRows={2}
          maxLength={2_000}
          value={fields[part]}
          onChange={(event) => set({ [part]: event.currentTarget.value })}
        />
      ))}
      <NativeSelect
        label={t('visits_phone.interface_person')}
        value={fields.interface_contact_id ?? ''}
        onChange={(event) => set({ interface_contact_id: event.currentTarget.value || null })}
        data={[
          { value: '', label: t('visits_phone.choose') },
          ...about.contacts.map((contact) => ({ value: contact.id, label: contactWords(contact, t) })),
        ]}
      />
    </Sheet>
  );
}
