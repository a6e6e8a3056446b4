import { ActionIcon } from '@mantine/core';
import { IconLock, IconPencil, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toMs } from '#domain/ground/instant.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { LogEntry } from '#domain/visits/visit.ts';
import { useWords } from '../../ui/use-words.ts';
import { addressOf, contactOf } from './contact-words.ts';
import { PhotoStrip } from './KeptPhoto.tsx';
import style from './log.module.css';

type Props = { page: VisitPage; onEdit: ((entry: LogEntry) => void) | undefined };

/** The work log, newest first: of what kind, from when to when, both lines, photos. */
export function LogEntries({ page, onEdit }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const { visit, about } = page;
  if (visit.log.length === 0) return <p className="cp-soft">{t('visits_phone.log.empty')}</p>;
  return (
    <ul className={style.entries} aria-label={t('visits_phone.log.list')}>
      {visit.log.toReversed().map((entry) => {
        const kind = t(`visits.work_kinds.${entry.kind}`);
        const whom = contactOf(about, entry.waiting_on_contact_id);
        return (
          <li key={entry.id} className={style.entry}>
            <div className={style.head}>
              <span className={style.mark} data-kind={entry.kind} aria-hidden />
              <span>
                <strong>{kind}</strong>{' '}
                <span className="cp-soft">
                  {words.time(entry.started_at)}
                  {entry.ended_at
                    ? ` · ${words.workTime((toMs(entry.ended_at) - toMs(entry.started_at)) / 60_000)}`
                    : ` · ${t('visits_phone.log.runs')}`}
                </span>
              </span>
              {onEdit && (
                <ActionIcon
                  aria-label={t('visits_phone.log.edit_entry', { kind, time: words.time(entry.started_at) })}
                  onClick={() => onEdit(entry)}
                >
                  <IconPencil size={22} aria-hidden />
                </ActionIcon>
              )}
            </div>
            {entry.kind === 'waiting' && entry.waiting_for && (
              <p>
                {whom
                  ? t('visits_phone.log.waits_on', { name: addressOf(whom), what: entry.waiting_for })
                  : entry.waiting_for}
              </p>
            )}
            {entry.customer_line && (
              <div className={style.voice} data-voice="customer">
                <IconSend size={18} role="img" aria-label={t('visits_phone.log.customer_line')} />
                <span>{entry.customer_line}</span>
              </div>
            )}
            {entry.line && (
              <div className={style.voice} data-voice="internal">
                <IconLock size={18} role="img" aria-label={t('visits_phone.log.line')} />
                <span>{entry.line}</span>
              </div>
            )}
            <PhotoStrip photos={entry.photos} />
            {entry.by_id !== visit.engineer_id && <span className="cp-soft">{entry.by_name}</span>}
          </li>
        );
      })}
    </ul>
  );
}
