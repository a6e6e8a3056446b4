import { useTranslation } from 'react-i18next';
import { minutesByKind } from '#domain/visits/time-by-kind.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { useWords } from '../../ui/use-words.ts';
import style from './log.module.css';

/** Where the day went, as a strip: each kind as wide as its minutes, and in words below. */
export function TimeStrip({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const words = useWords();
  const kinds = minutesByKind(visit, words.now);
  if (kinds.length === 0) return null;
  return (
    <div className={style.time}>
      <div className={style.strip} aria-hidden>
        {kinds.map(({ kind, minutes }) => (
          <span key={kind} data-kind={kind} style={{ flexGrow: Math.max(1, minutes) }} />
        ))}
      </div>
      <ul className={style.kinds} aria-label={t('visits_phone.log.time_by_kind')}>
        {kinds.map(({ kind, minutes }) => (
          <li key={kind}>
            <span className={style.mark} data-kind={kind} aria-hidden />
            {t(`visits.work_kinds.${kind}`)} {words.workTime(minutes)}
          </li>
        ))}
      </ul>
    </div>
  );
}
