import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconClock, IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceivedPage, TicketMails } from '#domain/channels/mailbox-commands.ts';
import { get } from '../ui/api-client.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { FactList } from '../ui/FactList.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { ticketMailsQuery } from './api.ts';
import style from './MessageMail.module.css';

type Sent = TicketMails['sent'][number];
type Received = TicketMails['received'][number];
const icons = { waiting: IconClock, sent: IconCheck, failed: IconAlertTriangle, bounced: IconArrowBackUp };

/** By which mail a message came, or what became of the mail that carries it to the customer. */
export function MessageMail({ ticketId, messageId }: { ticketId: string; messageId: string }) {
  const { data } = useQuery(ticketMailsQuery(ticketId));
  const came = data?.received.find(({ message_id }) => message_id === messageId);
  const sent = data?.sent.filter(({ message_id }) => message_id === messageId) ?? [];
  if (!came && sent.length === 0) return null;
  return (
    <div className={style.mail}>
      {came && <Came mail={came} />}
      {sent.map((mail) => (
        <Delivery key={mail.to_email} mail={mail} />
      ))}
    </div>
  );
}

function Delivery({ mail }: { mail: Sent }) {
  const { t } = useTranslation();
  const Icon = icons[mail.state];
  const isTrouble = mail.state === 'failed' || mail.state === 'bounced';
  return (
    <span className={isTrouble ? style.trouble : undefined}>
      <Icon size="1.1em" stroke={1.9} aria-hidden />{' '}
      {t(`mailboxes.message.state.${mail.state}`, { to: mail.to_email })}
      {mail.failure && mail.state !== 'sent' && ` · ${t(`mails.failure.${mail.failure}`)}`}
      {mail.state === 'waiting' && mail.failure && mail.next_try_at && (
        <>
          {' · '}
          {t('mailboxes.next_try', { time: '' })}
          <TimeText at={mail.next_try_at} />
        </>
      )}
    </span>
  );
}

function Came({ mail }: { mail: Received }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <span>
        <IconMail size="1.1em" stroke={1.9} aria-hidden />{' '}
        {t('mailboxes.message.by_mail', { from: mail.from_email ?? '' })}
      </span>
      <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
        {t('mailboxes.message.whole')}
      </Button>
      {isOpen && <WholeMail mail={mail} onClose={() => setOpen(false)} />}
    </>
  );
}

/** All that the mail says, as text: its HTML is never shown, and its original goes to whoever downloads it. */
function WholeMail({ mail, onClose }: { mail: Received; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['received_mails', mail.id],
    queryFn: ({ signal }) => get<ReceivedPage>(`/api/received-mails/${mail.id}`, {}, { signal }),
  });
  const people = (list: { name: string; address: string }[]) =>
    list.length === 0
      ? null
      : list.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  return (
    <Modal opened onClose={onClose} size="xl" title={data?.subject || t('mailboxes.message.whole_title')}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <FactList
            facts={[
              {
                label: t('mailboxes.message.from'),
                value: people([{ name: data.from_name ?? '', address: data.from_email ?? '' }]),
              },
              { label: t('mailboxes.message.to'), value: people(data.to) },
              { label: t('mailboxes.message.cc'), value: people(data.cc) },
              {
                label: t('mailboxes.message.mailed_at'),
                value: data.mailed_at && <TimeText at={data.mailed_at} />,
              },
              data.problems.length > 0 && {
                label: t('mailboxes.message.problems'),
                value: data.problems.map((problem) => t(`mailboxes.problems.${problem}`)).join(' · '),
              },
            ]}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className={style.words} tabIndex={0}>
            {data.text}
          </pre>
          {data.file_id ? (
            <a href={`/api/files/${data.file_id}`}>{t('mailboxes.message.raw')}</a>
          ) : (
            <p className="cp-soft">{t('mailboxes.message.gone')}</p>
          )}
        </>
      )}
    </Modal>
  );
}

/** What the desk should know of where a ticket's mails came from. */
export function MailNotes({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(ticketMailsQuery(ticketId));
  if (!data?.follows && !data?.claims && !data?.sender_waits) return null;
  return (
    <div className={style.notes} role="note">
      {data.sender_waits && (
        <span>
          {t('mailboxes.message.sender_waits')}{' '}
          <Link to="/settings/senders">{t('mailboxes.message.decide')}</Link>
        </span>
      )}
      {data.follows && (
        <Link to={`/tickets/${data.follows.id}`}>{t('mailboxes.message.follows', data.follows)}</Link>
      )}
      {data.claims && <span>{t('mailboxes.message.claims', data.claims)}</span>}
    </div>
  );
}
