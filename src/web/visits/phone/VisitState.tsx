import type { TFunction } from 'i18next';
import type { Visit } from '#domain/visits/visit.ts';
import style from './times.module.css';

export function VisitState({ visit, t }: { visit: Pick<Visit, 'state' | 'is_emergency'>; t: TFunction }) {
  return (
    <>
      {visit.is_emergency && <span className={style.emergency}>{t('visits_today.emergency')}</span>}
      <span className={style.state} data-state={visit.state}>
        {t(`visits.states.${visit.state}`)}
      </span>
    </>
  );
}
