import { Button, Skeleton } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { CatchBoundary, Link } from '@tanstack/react-router';
import { type ReactNode, Suspense, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.ts';
import { OnBoardCard } from '../../offline/OnBoardCard.tsx';
import { useOnBoardVisits } from '../../offline/use-visit.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { endFirstPicture } from '../../ui/first-picture.ts';
import { Screen } from '../../ui/Screen.tsx';
import { lazyPart } from '../../ui/the-rest.ts';
import { useWords } from '../../ui/use-words.ts';
import { TodayCards } from './TodayCards.tsx';
import style from './today.module.css';
import { useIsLate } from './use-is-late.ts';
import { VisitTimes } from './VisitTimes.tsx';

// Most days nobody has to know of any; without this part the day is whole.
const LeftVisits = lazyPart(() => import('./LeftVisits.tsx'), 'LeftVisits');

/** The phone's home: today's visits large, the coming days below, all of it from this device. */
export function PhoneToday() {
  const { t } = useTranslation();
  const words = useWords();
  const mayCarry = useMay('visits.carry');
  const { pages, left, asOf, ready } = useOnBoardVisits();
  // Before the server was asked once, nobody knows that there is nothing.
  const isOpening = mayCarry && (!ready || (asOf === null && pages.length === 0));
  const isLate = useIsLate(isOpening);
  const lack = !isOpening ? 'empty' : ready ? 'not_fetched' : 'closed';
  const isStanding = !isOpening || isLate;
  // In the same breath in which this screen stands: no flicker between the picture and it.
  useLayoutEffect(() => {
    if (isStanding) endFirstPicture();
  }, [isStanding]);
  return (
    <Screen title={t('visits_today.title')}>
      <div className={style.blocks}>
        <TodayCards pages={pages} words={words} Way={Way} Times={VisitTimes} />
        {!isStanding && (
          <div aria-busy>
            <Skeleton height={220} />
          </div>
        )}
        {pages.length === 0 && isStanding && (
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
        {left.length > 0 && (
          <CatchBoundary getResetKey={() => left.length} errorComponent={Nothing}>
            <Suspense fallback={null}>
              <LeftVisits left={left} />
            </Suspense>
          </CatchBoundary>
        )}
        {mayCarry && <OnBoardCard />}
      </div>
    </Screen>
  );
}

const Nothing = () => null;

function Way({
  to,
  className,
  children,
}: {
  to: string;
  className: string | undefined;
  children: ReactNode;
}) {
  return (
    <Link to={to} className={className}>
      {children}
    </Link>
  );
}
