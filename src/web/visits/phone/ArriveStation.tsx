import { useTranslation } from 'react-i18next';
import { dayNumber } from '#domain/visits/days.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { PastDays } from './PastDays.tsx';
import { SiteWays } from './SiteWays.tsx';
import style from './stations.module.css';

/** The way there: where it is, whom to call, and when we left and came. */
export function ArriveStation({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const { visit } = page;
  const at = (instant: string | null) => instant && <TimeText at={instant} />;
  const day = dayNumber(visit);
  return (
    <>
      <section className={style.block}>
        <SiteWays page={page} t={t} />
        {day !== null && <h3>{t('visits_phone.days.n', { n: day })}</h3>}
        <FactList
          facts={[
            { label: t('visits_phone.arrive.departed'), value: at(visit.departed_at) },
            { label: t('visits_phone.arrive.arrived'), value: at(visit.arrived_at) },
            { label: t('visits_phone.arrive.started'), value: at(visit.started_at) },
            { label: t('visits_phone.arrive.left'), value: at(visit.left_at) },
          ]}
        />
      </section>
      <PastDays page={page} mayAct={mayAct} />
    </>
  );
}
