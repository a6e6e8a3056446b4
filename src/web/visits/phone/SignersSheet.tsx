import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { VisitPage } from '#domain/visits/views.ts';
import { useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { contactWords } from './contact-words.ts';
import { Sheet } from './Sheet.tsx';
import style from './stations.module.css';
import { useSave } from './use-save.ts';

/** Who may sign beside the interface person. */
export function SignersSheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const draft = useDraft<{ base: string[]; ids: string[] }>(`visit:${visit.id}:signers`, {
    base: visit.signer_ids,
    ids: visit.signer_ids,
  });
  const { save, problem, isSaving } = useSave(visit.id);
  const { base, ids } = draft.value;
  const keep = async () => {
    const changes = { signer_ids: { from: base, to: ids } };
    const hasChanged = base.join() !== ids.join();
    if (hasChanged && !(await save({ name: 'edit', body: { id: uuidv7(), changes } }))) return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.signers.title')}
      onClose={onClose}
      onSubmit={() => void keep()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving}>
            {t('visits_phone.signers.act')}
          </Button>
        </>
      }
    >
      <p>{t('visits_phone.signers.help')}</p>
      {about.contacts
        .filter(({ id }) => id !== visit.interface_contact_id)
        .map((contact) => (
          <Checkbox
            key={contact.id}
            size="md"
            className={style.row}
            label={contactWords(contact, t)}
            checked={ids.includes(contact.id)}
            disabled={!ids.includes(contact.id) && ids.length >= 10}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              draft.change((before) => ({
                ...before,
                ids: isOn ? [...before.ids, contact.id] : before.ids.filter((id) => id !== contact.id),
              }));
            }}
          />
        ))}
    </Sheet>
  );
}
