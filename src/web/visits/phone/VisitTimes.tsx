import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { Hint } from '../../ui/Hint.tsx';
import { useWords } from '../../ui/use-words.ts';
import { wallOf } from '../../ui/wall-time.ts';
import style from './times.module.css';

/** From when to when, as people say it; the second day is named only when it is another one. */
export function VisitTimes({ page }: { page: VisitPage }) {
  const words = useWords();
  const { planned_from, planned_to } = page.visit;
  const isOneDay =
    wallOf(planned_from, words.zone).slice(0, 10) === wallOf(planned_to, words.zone).slice(0, 10);
  const to = isOneDay ? wallOf(planned_to, words.zone).slice(11) : words.time(planned_to);
  return (
    <Hint label={`${words.exact(planned_from)} – ${words.exact(planned_to)}`}>
      <span>
        {words.time(planned_from)} – {to}
      </span>
    </Hint>
  );
}

export function VisitState({ visit }: { visit: Pick<Visit, 'state' | 'is_emergency'> }) {
  const { t } = useTranslation();
  return (
    <>
      {visit.is_emergency && <span className={style.emergency}>{t('visits_today.emergency')}</span>}
      <span className={style.state} data-state={visit.state}>
        {t(`visits.states.${visit.state}`)}
      </span>
    </>
  );
}
