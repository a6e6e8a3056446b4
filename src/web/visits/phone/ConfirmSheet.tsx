import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayConfirmToday } from '#domain/visits/kicking-off.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { ContactChoice } from './ContactChoice.tsx';
import { addressOf, contactOf } from './contact-words.ts';
import { Sheet } from './Sheet.tsx';
import { useSave } from './use-save.ts';

type Props = {
  page: VisitPage;
  name: 'confirm_today' | 'acknowledge_kick_off';
  onClose: () => void;
  /** What they read before they say yes. */
  children: ReactNode;
};

/** The phone in the customer's hand: they read, and one of them says that it is so. */
export function ConfirmSheet({ page, name, onClose, children }: Props) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const [chosen, setChosen] = useState<string | null>(visit.interface_contact_id);
  const { save, problem, isSaving } = useSave(visit.id);
  const contact = contactOf(about, chosen);
  const mayChoose =
    name === 'confirm_today' ? about.contacts.filter(({ id }) => mayConfirmToday(visit, id)) : about.contacts;
  const confirm = async () => {
    if (!contact) return;
    const body = { contact_id: contact.id, name: contact.name };
    if (await save({ name, body })) onClose();
  };
  return (
    <Sheet
      title={t(`visits_phone.${name}.title`)}
      onClose={onClose}
      onSubmit={() => void confirm()}
      foot={
        <>
          <ActProblem error={problem} isKept={false} />
          <Button type="submit" loading={isSaving} disabled={!contact}>
            {contact
              ? t(`visits_phone.${name}.act`, { name: addressOf(contact) })
              : t('visits_phone.choose_person')}
          </Button>
        </>
      }
    >
      <p>{t(`visits_phone.${name}.help`)}</p>
      {children}
      <ContactChoice
        label={t(`visits_phone.${name}.who`)}
        contacts={mayChoose}
        value={chosen}
        onChange={setChosen}
      />
    </Sheet>
  );
}
