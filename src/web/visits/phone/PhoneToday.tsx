import { Button, Skeleton } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { openClashes } from '#domain/visits/clashes.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { useMay } from '../../app/session.ts';
import { OnBoardCard } from '../../offline/OnBoardCard.tsx';
import { useOnBoardVisits } from '../../offline/use-visit.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { useWords } from '../../ui/use-words.ts';
import { wallOf } from '../../ui/wall-time.ts';
import { SiteWays } from './SiteWays.tsx';
import style from './today.module.css';
import { useIsLate } from './use-is-late.ts';
import { VisitState, VisitTimes } from './VisitTimes.tsx';

/** The phone's home: today's visits large, the coming days below, all of it from this device. */
export function PhoneToday() {
  const { t } = useTranslation();
  const words = useWords();
  const mayCarry = useMay('visits.carry');
  const { pages, asOf, ready } = useOnBoardVisits();
  // Before the server was asked once, nobody knows that there is nothing.
  const isOpening = mayCarry && (!ready || (asOf === null && pages.length === 0));
  const isLate = useIsLate(isOpening);
  const lack = !isOpening ? 'empty' : ready ? 'not_fetched' : 'closed';
  const today = wallOf(words.now, words.zone).slice(0, 10);
  const isNow = ({ visit }: VisitPage) =>
    wallOf(visit.planned_from, words.zone).slice(0, 10) <= today || isUnderWay({ visit });
  // What somebody is in the middle of comes before what is planned.
  const now = pages.filter(isNow).toSorted((a, b) => Number(isUnderWay(b)) - Number(isUnderWay(a)));
  const later = pages.filter((page) => !isNow(page));
  return (
    <Screen title={t('visits_today.title')}>
      <div className={style.blocks}>
        {now.map((page) => (
          <BigCard key={page.visit.id} page={page} />
        ))}
        {now.length === 0 && later.length > 0 && <p>{t('visits_today.none_today')}</p>}
        {later.length > 0 && (
          <section className={style.later}>
            <h2>{t('visits_today.coming')}</h2>
            <ul>
              {later.map((page) => (
                <li key={page.visit.id}>
                  <LaterRow page={page} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {isOpening && !isLate && (
          <div aria-busy>
            <Skeleton height={220} />
          </div>
        )}
        {pages.length === 0 && (!isOpening || isLate) && (
          <EmptyState
            title={t(`visits_today.${lack}`)}
            why={t(`visits_today.${mayCarry ? `${lack}_why` : 'not_for_you'}`)}
            icon={<IconCalendarEvent size={36} stroke={1.4} aria-hidden />}
          >
            <Button component={Link} to="/tickets" variant="default">
              {t('visits_today.to_tickets')}
            </Button>
          </EmptyState>
        )}
        {mayCarry && <OnBoardCard />}
      </div>
    </Screen>
  );
}

const isUnderWay = ({ visit }: Pick<VisitPage, 'visit'>) =>
  visit.departed_at !== null || visit.arrived_at !== null;

function BigCard({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const clashes = openClashes(visit).length;
  return (
    <article className={style.card} aria-label={t('visits_today.card', { customer: about.customer.name })}>
      <div className={style.first}>
        <strong>
          <VisitTimes page={page} />
        </strong>
        <VisitState visit={visit} />
      </div>
      <h2>{about.customer.name}</h2>
      <p className="cp-soft">{about.ticket.title}</p>
      <SiteWays page={page} />
      <div className={style.goal}>
        <span className="cp-soft">{t('visits_today.goal')}</span>
        <p>{visit.goal || t('visits_today.no_goal')}</p>
      </div>
      {clashes > 0 && <p className={style.clashes}>{t('visits_today.clashes', { count: clashes })}</p>}
      <Button component={Link} to={`/visits/${visit.id}`} fullWidth>
        {t(visit.arrived_at && visit.state !== 'done' ? 'visits_today.go_on' : 'visits_today.open')}
      </Button>
    </article>
  );
}

function LaterRow({ page }: { page: VisitPage }) {
  const { visit, about } = page;
  return (
    <Link to={`/visits/${visit.id}`} className={style.row}>
      <span className={style.first}>
        <VisitTimes page={page} />
        <VisitState visit={visit} />
      </span>
      <span className={style.name}>{about.customer.name}</span>
      <span className="cp-soft">{[about.site?.name, visit.goal].filter(Boolean).join(' · ')}</span>
    </Link>
  );
}
