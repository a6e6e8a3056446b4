import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRow } from '#domain/tickets/commands.ts';
import { ClockBadge } from '../ui/ClockBadge.tsx';
import type { Column } from '../ui/List.tsx';
import { PersonName } from '../ui/PersonName.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { PriorityMark, StateMark } from './Marks.tsx';

/** What runs out next; a ticket that waits for the customer is paused, a closed one has no limit any more. */
export function NextClock({ ticket }: { ticket: Pick<TicketRow, 'next_due_at' | 'state'> }) {
  const isOver = ticket.state === 'closed';
  const isPaused = ticket.state === 'waiting_on_customer' && ticket.next_due_at === null;
  return (
    <ClockBadge
      due={isOver ? null : ticket.next_due_at}
      state={isOver ? 'stopped' : isPaused ? 'paused' : 'running'}
    />
  );
}

export function useTicketColumns(): Column<TicketRow>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const label = (name: string) => t(`tickets.columns.${name}`);
    return [
      { name: 'clock', label: label('clock'), render: (ticket) => <NextClock ticket={ticket} /> },
      {
        name: 'number',
        label: label('number'),
        render: (ticket) => <span className="cp-soft">#{ticket.number}</span>,
      },
      { name: 'title', label: label('title'), isMain: true, render: (ticket) => ticket.title },
      { name: 'customer', label: label('customer'), render: (ticket) => ticket.customer_name },
      { name: 'priority', label: label('priority'), render: (ticket) => <PriorityMark ticket={ticket} /> },
      { name: 'state', label: label('state'), render: (ticket) => <StateMark state={ticket.state} /> },
      {
        name: 'assignee',
        label: label('assignee'),
        render: (ticket) =>
          ticket.assignee_name === null ? (
            <span className="cp-soft">{t('tickets.unassigned')}</span>
          ) : (
            <PersonName name={ticket.assignee_name} />
          ),
      },
      {
        name: 'kind',
        label: label('kind'),
        isHidden: true,
        render: (ticket) => t(`tickets.kinds.${ticket.kind}`),
      },
      {
        name: 'requester',
        label: label('requester'),
        isHidden: true,
        render: (ticket) => ticket.requester_name,
      },
      {
        name: 'felt',
        label: label('felt'),
        isHidden: true,
        render: (ticket) =>
          ticket.felt_severity === null ? null : t(`tickets.felt.${ticket.felt_severity}`),
      },
      {
        name: 'created',
        label: label('created'),
        isHidden: true,
        render: (ticket) => <TimeText at={ticket.created_at} />,
      },
      {
        name: 'updated',
        label: label('updated'),
        isHidden: true,
        render: (ticket) => <TimeText at={ticket.updated_at} />,
      },
    ];
  }, [t]);
}
