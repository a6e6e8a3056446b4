import { Alert, Button } from '@mantine/core';
import { IconInbox, IconPlus, IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxView } from '#domain/channels/mailbox-commands.ts';
import { BackLink } from '../../ui/BackLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { RowSkeletons } from '../../ui/List.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { mailboxesQuery } from '../api.ts';
import { MailboxDialog } from './MailboxDialog.tsx';
import { MailboxState } from './MailboxState.tsx';
import style from './mailboxes.module.css';

/** The addresses that customers write to, and how each of them is. */
export function MailboxesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(mailboxesQuery);
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button leftSection={<IconPlus size="1.1em" aria-hidden />} onClick={() => setAdding(true)}>
      {t('mailboxes.add')}
    </Button>
  );
  return (
    <Screen
      title={t('mailboxes.title')}
      back={<BackLink to="/settings" label={t('people.settings.title')} />}
      acts={data && data.items.length > 0 ? add : undefined}
    >
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <RowSkeletons count={3} />}
      {data && (
        <div className={style.column}>
          {data.waiting_senders > 0 && (
            <Alert color="yellow" icon={<IconUserQuestion aria-hidden />}>
              <Link to="/settings/senders">
                {t('mailboxes.senders.waiting_some', { count: data.waiting_senders })}
              </Link>
            </Alert>
          )}
          {data.items.length === 0 ? (
            <EmptyState
              title={t('mailboxes.empty')}
              why={t('mailboxes.empty_why')}
              icon={<IconInbox size={32} stroke={1.5} aria-hidden />}
            >
              {add}
            </EmptyState>
          ) : (
            <ul className={style.list}>
              {data.items.map((box) => (
                <li key={box.id}>
                  <Card box={box} />
                </li>
              ))}
            </ul>
          )}
          <p className="cp-soft">
            {data.default_sender
              ? t('mailboxes.default_sender', { from: data.default_sender })
              : t('mailboxes.no_default_sender')}
          </p>
        </div>
      )}
      {isAdding && <MailboxDialog onClose={() => setAdding(false)} />}
    </Screen>
  );
}

function Card({ box }: { box: MailboxView }) {
  const { t } = useTranslation();
  return (
    <Link to={`/settings/mailboxes/${box.id}`} className={style.card}>
      <span className={style.head}>
        <span className={style.name}>{box.name}</span>
        <MailboxState box={box} />
      </span>
      <span className={style.soft}>
        <span>{box.address}</span>
        {box.last_mail_at && (
          <span>
            {t('mailboxes.facts.last_mail_at')} <TimeText at={box.last_mail_at} />
          </span>
        )}
        {box.waiting_count > 0 && (
          <span>
            {t('mailboxes.facts.waiting')} {box.waiting_count}
          </span>
        )}
        {box.failed_count > 0 && (
          <span className={style.failing}>
            {t('mailboxes.facts.failed')} {box.failed_count}
          </span>
        )}
      </span>
      {box.failure && <span>{t(`mailboxes.failure.${box.failure}.text`)}</span>}
    </Link>
  );
}
