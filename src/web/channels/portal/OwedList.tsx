import { IconAlertTriangle, IconCalendarClock, IconCheck, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { PortalPromise } from '#domain/channels/commands.ts';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import style from './portal.module.css';

/** Promises as small cards: what, until when, and how it went. */
export function OwedList({ promises, showFrom = true }: { promises: PortalPromise[]; showFrom?: boolean }) {
  return (
    <ul className={style.plain}>
      {promises.map((promise) => (
        <li key={promise.id}>
          <OwedCard promise={promise} showFrom={showFrom} />
        </li>
      ))}
    </ul>
  );
}

function OwedCard({ promise, showFrom }: { promise: PortalPromise; showFrom: boolean }) {
  const words = useWords();
  const { t } = words;
  const { Icon, text, tone } = standing(promise, words);
  return (
    <div className={style.owed} data-tone={tone}>
      <p className={style.owedWords}>{promise.words}</p>
      <p className={`${style.owedDue} ${style[tone]}`}>
        <Icon size={18} stroke={1.8} aria-hidden />
        {text}
      </p>
      {(showFrom && promise.ticket_id !== null) || (!promise.is_mine && promise.to_name) ? (
        <p className={style.small}>
          {!promise.is_mine && promise.to_name && (
            <span>{t('portal.promised_to', { name: promise.to_name })}</span>
          )}
          {showFrom && promise.ticket_id !== null && (
            <Link to="/portal/questions/$id" params={{ id: promise.ticket_id }}>
              {t('portal.promises.from', { title: promise.ticket_title })}
            </Link>
          )}
        </p>
      ) : null}
    </div>
  );
}

function standing(promise: PortalPromise, words: Words) {
  const { t } = words;
  const settled = promise.settled_at === null ? '' : words.time(promise.settled_at);
  if (promise.state === 'kept')
    return { Icon: IconCheck, text: t('portal.promises.kept', { time: settled }), tone: 'done' as const };
  if (promise.state === 'declined')
    return { Icon: IconX, text: t('portal.promises.declined', { time: settled }), tone: 'calm' as const };
  if (promise.due_at === null)
    return { Icon: IconCalendarClock, text: t('portal.promises.no_due'), tone: 'calm' as const };
  const time = words.time(promise.due_at);
  return promise.due_at < words.now
    ? { Icon: IconAlertTriangle, text: t('portal.promises.late', { time }), tone: 'late' as const }
    : { Icon: IconCalendarClock, text: t('portal.promises.due', { time }), tone: 'calm' as const };
}
