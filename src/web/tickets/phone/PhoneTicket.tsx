import { ActionIcon, Button, Menu, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconDots, IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import type { ClockView, TicketPage } from '#domain/tickets/commands.ts';
import { promisesOfTicketQuery } from '../../promises/api.ts';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import { useTitle } from '../../ui/Screen.tsx';
import type { Voice } from '../../ui/VoiceBox.tsx';
import { ticketQuery } from '../api.ts';
import { Conversation } from '../Conversation.tsx';
import { FactsColumn } from '../FactsColumn.tsx';
import { HelpColumn } from '../HelpColumn.tsx';
import { StateMark } from '../Marks.tsx';
import { ReplyBox } from '../ReplyBox.tsx';
import { TicketDialogs } from '../TicketDialogs.tsx';
import { NextClock } from '../ticket-columns.tsx';
import { type TicketActs, useTicketActs } from '../use-ticket-acts.ts';
import style from './PhoneTicket.module.css';

const tabs = ['talk', 'next', 'facts'] as const;
type Tab = (typeof tabs)[number];

/** A ticket at a glance on the phone: what was said, what to do next, what it is; the answer at the thumb. */
export function PhoneTicket() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: ticket, error, refetch } = useQuery(ticketQuery(id));
  const { data: promises = [] } = useQuery(promisesOfTicketQuery(id));
  if (error && !ticket) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!ticket) {
    return (
      <div className={style.scrolls} aria-busy>
        <Skeleton height={28} mb="md" />
        <Skeleton height={90} mb="md" />
        <Skeleton height={90} />
      </div>
    );
  }
  return <Page key={ticket.id} ticket={ticket} promises={promises} />;
}

function Page({ ticket, promises }: { ticket: TicketPage; promises: PromiseRow[] }) {
  const { t } = useTranslation();
  const acts = useTicketActs(ticket);
  const [tab, setTab] = useState<Tab>('talk');
  const [why, setWhy] = useState<ClockView['kind'] | null>(null);
  useTitle(t('tickets.page_title', { number: ticket.number, title: ticket.title }));
  const isOpen = ticket.state !== 'closed';
  return (
    <div className={style.page}>
      <Head ticket={ticket} acts={acts} />
      {acts.problem && <ActProblem error={acts.problem} isKept={false} />}
      <div className={style.tabs} role="tablist" aria-label={t('tickets.phone.tabs')}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            aria-controls="ticket-part"
            className={style.tab}
            onClick={() => setTab(name)}
          >
            {t(`tickets.phone.${name}`)}
          </button>
        ))}
      </div>
      <div className={style.body} role="tabpanel" id="ticket-part" aria-labelledby={`tab-${tab}`}>
        {tab === 'talk' && (
          <Conversation ticket={ticket} promises={promises}>
            {isOpen && <Answer ticket={ticket} />}
          </Conversation>
        )}
        {tab === 'next' && (
          <div className={style.scrolls}>
            <HelpColumn ticket={ticket} promises={promises} acts={acts} />
          </div>
        )}
        {tab === 'facts' && (
          <div className={style.scrolls}>
            <FactsColumn
              ticket={ticket}
              onWhy={setWhy}
              onEdit={acts.mayWork && isOpen ? () => acts.open('edit') : undefined}
            />
          </div>
        )}
      </div>
      <TicketDialogs
        ticket={ticket}
        promises={promises}
        acts={acts}
        why={why}
        onWhyClose={() => setWhy(null)}
      />
    </div>
  );
}

/** One big button until a person wants to write; then the box, which keeps its draft. */
function Answer({ ticket }: { ticket: TicketPage }) {
  const { t } = useTranslation();
  const [isWriting, setWriting] = useState(false);
  const [voice, setVoice] = useState<Voice>('customer');
  const field = useRef<HTMLTextAreaElement>(null);
  if (isWriting) {
    return (
      <ReplyBox ticket={ticket} voice={voice} onVoice={setVoice} field={field} rows={2} withKeys={false} />
    );
  }
  return (
    <div className={style.answer}>
      <Button
        fullWidth
        leftSection={<IconMessage size={20} aria-hidden />}
        onClick={() => {
          setWriting(true);
          requestAnimationFrame(() => field.current?.focus());
        }}
      >
        {t('tickets.phone.write')}
      </Button>
    </div>
  );
}

function Head({ ticket, acts }: { ticket: TicketPage; acts: TicketActs }) {
  const { t } = useTranslation();
  const isOpen = ticket.state !== 'closed';
  return (
    <header className={style.head}>
      <div className={style.bar}>
        <ActionIcon component={Link} to="/tickets" aria-label={t('tickets.keys.back')}>
          <IconArrowLeft size={24} aria-hidden />
        </ActionIcon>
        <span className="cp-soft">#{ticket.number}</span>
        <NextClock ticket={ticket} />
        {acts.mayWork && (
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <ActionIcon aria-label={t('tickets.more')}>
                <IconDots size={24} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {isOpen && ticket.assignee_id === null && (
                <Menu.Item onClick={acts.take}>{t('tickets.assign.take')}</Menu.Item>
              )}
              {isOpen && (
                <Menu.Item onClick={() => acts.open('assign')}>{t('tickets.assign.again')}</Menu.Item>
              )}
              {isOpen && ticket.state !== 'waiting_on_customer' && (
                <Menu.Item onClick={() => acts.open('wait')}>{t('tickets.wait.open')}</Menu.Item>
              )}
              {isOpen && <Menu.Item onClick={() => acts.open('close')}>{t('tickets.close.open')}</Menu.Item>}
              {!isOpen && (
                <Menu.Item onClick={() => acts.open('reopen')}>{t('tickets.reopen.open')}</Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <h1>{ticket.title}</h1>
      <div className={style.under}>
        <StateMark state={ticket.state} />
        <span>{ticket.customer_name}</span>
        <span>{ticket.assignee_name ?? t('tickets.unassigned')}</span>
      </div>
    </header>
  );
}
