import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Left } from '../../offline/use-visit.ts';
import style from './today.module.css';
import { VisitTimes } from './VisitTimes.tsx';

/** What was on the day's screen and is not any more, with the reason: nobody wonders where it went. */
export function LeftVisits({ left }: { left: Left[] }) {
  const { t } = useTranslation();
  return (
    <section className={style.later} aria-label={t('visits_today.left')}>
      <h2>{t('visits_today.left')}</h2>
      <ul>
        {left.map(({ visit, about, why }) => (
          <li key={visit.id}>
            <Link to={`/visits/${visit.id}`} className={style.row}>
              <span className={style.first}>
                <VisitTimes visit={visit} />
              </span>
              <span className={style.name}>{about.customer.name}</span>
              <span>{t(`visits_today.left_${why.why}`, why)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
