import { Alert, Button, Group } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MailPage as Mail, MailRow } from '#domain/channels/commands.ts';
import { BackLink } from '../../ui/BackLink.tsx';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import { RowSkeletons } from '../../ui/List.tsx';
import { refresh } from '../../ui/live.ts';
import { Screen } from '../../ui/Screen.tsx';
import { say } from '../../ui/undo.ts';
import { useAct } from '../../ui/use-act.ts';
import { useWords } from '../../ui/use-words.ts';
import { mailQuery } from '../api.ts';
import { MailState } from './MailState.tsx';
import style from './mails.module.css';

/** One mail as its reader gets it, and what has become of it. */
export function MailPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation();
  const { data: mail, error, refetch } = useQuery(mailQuery(id));
  return (
    <Screen
      title={mail?.subject ?? t('mails.title')}
      back={<BackLink to="/settings/mails" label={t('mails.title')} />}
    >
      {error && !mail ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : mail ? (
        <Letter mail={mail} />
      ) : (
        <RowSkeletons count={4} />
      )}
    </Screen>
  );
}

function Letter({ mail }: { mail: Mail }) {
  const words = useWords();
  const { t } = words;
  const retry = useAct<void, MailRow>(
    () => ({ method: 'POST', path: `/api/mails/${mail.id}/retry`, body: {} }),
    {
      onDone: () => {
        refresh('mail', mail.id);
        say({ text: t('mails.retried') });
      },
    },
  );
  return (
    <>
      <dl className={style.facts}>
        <dt>{t('mails.state_label')}</dt>
        <dd>
          <MailState mail={mail} />
        </dd>
        <dt>{t('mails.to')}</dt>
        <dd>{mail.to_name ? `${mail.to_name} <${mail.to_email}>` : mail.to_email}</dd>
        {mail.customer_name && (
          <>
            <dt>{t('mails.customer')}</dt>
            <dd>{mail.customer_name}</dd>
          </>
        )}
        <dt>{t('mails.when')}</dt>
        <dd>
          {mail.sent_at
            ? t('mails.sent_at', { time: words.time(mail.sent_at) })
            : t('mails.written_at', { time: words.time(mail.created_at) })}
        </dd>
      </dl>
      {mail.failure && mail.state !== 'sent' && (
        <Alert
          color={mail.state === 'failed' ? 'red' : 'yellow'}
          title={t(`mails.failure.${mail.failure}`)}
          className={style.failure}
        >
          {mail.last_error && <p>{t('mails.said', { words: mail.last_error })}</p>}
          <p>
            {t('mails.attempts', { count: mail.attempts })}
            {mail.next_try_at && ` · ${t('mails.next_try', { time: words.time(mail.next_try_at) })}`}
          </p>
        </Alert>
      )}
      <pre className={style.letter} lang={mail.locale}>
        {mail.text}
      </pre>
      <ActProblem error={retry.error} isKept={false} />
      <Group mt="md">
        {mail.state !== 'sent' && (
          <Button
            leftSection={<IconRefresh size="1.15em" aria-hidden />}
            loading={retry.isPending}
            onClick={() => retry.mutate()}
          >
            {t('mails.retry')}
          </Button>
        )}
        {mail.ticket_id && (
          <Button component={Link} to={`/tickets/${mail.ticket_id}`} variant="default">
            {t('mails.ticket')}
          </Button>
        )}
      </Group>
      {mail.state !== 'sent' && <p className={`cp-soft ${style.failure}`}>{t('mails.secret')}</p>}
    </>
  );
}
