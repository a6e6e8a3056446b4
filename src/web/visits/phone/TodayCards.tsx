import type { ReactNode } from 'react';
import { openClashes } from '#domain/visits/clashes.ts';
import type { DayPage } from '../../offline/day-record.ts';
import { wallOf } from '../../ui/wall-time.ts';
import type { Words } from '../../ui/words.ts';
import { SiteWays } from './SiteWays.tsx';
import style from './today.module.css';
import { VisitState } from './VisitState.tsx';
import type { Planned } from './visit-times-words.ts';
import ways from './ways.module.css';

type Props = {
  pages: DayPage[];
  words: Words;
  /** What a link and a visit's times are: plain in the first picture, with the router and a hint afterwards. */
  Way: (props: { to: string; className: string | undefined; children: ReactNode }) => ReactNode;
  Times: (props: { visit: Planned }) => ReactNode;
};

/** The day's visits large, the coming days below. Without hooks: it is drawn before React is loaded, too. */
export function TodayCards({ pages, words, Way, Times }: Props) {
  const { t, zone } = words;
  const today = wallOf(words.now, zone).slice(0, 10);
  const isNow = ({ visit }: DayPage) =>
    wallOf(visit.planned_from, zone).slice(0, 10) <= today || isUnderWay({ visit });
  // What somebody is in the middle of comes before what is planned.
  const now = pages.filter(isNow).toSorted((a, b) => Number(isUnderWay(b)) - Number(isUnderWay(a)));
  const later = pages.filter((page) => !isNow(page));
  const parts = { words, Way, Times };
  return (
    <>
      {now.map((page) => (
        <BigCard key={page.visit.id} page={page} {...parts} />
      ))}
      {now.length === 0 && later.length > 0 && <p>{t('visits_today.none_today')}</p>}
      {later.length > 0 && (
        <section className={style.later}>
          <h2>{t('visits_today.coming')}</h2>
          <ul>
            {later.map((page) => (
              <li key={page.visit.id}>
                <LaterRow page={page} {...parts} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const isUnderWay = ({ visit }: Pick<DayPage, 'visit'>) =>
  visit.departed_at !== null || visit.arrived_at !== null;

type CardProps = Omit<Props, 'pages'> & { page: DayPage };

function BigCard({ page, words: { t }, Way, Times }: CardProps) {
  const { visit, about } = page;
  const clashes = openClashes(visit).length;
  return (
    <article className={style.card} aria-label={t('visits_today.card', { customer: about.customer.name })}>
      <div className={style.first}>
        <strong>
          <Times visit={visit} />
        </strong>
        <VisitState visit={visit} t={t} />
      </div>
      <h2>{about.customer.name}</h2>
      <p className="cp-soft">{about.ticket.title}</p>
      <SiteWays page={page} t={t} />
      <div className={style.goal}>
        <span className="cp-soft">{t('visits_today.goal')}</span>
        <p>{visit.goal || t('visits_today.no_goal')}</p>
      </div>
      {clashes > 0 && <p className={style.clashes}>{t('visits_today.clashes', { count: clashes })}</p>}
      <Way to={`/visits/${visit.id}`} className={ways.main}>
        {t(visit.arrived_at && visit.state !== 'done' ? 'visits_today.go_on' : 'visits_today.open')}
      </Way>
    </article>
  );
}

function LaterRow({ page, words: { t }, Way, Times }: CardProps) {
  const { visit, about } = page;
  return (
    <Way to={`/visits/${visit.id}`} className={style.row}>
      <span className={style.first}>
        <Times visit={visit} />
        <VisitState visit={visit} t={t} />
      </span>
      <span className={style.name}>{about.customer.name}</span>
      <span className="cp-soft">{[about.site?.name, visit.goal].filter(Boolean).join(' · ')}</span>
    </Way>
  );
}
