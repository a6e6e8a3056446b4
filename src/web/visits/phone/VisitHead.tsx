import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import { dayNumber } from '#domain/visits/days.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { FactsSheet } from './FactsSheet.tsx';
import { VisitState } from './VisitState.tsx';
import { VisitTimes } from './VisitTimes.tsx';
import style from './visit.module.css';

export function VisitHead({ page, asOf }: { page: VisitPage; asOf: Instant | null }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { visit, about } = page;
  const day = visit.state === 'done' ? null : dayNumber(visit);
  return (
    <header className={style.head}>
      <div className={style.bar}>
        <ActionIcon component={Link} to="/today" aria-label={t('visits_phone.back')}>
          <IconArrowLeft size={24} aria-hidden />
        </ActionIcon>
        <VisitState visit={visit} t={t} />
        <Button
          variant="subtle"
          leftSection={<IconInfoCircle size={20} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t('visits_phone.facts.open')}
        </Button>
      </div>
      <h1>{about.customer.name}</h1>
      <p className={style.under}>
        <span>
          {day !== null && <strong>{`${t('visits_phone.days.n', { n: day })} · `}</strong>}
          <VisitTimes visit={page.visit} />
        </span>
        <span className={style.title}>
          {`${t('visits.number', { number: visit.number })} · ${about.ticket.title}`}
        </span>
      </p>
      {isOpen && <FactsSheet page={page} asOf={asOf} onClose={() => setOpen(false)} />}
    </header>
  );
}
