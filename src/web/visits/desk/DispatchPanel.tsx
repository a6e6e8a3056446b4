import { IconAlertTriangle, IconCheck, IconCircleDashed, IconEqualNot } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openReadiness } from '#domain/visits/readiness.ts';
import { owedScope, scopeObjections } from '#domain/visits/scope.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { ClockBadge } from '../../ui/ClockBadge.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import style from './dispatch.module.css';
import { objectionWords } from './scope-words.ts';

/** Before: what still stands in the way. After: who sent the engineer off, and over what. */
export function DispatchPanel({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit } = page;
  if (visit.state === 'planned') {
    return (
      <section className={style.panel} aria-label={t('visits.dispatch.title')}>
        <h2>{t('visits.dispatch.title')}</h2>
        <InTheWay visit={visit} />
        {visit.is_emergency && <p>{t('visits.dispatch.emergency')}</p>}
      </section>
    );
  }
  return (
    <section className={style.panel} aria-label={t('visits.dispatch.title')}>
      {visit.cancelled && (
        <div>
          {t('visits.page.cancelled', { name: visit.cancelled.by_name })} <TimeText at={visit.cancelled.at} />
          <p className="cp-soft">{visit.cancelled.reason}</p>
        </div>
      )}
      {visit.dispatched && <Dispatched visit={visit} />}
    </section>
  );
}

/** Everything that still stands in the way, in words. */
export function InTheWay({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const open = openReadiness(visit);
  const objections = scopeObjections(visit);
  const count = open.length + objections.length;
  if (count === 0) {
    return (
      <p className={style.clear}>
        <IconCheck size="1.2em" stroke={2} aria-hidden />
        {t('visits.dispatch.clear')}
      </p>
    );
  }
  return (
    <div>
      <p className={style.count}>{t('visits.dispatch.in_way', { count })}</p>
      <ul className={style.list}>
        {open.map((item) => (
          <li key={item}>
            <IconCircleDashed size="1.15em" stroke={1.9} aria-hidden />
            {t('visits.dispatch.not_ready', { item: t(`visits.readiness_items.${item}`) })}
          </li>
        ))}
        {objections.map((objection) => (
          <li key={`${objection.code}${'party' in objection ? objection.party : ''}`}>
            <IconEqualNot size="1.15em" stroke={1.9} aria-hidden />
            {objectionWords(objection, t)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Dispatched({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { dispatched } = visit;
  if (!dispatched) return null;
  const owed = owedScope(visit);
  const codes = [...new Set(dispatched.overridden)];
  return (
    <>
      <div>
        {t('visits.dispatch.dispatched', { name: dispatched.by_name })} <TimeText at={dispatched.at} />
      </div>
      {codes.length > 0 && (
        <div className={style.overridden}>
          <p>
            <IconAlertTriangle size="1.1em" stroke={1.9} aria-hidden />{' '}
            {t('visits.dispatch.overridden', {
              what: codes.map((code) => t(`visits.dispatch.overridden_codes.${code}`)).join(t('app.and')),
            })}
          </p>
          {dispatched.override_reason && (
            <p>{t('visits.dispatch.override_reason', { reason: dispatched.override_reason })}</p>
          )}
        </div>
      )}
      {owed && (
        <div>
          {t('visits.dispatch.complete_by')} <ClockBadge due={owed.due_at} />
        </div>
      )}
    </>
  );
}
