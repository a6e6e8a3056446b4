import { Button, Group } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { kickOffConfirmation, minutesOf } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Minutes as Said } from '#domain/visits/visit.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Confirmed } from './Confirmed.tsx';
import { ConfirmSheet } from './ConfirmSheet.tsx';
import { contactOf, contactWords } from './contact-words.ts';
import { KickOffSheet, kickOffTexts } from './KickOffSheet.tsx';
import style from './stations.module.css';

/** R22: who does what, what is wanted, how it will go: said together and acknowledged. */
export function KickOffStation({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'edit' | 'acknowledge' | null>(null);
  const { kick_off } = page.visit;
  const hasContent = kick_off.need.trim() !== '' || kick_off.plan.trim() !== '';
  const acknowledged = kickOffConfirmation(page.visit);
  const isAcknowledged = acknowledged?.since?.length === 0;
  return (
    <section className={style.block}>
      <Minutes page={page} said={kick_off} />
      <Confirmed
        confirmed={acknowledged}
        about={page.about}
        none={t('visits_phone.kick_off.unacknowledged')}
        fine={t('visits_phone.kick_off.acknowledged', { name: acknowledged?.name })}
      />
      {mayAct && (
        <Group gap="md">
          <Button
            variant="default"
            leftSection={<IconPencil size={20} aria-hidden />}
            onClick={() => setOpen('edit')}
          >
            {t('visits_phone.kick_off.edit')}
          </Button>
          {hasContent && !isAcknowledged && (
            <Button variant="default" onClick={() => setOpen('acknowledge')}>
              {t(`visits_phone.kick_off.${acknowledged ? 'ask_again' : 'ask'}`)}
            </Button>
          )}
        </Group>
      )}
      {open === 'edit' && <KickOffSheet page={page} onClose={() => setOpen(null)} />}
      {open === 'acknowledge' && (
        <ConfirmSheet
          page={page}
          name="acknowledge_kick_off"
          words={minutesOf(kick_off)}
          onClose={() => setOpen(null)}
        >
          {(said) => <Minutes page={page} said={said} />}
        </ConfirmSheet>
      )}
    </section>
  );
}

function Minutes({ page, said }: { page: VisitPage; said: Said }) {
  const { t } = useTranslation();
  const person = contactOf(page.about, page.visit.interface_contact_id);
  const people = (list: { name: string; duty: string }[]) =>
    list.length === 0 ? null : (
      <ul className={style.plain}>
        {list.map(({ name, duty }) => (
          <li key={`${name} ${duty}`}>{t('visits_phone.kick_off.person', { name, duty })}</li>
        ))}
      </ul>
    );
  return (
    <FactList
      stacked
      facts={[
        { label: t('visits_phone.kick_off.our_people'), value: people(said.our_people) },
        { label: t('visits_phone.kick_off.their_people'), value: people(said.their_people) },
        {
          label: t('visits_phone.interface_person'),
          value: person ? contactWords(person, t) : t('visits_phone.no_interface_person'),
        },
        ...kickOffTexts.map((part) =>
          said[part]
            ? {
                label: t(`visits_phone.kick_off.${part}`),
                value: <span className={style.lines}>{said[part]}</span>,
              }
            : null,
        ),
      ]}
    />
  );
}
