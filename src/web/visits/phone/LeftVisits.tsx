import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { useMe } from '../../app/session.ts';
import style from './today.module.css';
import { VisitTimes } from './VisitTimes.tsx';
import { whyLeft } from './why-left.ts';

/** What was on the day's screen and is not any more, with the reason: nobody wonders where it went. */
export function LeftVisits({ left }: { left: VisitPage[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const told = left.flatMap((page) => {
    const why = whyLeft(page.visit, me.id);
    return why === null ? [] : [{ page, why }];
  });
  if (told.length === 0) return null;
  return (
    <section className={style.later} aria-label={t('visits_today.left')}>
      <h2>{t('visits_today.left')}</h2>
      <ul>
        {told.map(({ page: { visit, about }, why }) => (
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
