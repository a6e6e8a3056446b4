import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { VisitRow } from '#domain/visits/views.ts';
import { visitsOfTicketQuery } from '../api.ts';
import { EmergencyMark, Span, VisitStateMark, WaitingMarks } from './VisitMarks.tsx';
import style from './visit-lines.module.css';

/** A ticket's visits with state and time, and the way to another one. */
export function VisitsOfTicket({ ticketId, onPlan }: { ticketId: string; onPlan: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { data } = useQuery(visitsOfTicketQuery(ticketId));
  return (
    <section className={style.block} aria-label={t('visits.of_ticket.title')}>
      <div className={style.head}>
        <h2>{t('visits.of_ticket.title')}</h2>
        {onPlan && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size="1.1em" aria-hidden />}
            onClick={onPlan}
          >
            {t('visits.plan.open')}
          </Button>
        )}
      </div>
      {data?.items.length === 0 && <p className="cp-soft">{t('visits.of_ticket.none')}</p>}
      <VisitLines visits={data?.items ?? []} />
    </section>
  );
}

/** Visits as lines in a narrow column. */
export function VisitLines({ visits }: { visits: VisitRow[] }) {
  const { t } = useTranslation();
  return (
    <ul className={style.lines}>
      {visits.map((visit) => (
        <li key={visit.id} className={style.line}>
          <div className={style.first}>
            <Link to={`/visits/${visit.id}`}>{t('visits.number', { number: visit.number })}</Link>
            <VisitStateMark state={visit.state} />
            {visit.is_emergency && <EmergencyMark />}
          </div>
          <div className={style.second}>
            <Span visit={visit} />
            <span>{visit.engineer.name}</span>
          </div>
          <WaitingMarks visit={visit} />
        </li>
      ))}
    </ul>
  );
}
