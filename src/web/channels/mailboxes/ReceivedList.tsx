import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReceivedRow } from '#domain/channels/mailbox-commands.ts';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import { RowSkeletons } from '../../ui/List.tsx';
import { refresh } from '../../ui/live.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { say } from '../../ui/undo.ts';
import { useAct } from '../../ui/use-act.ts';
import { usePages } from '../../ui/use-pages.ts';
import style from './mailboxes.module.css';

/** What came into a mailbox, and what became of each mail; none is lost from sight. */
export function ReceivedList({ boxId }: { boxId: string }) {
  const { t } = useTranslation();
  const pages = usePages<ReceivedRow>('received_mails', '/api/received-mails', {
    mailbox_id: boxId,
    limit: 20,
  });
  if (pages.error && !pages.items) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  if (!pages.items) return <RowSkeletons count={3} />;
  if (pages.items.length === 0) return <p className="cp-soft">{t('mailboxes.received.empty')}</p>;
  return (
    <>
      <ul className={style.list}>
        {pages.items.map((mail) => (
          <li key={mail.id} className={style.card}>
            <Mail mail={mail} />
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button variant="default" mt="sm" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t('ui.list.more')}
        </Button>
      )}
    </>
  );
}

function Mail({ mail }: { mail: ReceivedRow }) {
  const { t } = useTranslation();
  const again = useAct<void, { id: string }>(
    () => ({ method: 'POST', path: `/api/received-mails/${mail.id}/read-again`, body: {} }),
    {
      onDone: () => {
        refresh('received_mail', mail.id);
        say({ text: t('mailboxes.received.again_done') });
      },
    },
  );
  return (
    <>
      <span className={style.head}>
        <span className={style.name}>{mail.subject || t('mailboxes.received.no_subject')}</span>
        <span className={mail.state === 'failed' ? style.failing : undefined}>
          {mail.outcome
            ? t(`mailboxes.received.outcome.${mail.outcome}`)
            : t(`mailboxes.received.state.${mail.state}`)}
        </span>
      </span>
      <span className={style.soft}>
        {mail.from_email && (
          <span>{mail.from_name ? `${mail.from_name} <${mail.from_email}>` : mail.from_email}</span>
        )}
        <TimeText at={mail.arrived_at} />
        {mail.ticket_id && <Link to={`/tickets/${mail.ticket_id}`}>{t('mails.ticket')}</Link>}
        {mail.file_id && <a href={`/api/files/${mail.file_id}`}>{t('mailboxes.received.raw')}</a>}
      </span>
      {mail.failure && mail.state !== 'done' && (
        <span>
          {t(`mailboxes.received.failure.${mail.failure}`)}
          {mail.last_error && <span className="cp-soft"> {mail.last_error}</span>}
        </span>
      )}
      <ActProblem error={again.error} isKept={false} />
      {mail.state === 'failed' && mail.file_id && (
        <div className={style.acts}>
          <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t('mailboxes.received.again')}
          </Button>
        </div>
      )}
    </>
  );
}
