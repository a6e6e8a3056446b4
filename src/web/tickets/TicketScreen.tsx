import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClockView, TicketPage } from '#domain/tickets/commands.ts';
import { useMay } from '../app/session.ts';
import { promisesOfTicketQuery } from '../promises/api.ts';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { Hint } from '../ui/Hint.tsx';
import { neighboursOf } from '../ui/list-place.ts';
import { useTitle } from '../ui/Screen.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import type { Voice } from '../ui/VoiceBox.tsx';
import { ticketQuery } from './api.ts';
import { Conversation } from './Conversation.tsx';
import { FactsColumn } from './FactsColumn.tsx';
import { HelpColumn } from './HelpColumn.tsx';
import { StateMark } from './Marks.tsx';
import { ReplyBox } from './ReplyBox.tsx';
import { TicketDialogs } from './TicketDialogs.tsx';
import style from './TicketScreen.module.css';
import { type TicketActs, useTicketActs } from './use-ticket-acts.ts';

/** One ticket at the desk: facts, conversation, what helps now. */
export function TicketScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: ticket, error, refetch } = useQuery(ticketQuery(id));
  if (error && !ticket) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return ticket ? <Page key={ticket.id} ticket={ticket} /> : <Waiting />;
}

function Page({ ticket }: { ticket: TicketPage }) {
  const { t } = useTranslation();
  const { data: known } = useQuery(promisesOfTicketQuery(ticket.id));
  const promises = known ?? [];
  const acts = useTicketActs(ticket);
  const [voice, setVoice] = useState<Voice>('customer');
  const [why, setWhy] = useState<ClockView['kind'] | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useTitle(t('tickets.page_title', { number: ticket.number, title: ticket.title }));
  const write = (next: Voice) => {
    setVoice(next);
    requestAnimationFrame(() => field.current?.focus());
  };
  useTicketKeys(ticket, acts, write);
  return (
    <div className={style.page}>
      <Head ticket={ticket} acts={acts} />
      {acts.problem && <ActProblem error={acts.problem} isKept={false} />}
      <div className={style.columns}>
        <Side label={t('tickets.facts.title')}>
          <FactsColumn
            ticket={ticket}
            onWhy={setWhy}
            onEdit={acts.mayWork && ticket.state !== 'closed' ? () => acts.open('edit') : undefined}
          />
        </Side>
        <Conversation ticket={ticket} promises={promises}>
          {ticket.state !== 'closed' && (
            <ReplyBox ticket={ticket} voice={voice} onVoice={write} field={field} />
          )}
        </Conversation>
        <Side label={t('tickets.help')}>
          <HelpColumn ticket={ticket} promises={known} acts={acts} />
        </Side>
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

function Side({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <aside className={style.side} aria-label={label} tabIndex={0}>
      {children}
    </aside>
  );
}

function Head({ ticket, acts }: { ticket: TicketPage; acts: TicketActs }) {
  const { t } = useTranslation();
  const isOpen = ticket.state !== 'closed';
  return (
    <header className={style.head}>
      <div className={style.title}>
        <h1>{ticket.title}</h1>
        <div className={style.under}>
          <span>#{ticket.number}</span>
          <StateMark state={ticket.state} />
          <span>{ticket.customer_name}</span>
          <span>
            {ticket.assignee_name
              ? t('tickets.assigned_to', { name: ticket.assignee_name })
              : t('tickets.unassigned')}
          </span>
        </div>
      </div>
      {isOpen && acts.mayWork && (
        <>
          {ticket.assignee_id === null && <Button onClick={acts.take}>{t('tickets.assign.take')}</Button>}
          <Button variant="default" onClick={() => acts.open('assign')}>
            {t(ticket.assignee_id === null ? 'tickets.assign.open' : 'tickets.assign.again')}
          </Button>
          {ticket.state !== 'waiting_on_customer' && (
            <Button variant="default" onClick={() => acts.open('wait')}>
              {t('tickets.wait.open')}
            </Button>
          )}
          <Button variant="default" onClick={() => acts.open('close')}>
            {t('tickets.close.open')}
          </Button>
        </>
      )}
      {!isOpen && acts.mayWork && (
        <Button variant="default" onClick={() => acts.open('reopen')}>
          {t('tickets.reopen.open')}
        </Button>
      )}
      <Neighbours id={ticket.id} />
    </header>
  );
}

function Neighbours({ id }: { id: string }) {
  const { t } = useTranslation();
  const { before, after } = neighboursOf('tickets', id);
  const arrow = (to: string | null, label: string, Icon: typeof IconChevronUp) => (
    <Hint label={label}>
      {to === null ? (
        <ActionIcon disabled variant="transparent" bg="transparent" aria-label={label}>
          <Icon size="1.25em" aria-hidden />
        </ActionIcon>
      ) : (
        <ActionIcon component={Link} to={`/tickets/${to}`} aria-label={label}>
          <Icon size="1.25em" aria-hidden />
        </ActionIcon>
      )}
    </Hint>
  );
  return (
    <span style={{ display: 'inline-flex' }}>
      {arrow(before, t('tickets.keys.previous'), IconChevronUp)}
      {arrow(after, t('tickets.keys.next'), IconChevronDown)}
    </span>
  );
}

/** r i e n p and the rest; and what the queue's keys asked for when they opened this page. */
function useTicketKeys(ticket: TicketPage, acts: TicketActs, write: (voice: Voice) => void): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { act } = useSearch({ strict: false }) as { act?: string };
  const isOpen = ticket.state !== 'closed';
  const off = !isOpen || !acts.mayWork;
  const mayPlan = useMay('visits.plan');
  const go = (id: string | null) => id !== null && void navigate({ to: `/tickets/${id}` });
  useEffect(() => {
    if (act === 'reply' && isOpen) write('customer');
    if (act === 'edit' && !off) acts.open('edit');
    if (act) void navigate({ to: `/tickets/${ticket.id}`, replace: true });
  }, [act]);
  useShortcuts(t('tickets.keys.title'), [
    { keys: 'r', label: t('tickets.reply.open'), run: () => write('customer'), off },
    { keys: 'i', label: t('tickets.note.open'), run: () => write('internal'), off: !isOpen },
    { keys: 'e', label: t('tickets.edit.open'), run: () => acts.open('edit'), off },
    { keys: 't', label: t('tickets.assign.take'), run: acts.take, off },
    { keys: 'a', label: t('tickets.assign.open'), run: () => acts.open('assign'), off },
    {
      keys: 'w',
      label: t('tickets.wait.open'),
      run: () => acts.open('wait'),
      off: off || ticket.state === 'waiting_on_customer',
    },
    { keys: 'v', label: t('visits.plan.open'), run: () => acts.open('visit'), off: !isOpen || !mayPlan },
    { keys: 'x', label: t('tickets.close.open'), run: () => acts.open('close'), off },
    { keys: 'n', label: t('tickets.keys.next'), run: () => go(neighboursOf('tickets', ticket.id).after) },
    {
      keys: 'p',
      label: t('tickets.keys.previous'),
      run: () => go(neighboursOf('tickets', ticket.id).before),
    },
    { keys: 'u', label: t('tickets.keys.back'), run: () => void navigate({ to: '/tickets' }) },
    {
      keys: 'escape',
      label: t('tickets.keys.leave_field'),
      run: () => (document.activeElement as HTMLElement | null)?.blur(),
      whileTyping: true,
      off: acts.dialog !== null,
    },
  ]);
}

function Waiting() {
  return (
    <div className={style.page} aria-busy>
      <div className={style.head}>
        <Skeleton height={26} width="40%" />
      </div>
      <div className={style.columns}>
        {[70, 90, 60].map((width) => (
          <div key={width} className={style.side}>
            <Skeleton height={16} mb="md" width={`${width}%`} />
            <Skeleton height={16} mb="md" />
            <Skeleton height={16} width="50%" />
          </div>
        ))}
      </div>
    </div>
  );
}
