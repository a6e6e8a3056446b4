import { Button, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SenderRow } from '#domain/channels/mailbox-commands.ts';
import { BackLink } from '../../ui/BackLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { RowSkeletons } from '../../ui/List.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { DismissDialog, GiveDialog } from './DecideDialogs.tsx';
import style from './mailboxes.module.css';

const tabs = ['waiting', 'given', 'dismissed'] as const;
type Tab = (typeof tabs)[number];

/** Senders of whom nobody knows whose they are: what they wrote, and to which customer it goes. */
export function SendersPage() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('waiting');
  const pages = usePages<SenderRow>('mail_senders', '/api/mail-senders', { state: tab });
  return (
    <Screen
      title={t('mailboxes.senders.title')}
      back={<BackLink to="/settings" label={t('people.settings.title')} />}
    >
      <div className={style.column}>
        <p className="cp-soft">{t('mailboxes.senders.title_hint')}</p>
        <SegmentedControl
          aria-label={t('mailboxes.senders.title')}
          value={tab}
          onChange={(value) => setTab(value as Tab)}
          data={tabs.map((value) => ({ value, label: t(`mailboxes.senders.tabs.${value}`) }))}
        />
        {pages.error && !pages.items && <ErrorState error={pages.error} onRetry={pages.retry} />}
        {!pages.error && !pages.items && <RowSkeletons count={3} />}
        {pages.items?.length === 0 && (
          <EmptyState title={t(`mailboxes.senders.${tab === 'waiting' ? 'empty' : 'empty_other'}`)} />
        )}
        <ul className={style.list}>
          {pages.items?.map((sender) => (
            <li key={sender.id} className={style.card}>
              <Sender sender={sender} />
            </li>
          ))}
        </ul>
        {pages.hasMore && (
          <Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
            {t('ui.list.more')}
          </Button>
        )}
      </div>
    </Screen>
  );
}

function Sender({ sender }: { sender: SenderRow }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'give' | 'dismiss' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <span className={style.head}>
        <span className={style.name}>{sender.name || sender.email}</span>
        <TimeText at={sender.last_mail_at} />
      </span>
      <span className={style.soft}>
        <span>{sender.email}</span>
        {sender.customer_name && (
          <span>{t('mailboxes.senders.given_to', { customer: sender.customer_name })}</span>
        )}
        {sender.reason && <span>{sender.reason}</span>}
        {sender.decided_by_name && (
          <span>{t('mailboxes.senders.decided_by', { name: sender.decided_by_name })}</span>
        )}
      </span>
      {sender.tickets.map((ticket) => (
        <Link key={ticket.id} to={`/tickets/${ticket.id}`}>
          #{ticket.number} {ticket.title}
        </Link>
      ))}
      {sender.claims && (
        <span className={style.claims}>
          {t('mailboxes.senders.claims', {
            number: sender.claims.number,
            customer: sender.claims.customer_name,
          })}
        </span>
      )}
      {sender.state !== 'given' && (
        <div className={style.acts}>
          <Button size="xs" onClick={() => setOpen('give')}>
            {t('mailboxes.senders.give')}
          </Button>
          {sender.state === 'waiting' && (
            <Button size="xs" variant="default" onClick={() => setOpen('dismiss')}>
              {t('mailboxes.senders.dismiss')}
            </Button>
          )}
        </div>
      )}
      {open === 'give' && <GiveDialog sender={sender} onClose={close} />}
      {open === 'dismiss' && <DismissDialog sender={sender} onClose={close} />}
    </>
  );
}
