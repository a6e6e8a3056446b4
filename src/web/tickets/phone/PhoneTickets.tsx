import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TicketRow } from '#domain/tickets/commands.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { List } from '../../ui/List.tsx';
import { SavedViews } from '../../ui/SavedViews.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { PriorityMark, StateMark } from '../Marks.tsx';
import { NextClock } from '../ticket-columns.tsx';
import style from './PhoneTickets.module.css';

const idOf = (ticket: TicketRow) => ticket.id;
const pathOf = (ticket: TicketRow) => `/tickets/${ticket.id}`;
const look = { density: 'roomy', columns: {} } as const;
const choices = ['mine', 'unassigned', 'all'] as const;
type Choice = (typeof choices)[number];
const filters: Record<Choice, Record<string, string>> = {
  mine: { assignee: 'me' },
  unassigned: { assignee: 'none' },
  all: {},
};

/** My tickets on the phone: what breaks first on top; what nobody has, and all of them, one tap away. */
export function PhoneTickets() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { show } = useSearch({ strict: false }) as { show?: string };
  const choice: Choice = choices.find((known) => known === show) ?? 'mine';
  const pages = usePages<TicketRow>('tickets', '/api/tickets', filters[choice]);
  const choose = (next: Choice) =>
    void navigate({
      to: '/tickets',
      search: (next === 'mine' ? {} : { show: next }) as never,
      replace: true,
    });
  return (
    <Screen
      title={t('tickets.title')}
      fills
      below={
        <SavedViews
          views={choices.map((id) => ({
            id,
            name: t(`tickets.views.${id === 'all' ? 'active' : id}`),
            filters: filters[id],
          }))}
          chosen={filters[choice]}
          onChoose={(chosen) => choose(choices.find((id) => filters[id] === chosen) ?? 'mine')}
        />
      }
    >
      <List
        label={t('tickets.title')}
        name={`phone tickets ${choice}`}
        kind="tickets"
        pages={pages}
        columns={[]}
        look={look}
        idOf={idOf}
        pathOf={pathOf}
        card={(ticket) => <Card ticket={ticket} />}
        empty={
          <EmptyState
            title={t(`tickets.phone.empty_${choice}`)}
            why={t(`tickets.phone.empty_${choice}_why`)}
            icon={<IconInbox size={36} stroke={1.4} aria-hidden />}
          >
            {choice === 'mine' && (
              <Button variant="default" onClick={() => choose('unassigned')}>
                {t('tickets.phone.show_unassigned')}
              </Button>
            )}
          </EmptyState>
        }
      />
    </Screen>
  );
}

function Card({ ticket }: { ticket: TicketRow }) {
  return (
    <>
      <span className={style.first}>
        <NextClock ticket={ticket} />
        <PriorityMark ticket={ticket} withWord={false} />
      </span>
      <span className={style.title}>{ticket.title}</span>
      <span className={style.under}>
        <span>#{ticket.number}</span>
        <span>{ticket.customer_name}</span>
        <StateMark state={ticket.state} />
      </span>
    </>
  );
}
