import { Button, Group, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { useMay, useMe } from '../app/session.ts';
import { eventEntry } from '../audit/event-words.ts';
import { ImportedHistory } from '../imports/ImportedHistory.tsx';
import { MakePromiseDialog } from '../promises/MakePromiseDialog.tsx';
import { PromiseCard } from '../promises/PromiseCard.tsx';
import { PagedTimeline } from '../ui/PagedTimeline.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { VisitsOfTicket } from '../visits/desk/VisitsOfTicket.tsx';
import type { TimelinePage } from './api.ts';
import style from './TicketScreen.module.css';
import type { TicketActs } from './use-ticket-acts.ts';

/** `promises` is unknown until it was read: that is not the same as none. */
type Props = { ticket: TicketPage; promises: PromiseRow[] | undefined; acts: TicketActs };

/** The right column: what to do next, what we owe, what happened. */
export function HelpColumn({ ticket, promises, acts }: Props) {
  const mayPlan = useMay('visits.plan') && ticket.state !== 'closed';
  return (
    <>
      <NextStep ticket={ticket} acts={acts} />
      <Promises ticket={ticket} promises={promises} />
      <VisitsOfTicket ticketId={ticket.id} onPlan={mayPlan ? () => acts.open('visit') : undefined} />
      <History ticket={ticket} />
      {ticket.channel === 'import' && <ImportedHistory ticketId={ticket.id} />}
    </>
  );
}

/** What has to happen now, in one sentence, with the act that does it. */
export function NextStep({ ticket, acts }: Omit<Props, 'promises'>) {
  const { t } = useTranslation();
  return (
    <section className={style.block}>
      <div className={style.blockHead}>
        <h2>{t('tickets.next.title')}</h2>
      </div>
      <div className={style.next}>
        <NextWords ticket={ticket} />
        <Group gap="xs" className={style.nextActs}>
          {ticket.state === 'waiting_on_customer' && acts.mayWork && (
            <Button size="xs" onClick={acts.resume}>
              {t('tickets.wait.resume')}
            </Button>
          )}
          {ticket.state !== 'closed' && ticket.assignee_id === null && acts.mayWork && (
            <Button size="xs" onClick={acts.take}>
              {t('tickets.assign.take')}
            </Button>
          )}
          {ticket.state === 'closed' && acts.mayWork && (
            <Button size="xs" variant="default" onClick={() => acts.open('reopen')}>
              {t('tickets.reopen.open')}
            </Button>
          )}
        </Group>
      </div>
    </section>
  );
}

function NextWords({ ticket }: { ticket: TicketPage }) {
  const { t } = useTranslation();
  if (ticket.state === 'closed') {
    return (
      <div>
        {ticket.outcome === null
          ? t('tickets.next.closed_elsewhere')
          : t('tickets.next.closed', {
              name: ticket.closed_by_name ?? '',
              outcome: t(`tickets.outcomes.${ticket.outcome}`),
            })}{' '}
        {ticket.closed_at && <TimeText at={ticket.closed_at} />}
        {ticket.done_for_customer && <p className="cp-soft">{ticket.done_for_customer}</p>}
        {ticket.rating && (
          <p>
            {t('tickets.next.rated', { score: ticket.rating.score })}
            {ticket.rating.words && t('tickets.next.rated_words', { words: ticket.rating.words })}
          </p>
        )}
      </div>
    );
  }
  if (ticket.state === 'waiting_on_customer') {
    return (
      <div>
        {t('tickets.next.waiting', {
          name: ticket.waiting_on?.name ?? ticket.requester_name,
          what: ticket.waiting_for ?? '',
        })}
        {ticket.waiting_since && (
          <p className="cp-soft">
            {t('tickets.next.since')} <TimeText at={ticket.waiting_since} />
          </p>
        )}
      </div>
    );
  }
  const nextUpdate = ticket.clocks.find((clock) => clock.kind === 'next_update' && clock.state === 'running');
  const isUnanswered = ticket.clocks.some(
    (clock) => clock.kind === 'first_response' && clock.met_at === null,
  );
  if (ticket.assignee_id === null) return <div>{t('tickets.next.unassigned')}</div>;
  if (isUnanswered) return <div>{t('tickets.next.first_response', { name: ticket.requester_name })}</div>;
  return (
    <div>
      {t('tickets.next.update', { name: ticket.requester_name })}
      {nextUpdate?.due_at && (
        <>
          {' '}
          <TimeText at={nextUpdate.due_at} />
        </>
      )}
    </div>
  );
}

function Promises({ ticket, promises }: Omit<Props, 'acts'>) {
  const { t } = useTranslation();
  const me = useMe();
  const mayMake = useMay('promises.make') && ticket.state !== 'closed';
  const [isMaking, setMaking] = useState(false);
  return (
    <section className={style.block}>
      <div className={style.blockHead}>
        <h2>{t('promises.title')}</h2>
        {mayMake && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size="1.1em" aria-hidden />}
            onClick={() => setMaking(true)}
          >
            {t('tickets.promise.act')}
          </Button>
        )}
      </div>
      {promises === undefined && <Skeleton height={72} aria-hidden />}
      {promises?.length === 0 ? (
        <p className="cp-soft">{t('tickets.promise.none')}</p>
      ) : (
        <ul className={style.cards}>
          {promises?.map((promise) => (
            <li key={promise.id}>
              <PromiseCard promise={promise} />
            </li>
          ))}
        </ul>
      )}
      {isMaking && (
        <MakePromiseDialog
          ticket={ticket}
          words=""
          messageId={null}
          ownerId={me.id}
          onClose={() => setMaking(false)}
        />
      )}
    </section>
  );
}

function History({ ticket: { id, channel } }: Pick<Props, 'ticket'>) {
  const { t } = useTranslation();
  return (
    <section className={style.block}>
      <div className={style.blockHead}>
        <h2>{t('tickets.history')}</h2>
      </div>
      <PagedTimeline<TimelinePage>
        queryKey={['tickets', id, 'timeline']}
        path={`/api/tickets/${id}/timeline`}
        entryOf={(entry) => eventEntry(entry, t)}
        none={channel === 'import' ? t('imports.history.none_here') : undefined}
      />
    </section>
  );
}
