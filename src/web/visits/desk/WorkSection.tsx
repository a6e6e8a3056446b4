import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { minutesWorked } from '#domain/visits/time-by-kind.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { LogEntry } from '#domain/visits/visit.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { useWords } from '../../ui/use-words.ts';
import { VoiceBox } from '../../ui/VoiceBox.tsx';
import { wallOf } from '../../ui/wall-time.ts';
import { Photos } from './Photos.tsx';
import { TimeStrip } from './TimeStrip.tsx';
import { lengthOf } from './time-strip.ts';
import { VisitSection } from './VisitSection.tsx';
import style from './work.module.css';

/** R23: the time by kind as a picture, then entry by entry, what colleagues read clearly apart from what the customer reads. */
export function WorkSection({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const words = useWords();
  const { now, zone } = words;
  const { visit } = page;
  const entries = visit.log.toSorted((a, b) => (a.started_at < b.started_at ? -1 : 1));
  const days = Map.groupBy(entries, ({ started_at }) => wallOf(started_at, zone).slice(0, 10));
  return (
    <VisitSection
      name="work"
      title={t('visits.work.title')}
      state={
        entries.length > 0 && (
          <span className="cp-soft">
            {t('visits.work.total', { duration: words.workTime(minutesWorked(visit, now)) })}
          </span>
        )
      }
    >
      {entries.length === 0 && <p className="cp-soft">{t('visits.work.none')}</p>}
      <TimeStrip visit={visit} />
      {[...days].map(([date, list]) => (
        <section key={date} className={style.day}>
          <h3>{words.day(list[0]?.started_at ?? now)}</h3>
          <ol className={style.entries}>
            {list.map((entry) => (
              <li key={entry.id}>
                <Entry page={page} entry={entry} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </VisitSection>
  );
}

function Entry({ page, entry }: { page: VisitPage; entry: LogEntry }) {
  const { t } = useTranslation();
  const words = useWords();
  const clock = (at: string) => wallOf(at, words.zone).slice(11);
  const { contacts, files } = page.about;
  const contact = contacts.find(({ id }) => id === entry.waiting_on_contact_id);
  return (
    <article className={style.entry}>
      <header className={style.head}>
        <strong>{t(`visits.work_kinds.${entry.kind}`)}</strong>
        <span className={style.when}>
          {clock(entry.started_at)}–{entry.ended_at && clock(entry.ended_at)}
        </span>
        {entry.ended_at === null ? (
          <span className={style.running}>
            <IconPlayerPlay size="1.1em" stroke={1.9} aria-hidden />
            {t('visits.work.running')}
          </span>
        ) : (
          <span className="cp-soft">{words.workTime(lengthOf(entry, words.now))}</span>
        )}
        <span className={style.by}>
          {entry.by_name} · <TimeText at={entry.at} />
        </span>
      </header>
      {entry.waiting_for.trim() !== '' && (
        <p>
          {contact
            ? t('visits.work.waiting_on', { name: contact.name, what: entry.waiting_for })
            : t('visits.work.waiting_for', { what: entry.waiting_for })}
        </p>
      )}
      <div className={style.voices}>
        {entry.line.trim() !== '' && (
          <div className={style.internal}>
            <VoiceBox voice="internal" head={t('visits.work.internal')}>
              <span className={style.words}>{entry.line}</span>
            </VoiceBox>
          </div>
        )}
        {entry.customer_line.trim() !== '' && (
          <div className={style.customer}>
            <VoiceBox voice="customer" head={t('visits.work.customer')}>
              <span className={style.words}>{entry.customer_line}</span>
            </VoiceBox>
          </div>
        )}
      </div>
      <Photos photos={entry.photos} files={files} />
    </article>
  );
}
