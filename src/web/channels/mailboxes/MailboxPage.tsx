import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxView } from '#domain/channels/mailbox-commands.ts';
import { Section } from '../../people/Section.tsx';
import { BackLink } from '../../ui/BackLink.tsx';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { RowSkeletons } from '../../ui/List.tsx';
import { refresh } from '../../ui/live.ts';
import { Screen } from '../../ui/Screen.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { say } from '../../ui/undo.ts';
import { useAct } from '../../ui/use-act.ts';
import { mailboxQuery } from '../api.ts';
import { ConnectionTrial } from './ConnectionTrial.tsx';
import { MailboxDialog } from './MailboxDialog.tsx';
import { MailboxState } from './MailboxState.tsx';
import style from './mailboxes.module.css';
import { PasswordForm } from './PasswordForm.tsx';
import { ReceivedList } from './ReceivedList.tsx';

/** One mailbox: how it is, how it is reached, and what came in. */
export function MailboxPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation();
  const { data: box, error, refetch } = useQuery(mailboxQuery(id));
  const [isEditing, setEditing] = useState(false);
  return (
    <Screen
      title={box?.name ?? t('mailboxes.title')}
      back={<BackLink to="/settings/mailboxes" label={t('mailboxes.title')} />}
      acts={
        box && (
          <>
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('mailboxes.edit')}
            </Button>
            <PauseButton box={box} />
          </>
        )
      }
    >
      {error && !box && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !box && <RowSkeletons count={5} />}
      {box && (
        <div className={style.column}>
          <Trouble box={box} />
          <Facts box={box} />
          <ConnectionTrial boxId={box.id} />
          <PasswordForm box={box} />
          <Section title={t('mailboxes.received.title')} hint={t('mailboxes.received.hint')}>
            <ReceivedList boxId={box.id} />
          </Section>
        </div>
      )}
      {box && isEditing && <MailboxDialog box={box} onClose={() => setEditing(false)} />}
    </Screen>
  );
}

function Trouble({ box }: { box: MailboxView }) {
  const { t } = useTranslation();
  if (!box.failure || box.paused_at) return null;
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={t(`mailboxes.failure.${box.failure}.text`)}
    >
      <p>{t(`mailboxes.failure.${box.failure}.next`)}</p>
      {box.last_error && <p>{t('mailboxes.said', { words: box.last_error })}</p>}
      <p className={style.soft}>
        {box.failing_since && (
          <span>
            {t('mailboxes.facts.since')} <TimeText at={box.failing_since} />
          </span>
        )}
        {box.next_try_at && (
          <span>
            {t('mailboxes.next_try', { time: '' })}
            <TimeText at={box.next_try_at} />
          </span>
        )}
      </p>
    </Alert>
  );
}

function Facts({ box }: { box: MailboxView }) {
  const { t } = useTranslation();
  const time = (at: string | null) => (at ? <TimeText at={at} /> : t('mailboxes.none_yet'));
  const place = (host: string | null, port: number | null) => (host ? `${host}:${port}` : null);
  const isRead = box.imap_host !== null;
  return (
    <FactList
      facts={[
        { label: t('mailboxes.facts.address'), value: box.address },
        { label: t('mailboxes.facts.state'), value: <MailboxState box={box} /> },
        isRead && { label: t('mailboxes.facts.receiving'), value: place(box.imap_host, box.imap_port) },
        {
          label: t('mailboxes.facts.sending'),
          value: place(box.smtp_host, box.smtp_port) ?? t('mailboxes.by_default'),
        },
        isRead && { label: t('mailboxes.facts.last_mail_at'), value: time(box.last_mail_at) },
        isRead && { label: t('mailboxes.facts.looked_at'), value: time(box.looked_at) },
        isRead && {
          label: t('mailboxes.facts.waiting'),
          value: t('mailboxes.mails', { count: box.waiting_count }),
        },
        isRead && {
          label: t('mailboxes.facts.failed'),
          value: t('mailboxes.mails', { count: box.failed_count }),
        },
        isRead &&
          box.waits_by !== null && {
            label: t('mailboxes.facts.waits_by'),
            value: t(`mailboxes.waits.${box.waits_by}`),
          },
        box.quota_percent !== null && {
          label: t('mailboxes.facts.quota'),
          value: `${box.quota_percent} %`,
        },
        isRead && {
          label: t('mailboxes.facts.queue'),
          value: `${t(`tickets.kinds.${box.ticket_kind}`)} · ${box.assignee_name ?? t('mailboxes.nobody')}`,
        },
        isRead && {
          label: t('mailboxes.facts.after_closing'),
          value: t(`mailboxes.after.${box.after_closing}`),
        },
      ]}
    />
  );
}

function PauseButton({ box }: { box: MailboxView }) {
  const { t } = useTranslation();
  const act = box.paused_at ? 'resume' : 'pause';
  const toggle = useAct<void, { id: string }>(
    () => ({ method: 'POST', path: `/api/mailboxes/${box.id}/${act}`, body: {} }),
    {
      onDone: () => {
        refresh('mailbox', box.id);
        say({ text: t(act === 'pause' ? 'mailboxes.paused' : 'mailboxes.resumed') });
      },
    },
  );
  return (
    <>
      <Button variant="default" loading={toggle.isPending} onClick={() => toggle.mutate()}>
        {t(act === 'pause' ? 'mailboxes.pause' : 'mailboxes.resume')}
      </Button>
      <ActProblem error={toggle.error} isKept={false} />
    </>
  );
}
