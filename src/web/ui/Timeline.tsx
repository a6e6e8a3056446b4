import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Instant, toMs } from '#domain/ground/instant.ts';
import style from './Timeline.module.css';
import { TimeText } from './TimeText.tsx';

export type TimelineEntry = {
  id: string;
  what: ReactNode;
  who: string | null;
  happened_at: Instant;
  received_at: Instant;
};

// Below a minute the two times say the same to a person.
const worthSayingMs = 60_000;

/** What happened, by whom, when; and when it arrived, where that was later. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation();
  return (
    <ol className={style.line}>
      {entries.map((entry) => (
        <li key={entry.id} className={style.entry}>
          <div>{entry.what}</div>
          <div className={style.meta}>
            {entry.who !== null && <>{entry.who} · </>}
            <TimeText at={entry.happened_at} />
            {toMs(entry.received_at) - toMs(entry.happened_at) > worthSayingMs && (
              <>
                {' · '}
                {t('ui.timeline.received')} <TimeText at={entry.received_at} />
              </>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
