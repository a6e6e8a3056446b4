import { Button, Group } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { todayCardOf, todayConfirmation } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { TodayCard as Card } from '#domain/visits/visit.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Confirmed } from './Confirmed.tsx';
import { ConfirmSheet } from './ConfirmSheet.tsx';
import { addressOf, contactOf } from './contact-words.ts';
import style from './stations.module.css';
import { TodaySheet } from './TodaySheet.tsx';

/** R33: the card of the day, changed by us, confirmed by the interface person. */
export function TodayCard({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'edit' | 'confirm' | null>(null);
  const { visit, about } = page;
  const person = contactOf(about, visit.interface_contact_id);
  const isComplete = visit.goal.trim() !== '' && visit.done_when.trim() !== '';
  const confirmed = todayConfirmation(visit);
  const asks = confirmed?.since?.length ? 'ask_again' : 'ask';
  return (
    <section className={style.block}>
      <h3>{t('visits_phone.today_card.title')}</h3>
      <TodayFacts card={visit} />
      <Confirmed
        confirmed={confirmed}
        about={about}
        none={t('visits_phone.today_card.unconfirmed')}
        fine={t('visits_phone.today_card.confirmed', { name: confirmed?.name })}
      />
      {mayAct && (
        <Group gap="md">
          <Button
            variant="default"
            leftSection={<IconPencil size={20} aria-hidden />}
            onClick={() => setOpen('edit')}
          >
            {t('visits_phone.today_card.edit')}
          </Button>
          {isComplete && (
            <Button variant="default" onClick={() => setOpen('confirm')}>
              {person
                ? t(`visits_phone.today_card.${asks}`, { name: addressOf(person) })
                : t('visits_phone.today_card.ask_somebody')}
            </Button>
          )}
        </Group>
      )}
      {open === 'edit' && <TodaySheet page={page} onClose={() => setOpen(null)} />}
      {open === 'confirm' && (
        <ConfirmSheet
          page={page}
          name="confirm_today"
          words={todayCardOf(visit)}
          onClose={() => setOpen(null)}
        >
          {(card) => <TodayFacts card={card} />}
        </ConfirmSheet>
      )}
    </section>
  );
}

function TodayFacts({ card }: { card: Card }) {
  const { t } = useTranslation();
  const lines = (text: string) => (
    <span className={style.lines}>{text || t('visits_phone.not_written')}</span>
  );
  return (
    <FactList
      stacked
      facts={[
        { label: t('visits_phone.today_card.goal'), value: lines(card.goal) },
        { label: t('visits_phone.today_card.done_when'), value: lines(card.done_when) },
        { label: t('visits_phone.today_card.not_today'), value: lines(card.not_today) },
      ]}
    />
  );
}
