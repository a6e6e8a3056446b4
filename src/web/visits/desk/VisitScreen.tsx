import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { openClashes } from '#domain/visits/clashes.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { ReportPanel } from '../../reports/ReportPanel.tsx';
import { ActProblem, ErrorState } from '../../ui/ErrorState.tsx';
import { useTitle } from '../../ui/Screen.tsx';
import { visitQuery } from '../api.ts';
import { PromisesSection, WrapUpsSection } from './AfterSections.tsx';
import { ClashSection, SettledClashes } from './ClashSection.tsx';
import { DispatchPanel } from './DispatchPanel.tsx';
import { FindingsSection } from './FindingsSection.tsx';
import { KickOffSection } from './KickOffSection.tsx';
import { DecidedActs, QuarantineSection } from './QuarantineSection.tsx';
import { ReadinessSection } from './ReadinessSection.tsx';
import { ScopeSheet } from './ScopeSheet.tsx';
import { SignaturesSection } from './SignaturesSection.tsx';
import { SiteTimes } from './SiteTimes.tsx';
import { hasSiteParts } from './site-parts.ts';
import { TodayCard } from './TodayCard.tsx';
import { useVisitActs } from './use-visit-acts.ts';
import { VisitContents } from './VisitContents.tsx';
import { VisitDialogs } from './VisitDialogs.tsx';
import { VisitFacts } from './VisitFacts.tsx';
import { VisitHead } from './VisitHead.tsx';
import { VisitHistory } from './VisitHistory.tsx';
import { VisitNotes } from './VisitNotes.tsx';
import style from './visit-page.module.css';
import { WorkSection } from './WorkSection.tsx';

/** One visit at the desk: what was agreed before, what happened there, what it came to. */
export function VisitScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: page, error, refetch } = useQuery(visitQuery(id));
  if (error && !page) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return page ? <Shown key={page.visit.id} page={page} /> : <Waiting />;
}

const before = ['today', 'scope', 'readiness'];
const onSite = ['kick_off', 'work', 'findings', 'promises', 'wrap_ups', 'signatures', 'reports'];

/** What a person has to decide, before anything else on the page. */
function waitingParts({ visit, about }: VisitPage): string[] {
  const isKept = about.quarantined.some(({ decided }) => decided === null);
  return [...(openClashes(visit).length > 0 ? ['clashes'] : []), ...(isKept ? ['quarantine'] : [])];
}

function Shown({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const acts = useVisitActs(visit);
  const isThere = hasSiteParts(visit);
  useTitle(t('visits.page_title', { number: visit.number, customer: about.customer.name }));
  return (
    <div className={style.page}>
      <SiteTimes zone={about.site?.zone ?? about.customer.zone}>
        <VisitHead page={page} acts={acts} />
        {acts.problem && <ActProblem error={acts.problem} isKept={false} />}
        <div className={style.columns}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={style.main} tabIndex={0} aria-label={t('visits.page.contents')}>
            <VisitContents parts={isThere ? [...before, ...onSite] : before} waiting={waitingParts(page)} />
            <ClashSection page={page} />
            <QuarantineSection page={page} />
            <TodayCard page={page} />
            <ScopeSheet page={page} />
            <ReadinessSection visit={visit} />
            {isThere && (
              <>
                <KickOffSection page={page} />
                <WorkSection page={page} />
                <FindingsSection page={page} />
                <PromisesSection visit={visit} />
                <WrapUpsSection page={page} />
                <SignaturesSection visit={visit} />
                <ReportPanel visitId={visit.id} />
              </>
            )}
            {!isThere && visit.cancelled === null && (
              <p className={style.later}>{t('visits.page.on_site_later')}</p>
            )}
            <SettledClashes page={page} />
            <DecidedActs page={page} />
          </section>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <aside className={style.side} aria-label={t('visits.page.facts')} tabIndex={0}>
            <DispatchPanel page={page} />
            <VisitFacts page={page} />
            <VisitNotes page={page} />
            <VisitHistory visitId={visit.id} />
          </aside>
        </div>
      </SiteTimes>
      <VisitDialogs page={page} acts={acts} />
    </div>
  );
}

function Waiting() {
  return (
    <div className={style.page} aria-busy>
      <div className={style.head}>
        <Skeleton height={26} width="40%" />
      </div>
      <div className={style.columns}>
        <div className={style.main}>
          <Skeleton height={90} mb="lg" />
          <Skeleton height={220} mb="lg" />
          <Skeleton height={160} />
        </div>
        <div className={style.side}>
          <Skeleton height={90} mb="lg" />
          <Skeleton height={200} />
        </div>
      </div>
    </div>
  );
}
