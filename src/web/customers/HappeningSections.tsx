import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PromiseCard } from '../promises/PromiseCard.tsx';
import { ClockBadge } from '../ui/ClockBadge.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { visitsOfCustomerQuery } from '../visits/api.ts';
import { VisitLines } from '../visits/desk/VisitsOfTicket.tsx';
import { openTicketsQuery, owedQuery } from './api.ts';
import style from './customers.module.css';
import { Section } from './Section.tsx';

/** What is under way with this customer, what breaks first on top. */
export function OpenTicketsSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(openTicketsQuery(customerId));
  return (
    <Section title={t('customers.open_tickets')} count={data?.next ? undefined : data?.items.length}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={64} aria-hidden />}
      {data?.items.length === 0 && <p className="cp-soft">{t('customers.no_open_tickets')}</p>}
      <ul className={style.rows}>
        {data?.items.map((ticket) => (
          <li key={ticket.id} className={style.ticket}>
            <Link to={`/tickets/${ticket.id}`}>
              <span className={style.number}>#{ticket.number}</span> {ticket.title}
            </Link>
            <span className={style.ticketFacts}>
              <span className="cp-soft">
                {ticket.requester_name}
                {' · '}
                {ticket.assignee_name ?? t('customers.nobody_yet')}
              </span>
              <ClockBadge
                due={ticket.next_due_at}
                state={
                  ticket.state === 'waiting_on_customer' && ticket.next_due_at === null ? 'paused' : 'running'
                }
              />
            </span>
          </li>
        ))}
      </ul>
      {data?.next && (
        <Link to="/tickets" search={{ customer_id: customerId } as never}>
          {t('customers.all_tickets')}
        </Link>
      )}
    </Section>
  );
}

/** What we owe them, what is due first on top. */
export function OwedSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(owedQuery(customerId));
  return (
    <Section title={t('customers.owed')} count={data?.next ? undefined : data?.items.length}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={64} aria-hidden />}
      {data?.items.length === 0 && <p className="cp-soft">{t('customers.nothing_owed')}</p>}
      <div className={style.stack}>
        {data?.items.map((promise) => (
          <PromiseCard key={promise.id} promise={promise} withTicket />
        ))}
      </div>
    </Section>
  );
}

/** Who of us is going to them, or is there now. */
export function VisitsSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(visitsOfCustomerQuery(customerId));
  return (
    <Section title={t('visits.of_customer.title')} count={data?.next ? undefined : data?.items.length}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={64} aria-hidden />}
      {data?.items.length === 0 && <p className="cp-soft">{t('visits.of_customer.none')}</p>}
      <VisitLines visits={data?.items ?? []} />
      {data !== undefined && (
        <Link to="/visits" search={{ customer_id: customerId, state: 'all' } as never}>
          {t('visits.of_customer.all')}
        </Link>
      )}
    </Section>
  );
}
