import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysOver, isAway } from '#domain/visits/days.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { LeaveSheet } from './LeaveSheet.tsx';
import style from './stations.module.css';

/** R26: the days on site that are over; between two of them, the way out where no other is needed. */
export function PastDays({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const [isEnding, setEnding] = useState(false);
  const { visit } = page;
  const days = daysOver(visit);
  if (days.length === 0) return null;
  return (
    <section className={style.block}>
      <h3>{t('visits_phone.days.title')}</h3>
      {days.map(({ arrived_at, left_at, no_wrap_up_reason }, at) => (
        <div key={left_at} className={style.card}>
          <p>{t('visits_phone.days.n', { n: at + 1 })}</p>
          <p className={style.under}>
            {arrived_at && <TimeText at={arrived_at} />}
            {left_at && (
              <span>
                {t('visits_phone.days.left')} <TimeText at={left_at} />
              </span>
            )}
          </p>
          {no_wrap_up_reason && (
            <p className="cp-soft">{t('visits_phone.wrap_up.left_without', { reason: no_wrap_up_reason })}</p>
          )}
        </div>
      ))}
      {mayAct && isAway(visit) && (
        <div>
          <Button variant="default" onClick={() => setEnding(true)}>
            {t('visits_phone.days.no_more')}
          </Button>
        </div>
      )}
      {isEnding && <LeaveSheet page={page} onClose={() => setEnding(false)} />}
    </section>
  );
}
