import { Button, Group } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
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
  const acknowledged = kick_off.acknowledged;
  return (
    <section className={style.block}>
      <Minutes page={page} />
      {acknowledged ? (
        <p className={style.fine}>
          <IconCheck size={20} aria-hidden />
          <span>
            {t('visits_phone.kick_off.acknowledged', { name: acknowledged.name })}{' '}
            <TimeText at={acknowledged.at} />
          </span>
        </p>
      ) : (
        <p className="cp-soft">{t('visits_phone.kick_off.unacknowledged')}</p>
      )}
      {mayAct && (
        <Group gap="md">
          <Button
            variant="default"
            leftSection={<IconPencil size={20} aria-hidden />}
            onClick={() => setOpen('edit')}
          >
            {t('visits_phone.kick_off.edit')}
          </Button>
          {hasContent && !acknowledged && (
            <Button variant="default" onClick={() => setOpen('acknowledge')}>
              {t('visits_phone.kick_off.ask')}
            </Button>
          )}
        </Group>
      )}
      {open === 'edit' && <KickOffSheet page={page} onClose={() => setOpen(null)} />}
      {open === 'acknowledge' && (
        <ConfirmSheet page={page} name="acknowledge_kick_off" onClose={() => setOpen(null)}>
          <Minutes page={page} />
        </ConfirmSheet>
      )}
    </section>
  );
}

function Minutes({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { kick_off, interface_contact_id } = page.visit;
  const person = contactOf(page.about, interface_contact_id);
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
        { label: t('visits_phone.kick_off.our_people'), value: people(kick_off.our_people) },
        { label: t('visits_phone.kick_off.their_people'), value: people(kick_off.their_people) },
        {
          label: t('visits_phone.interface_person'),
          value: person ? contactWords(person, t) : t('visits_phone.no_interface_person'),
        },
        ...kickOffTexts.map((part) =>
          kick_off[part]
            ? {
                label: t(`visits_phone.kick_off.${part}`),
                value: <span className={style.lines}>{kick_off[part]}</span>,
              }
            : null,
        ),
      ]}
    />
  );
}
