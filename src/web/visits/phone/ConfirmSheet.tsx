import { Alert, Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSame } from '#domain/visits/clashes.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import { mayConfirmToday } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Minutes, TodayCard } from '#domain/visits/visit.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { ContactChoice } from './ContactChoice.tsx';
import { addressOf, contactOf } from './contact-words.ts';
import { Sheet } from './Sheet.tsx';
import { useSave } from './use-save.ts';

type Props<Words> = {
  page: VisitPage;
  name: 'confirm_today' | 'acknowledge_kick_off';
  /** What stands in the record now. */
  words: Words;
  /** What they read before they say yes. */
  children: (shown: Words) => ReactNode;
  onClose: () => void;
};

/** The phone in the customer's hand: they read, and one of them says that it is so. What they read goes along with it. */
export function ConfirmSheet<Words extends TodayCard | Minutes>(props: Props<Words>) {
  const { page, name, words, children, onClose } = props;
  const { t } = useTranslation();
  const { visit, about } = page;
  const [chosen, setChosen] = useState<string | null>(visit.interface_contact_id);
  // Whoever is reading goes on reading the same, whatever comes in meanwhile.
  const [shown, setShown] = useState(words);
  const isStale = !isSame(shown, words);
  const { save, problem, isSaving } = useSave(visit.id);
  const contact = contactOf(about, chosen);
  const mayChoose =
    name === 'confirm_today' ? about.contacts.filter(({ id }) => mayConfirmToday(visit, id)) : about.contacts;
  const confirm = async () => {
    if (!contact) return;
    const body = { contact_id: contact.id, name: contact.name, read: shown };
    if (await save({ name, body } as VisitAct)) onClose();
  };
  return (
    <Sheet
      title={t(`visits_phone.${name}.title`)}
      onClose={onClose}
      onSubmit={() => void confirm()}
      foot={
        <>
          <ActProblem error={problem} isKept={false} />
          <Button type="submit" loading={isSaving} disabled={!contact || isStale}>
            {contact
              ? t(`visits_phone.${name}.act`, { name: addressOf(contact) })
              : t('visits_phone.choose_person')}
          </Button>
        </>
      }
    >
      <p>{t(`visits_phone.${name}.help`)}</p>
      {isStale && (
        <Alert color="yellow" variant="light" role="alert">
          {t('visits_phone.confirmed.stale')}
          <Button size="xs" variant="default" mt="sm" onClick={() => setShown(words)}>
            {t('visits_phone.confirmed.show_latest')}
          </Button>
        </Alert>
      )}
      {children(shown)}
      <ContactChoice
        label={t(`visits_phone.${name}.who`)}
        contacts={mayChoose}
        value={chosen}
        onChange={setChosen}
      />
    </Sheet>
  );
}
