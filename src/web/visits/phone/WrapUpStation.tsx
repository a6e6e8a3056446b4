import { useTranslation } from 'react-i18next';
import { dayOf, daysOver, isAway, sinceLastDay } from '#domain/visits/days.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import style from './stations.module.css';

const parts = ['rested_on', 'problems', 'advice', 'support_needed', 'tomorrow', 'reaction'] as const;

/** R26: the talks that ended the days, newest first. */
export function WrapUpStation({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const { visit } = page;
  const isMissing =
    sinceLastDay(visit, visit.wrap_ups).length === 0 && !isAway(visit) && !isOver.includes(visit.state);
  const lack = mayAct && visit.state !== 'on_site' ? 'none' : 'none_yet';
  return (
    <>
      {visit.no_wrap_up_reason && (
        <p className="cp-soft">
          {t('visits_phone.wrap_up.left_without', { reason: visit.no_wrap_up_reason })}
        </p>
      )}
      {isMissing && <p className="cp-soft">{t(`visits_phone.wrap_up.${lack}`)}</p>}
      {visit.wrap_ups.toReversed().map((wrapUp) => (
        <section key={wrapUp.id} className={style.card}>
          <p className={style.under}>
            {daysOver(visit).length > 0 && (
              <strong>{t('visits_phone.days.n', { n: dayOf(visit, wrapUp.id) })}</strong>
            )}
            <TimeText at={wrapUp.at} />
            <span>{t('visits_phone.wrap_up.took', { count: wrapUp.minutes })}</span>
            <span>{t(`visits_phone.promised.${wrapUp.promised_today}`)}</span>
          </p>
          <FactList
            stacked
            facts={parts.map((part) =>
              wrapUp[part]
                ? {
                    label: t(`visits_phone.wrap_up.${part}`),
                    value: <span className={style.lines}>{wrapUp[part]}</span>,
                  }
                : null,
            )}
          />
        </section>
      ))}
    </>
  );
}

const isOver: Visit['state'][] = ['done', 'cancelled'];
