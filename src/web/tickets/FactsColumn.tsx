import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ClockView, TicketPage } from '#domain/tickets/commands.ts';
import { ClockBadge } from '../ui/ClockBadge.tsx';
import { FactList } from '../ui/FactList.tsx';
import { PersonName } from '../ui/PersonName.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { PriorityMark } from './Marks.tsx';
import { rolesOfRequester } from './person-words.ts';
import style from './TicketScreen.module.css';

type Props = {
  ticket: TicketPage;
  onWhy: (kind: ClockView['kind']) => void;
  onEdit: (() => void) | undefined;
};

/** The left column: clocks, what we judge beside what they feel, who it is, what it is about. */
export function FactsColumn({ ticket, onWhy, onEdit }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <section className={style.block}>
        <div className={style.blockHead}>
          <h2>{t('tickets.clocks.title')}</h2>
        </div>
        <ClockFacts ticket={ticket} onWhy={onWhy} />
      </section>
      <section className={style.block}>
        <div className={style.blockHead}>
          <h2>{t('tickets.judged.title')}</h2>
          {onEdit && (
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconPencil size="1.1em" aria-hidden />}
              onClick={onEdit}
            >
              {t('tickets.edit.open')}
            </Button>
          )}
        </div>
        <FactList
          facts={[
            { label: t('tickets.columns.kind'), value: t(`tickets.kinds.${ticket.kind}`) },
            { label: t('tickets.columns.priority'), value: <PriorityMark ticket={ticket} /> },
            { label: t('tickets.judged.impact'), value: t(`tickets.impacts.${ticket.impact}`) },
            { label: t('tickets.judged.urgency'), value: t(`tickets.urgencies.${ticket.urgency}`) },
            {
              label: t('tickets.columns.felt'),
              value:
                ticket.felt_severity === null
                  ? t('tickets.felt.unknown')
                  : t(`tickets.felt.${ticket.felt_severity}`),
            },
          ]}
        />
      </section>
      <CustomerFacts ticket={ticket} />
    </>
  );
}

export function ClockFacts({ ticket, onWhy }: Pick<Props, 'ticket' | 'onWhy'>) {
  const { t } = useTranslation();
  if (ticket.clocks.length === 0) return <p className="cp-soft">{t('tickets.clocks.none')}</p>;
  return (
    <dl className={style.clocks}>
      {ticket.clocks.map((clock) => (
        <div key={clock.kind} style={{ display: 'contents' }}>
          <dt>{t(`tickets.clocks.${clock.kind}`)}</dt>
          <dd>
            <ClockBadge
              due={clock.due_at}
              state={clock.state}
              metAt={clock.met_at}
              onWhy={() => onWhy(clock.kind)}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function CustomerFacts({ ticket }: { ticket: TicketPage }) {
  const { t } = useTranslation();
  const reader = t(`tickets.reader_levels.${ticket.requester_reader_level}`);
  return (
    <section className={style.block}>
      <div className={style.blockHead}>
        <h2>{t('tickets.columns.customer')}</h2>
      </div>
      <FactList
        facts={[
          {
            label: t('tickets.facts.firm'),
            value: <Link to={`/customers/${ticket.customer_id}`}>{ticket.customer_name}</Link>,
          },
          {
            label: t('tickets.columns.requester'),
            value: (
              <PersonName
                name={ticket.requester_name}
                role={rolesOfRequester(ticket, t) || undefined}
                title={ticket.requester_title}
              />
            ),
          },
          { label: t('tickets.facts.reads'), value: reader },
          ticket.site && { label: t('tickets.facts.site'), value: ticket.site.name },
          ticket.asset && { label: t('tickets.facts.asset'), value: ticket.asset.name },
          {
            label: t('tickets.facts.contract'),
            value: ticket.contract?.name ?? t('tickets.facts.no_contract'),
          },
          ticket.calendar_name !== null && {
            label: t('tickets.facts.calendar'),
            value: ticket.calendar_name,
          },
          { label: t('tickets.facts.channel'), value: t(`tickets.channels.${ticket.channel}`) },
          { label: t('tickets.columns.created'), value: <TimeText at={ticket.created_at} /> },
        ]}
      />
    </section>
  );
}
