import { Button, Skeleton } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import { useMay, useMe } from '../../app/session.ts';
import { type SeenVisit, useVisit } from '../../offline/use-visit.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProblemError } from '../../ui/problem.ts';
import { useTitle } from '../../ui/Screen.tsx';
import { visitQuery } from '../api.ts';
import { useMayAct } from '../may-act.ts';
import { ArriveStation } from './ArriveStation.tsx';
import { KickOffStation } from './KickOffStation.tsx';
import { MainActBar } from './MainActBar.tsx';
import { PrepareStation } from './PrepareStation.tsx';
import { SignStation } from './SignStation.tsx';
import { StationPath } from './StationPath.tsx';
import { mainActAt, presentStation, type Station } from './stations.ts';
import { TroubleLine } from './TroubleLine.tsx';
import { useIsLate } from './use-is-late.ts';
import { VisitClashes } from './VisitClashes.tsx';
import { VisitHead } from './VisitHead.tsx';
import { VisitTroubles } from './VisitTroubles.tsx';
import style from './visit.module.css';
import { WorkStation } from './WorkStation.tsx';
import { WrapUpStation } from './WrapUpStation.tsx';

/**
 * A visit on the phone: its path from top to bottom, the present station open, one big act at the thumb. From this device where
 * it is on board; whoever carries none, or has a browser that keeps nothing, reads it from the server.
 */
export function PhoneVisit() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { page, items, asOf, missing } = useVisit(id);
  const mayCarry = useMay('visits.carry');
  const isLate = useIsLate(page === null && !missing);
  const { data, dataUpdatedAt, error, refetch } = useQuery({
    ...visitQuery(id),
    enabled: page === null && !missing && (isLate || !mayCarry),
  });
  const shown = page ?? data;
  if (shown && !missing) {
    const told = asOf ?? (page ? null : new Date(dataUpdatedAt).toISOString());
    return <Page key={shown.visit.id} page={shown} items={items} asOf={told} />;
  }
  if (missing || (error instanceof ProblemError && error.kind === 'not_found'))
    return <Lacking why="missing" />;
  if (error && !mayCarry) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isLate) return <Lacking why={mayCarry ? 'not_here' : 'needs_network'} />;
  return (
    <div className={style.waiting} aria-busy>
      <Skeleton height={28} mb="md" />
      <Skeleton height={90} mb="md" />
      <Skeleton height={90} />
    </div>
  );
}

function Lacking({ why }: { why: 'missing' | 'not_here' | 'needs_network' }) {
  const { t } = useTranslation();
  const name = why === 'missing' ? 'title' : why;
  return (
    <EmptyState
      title={t(`visits_phone.missing.${name}`)}
      why={t(`visits_phone.missing.${why === 'missing' ? 'why' : `${why}_why`}`)}
      icon={<IconMapOff size={36} stroke={1.4} aria-hidden />}
    >
      <Button component={Link} to="/tickets" variant="default">
        {t('visits_today.to_tickets')}
      </Button>
    </EmptyState>
  );
}

function Page({ page, items, asOf }: Pick<SeenVisit, 'items' | 'asOf'> & { page: VisitPage }) {
  const { t } = useTranslation();
  const me = useMe();
  const scroller = useRef<HTMLElement>(null);
  const { visit, about } = page;
  const present = presentStation(visit);
  const [chosen, setChosen] = useState<{ at: Station; open: Station | null }>({ at: present, open: present });
  // The visit went on: what is open goes with it.
  if (chosen.at !== present) setChosen({ at: present, open: present });
  useTitle(t('visits.page_title', { number: visit.number, customer: about.customer.name }));
  const mayWork = useMay('visits.log');
  const isMine = mayWork && visit.engineer_id === me.id;
  const { mayAct } = useMayAct(visit);
  const mayDecide = useMay('visits.settle_clash') && mayAct;
  const act = isMine ? mainActAt(visit, chosen.open ?? present) : null;
  return (
    <div className={style.page}>
      <VisitHead page={page} asOf={asOf} />
      <TroubleLine
        page={page}
        items={items}
        mayDecide={mayDecide}
        onOpen={() => scroller.current?.scrollTo({ top: 0 })}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} className={style.scrolls} tabIndex={0} aria-label={t('visits_phone.path')}>
        <VisitTroubles page={page} items={items} />
        <VisitClashes visit={visit} about={about} mayDecide={mayDecide} />
        <StationPath
          visit={visit}
          open={chosen.open}
          onOpen={(open) => setChosen({ at: present, open })}
          inside={(station) => <Inside station={station} page={page} isMine={isMine} />}
        />
      </section>
      <MainActBar
        page={page}
        act={act}
        isMine={isMine}
        onStation={(station) => setChosen({ at: present, open: station })}
      />
    </div>
  );
}

type InsideProps = { station: Station; page: VisitPage; isMine: boolean };

/** Drawn anew when the visit changes, not whenever one of its acts goes up. */
const Inside = memo(function Inside({ station, page, isMine }: InsideProps) {
  const mayAct = isMine && page.visit.state !== 'cancelled';
  switch (station) {
    case 'prepare':
      return <PrepareStation page={page} mayAct={mayAct} />;
    case 'arrive':
      return <ArriveStation page={page} mayAct={mayAct} />;
    case 'kick_off':
      return <KickOffStation page={page} mayAct={mayAct} />;
    case 'work':
      // Hours, promises and notes are taken on a visit that was called off, too.
      return <WorkStation page={page} mayAct={isMine} />;
    case 'wrap_up':
      return <WrapUpStation page={page} mayAct={mayAct} />;
    case 'sign':
      return <SignStation page={page} mayAct={mayAct} />;
  }
});
