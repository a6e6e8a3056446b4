import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAway } from '#domain/visits/days.ts';
import { readinessListOf } from '#domain/visits/readiness.ts';
import { filledColumns, scopeDifferences } from '#domain/visits/scope.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { ReadinessItem } from '#domain/visits/visit.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { PastDays } from './PastDays.tsx';
import style from './stations.module.css';
import { TodayCard } from './TodayCard.tsx';
import { useSave } from './use-save.ts';
import { WaiveSheet } from './WaiveSheet.tsx';

/** Before the road: what has to be in the bag, what today is for, and what the three sides think it is. */
export function PrepareStation({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  return (
    <>
      {isAway(page.visit) && <PastDays page={page} mayAct={mayAct} />}
      <TodayCard page={page} mayAct={mayAct} />
      <Readiness page={page} mayAct={mayAct} />
      <Scope page={page} />
    </>
  );
}

function Readiness({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const { visit } = page;
  const { save, problem } = useSave(visit.id);
  const [waiving, setWaiving] = useState<ReadinessItem | null>(null);
  const check = (item: ReadinessItem, state: 'ticked' | 'open') =>
    void save({ name: 'check_readiness', body: { item, state, reason: null } });
  return (
    <section className={style.block}>
      <h3>{t('visits_phone.readiness.title')}</h3>
      {visit.is_emergency && (
        <p className="cp-soft">
          {t('visits_phone.readiness.short')}
          {visit.emergency_reason &&
            ` ${t('visits_phone.readiness.why', { reason: visit.emergency_reason })}`}
        </p>
      )}
      <ul className={style.rows}>
        {readinessListOf(visit).map((item) => {
          const entry = visit.readiness.find((one) => one.item === item);
          const name = t(`visits.readiness_items.${item}`);
          return (
            <li key={item} className={style.readiness}>
              <Checkbox
                size="md"
                label={name}
                description={
                  entry?.state === 'waived'
                    ? t('visits_phone.readiness.waived', { name: entry.by_name, reason: entry.reason })
                    : entry
                      ? t('visits_phone.readiness.ticked', { name: entry.by_name })
                      : t(`visits.readiness.help.${item}`)
                }
                checked={entry?.state === 'ticked'}
                disabled={!mayAct}
                onChange={(event) => check(item, event.currentTarget.checked ? 'ticked' : 'open')}
              />
              {mayAct && !entry && (
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={t('visits_phone.readiness.waive_item', { item: name })}
                  onClick={() => setWaiving(item)}
                >
                  {t('visits_phone.readiness.waive')}
                </Button>
              )}
              {mayAct && entry?.state === 'waived' && (
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={t('visits_phone.readiness.take_back_item', { item: name })}
                  onClick={() => check(item, 'open')}
                >
                  {t('visits_phone.readiness.take_back')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <ActProblem error={problem} isKept={false} />
      {waiving && <WaiveSheet visitId={visit.id} item={waiving} onClose={() => setWaiving(null)} />}
    </section>
  );
}

function Scope({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit } = page;
  const columns = filledColumns(visit);
  const differences = scopeDifferences(visit);
  return (
    <section className={style.block}>
      <h3>{t('visits_phone.scope.title')}</h3>
      {columns.length === 0 && <p className="cp-soft">{t('visits_phone.scope.none')}</p>}
      {differences.map((difference) => (
        <p key={difference.code} className={style.warning} role="note">
          {t(`visits_phone.scope.differs.${difference.code}`)}
        </p>
      ))}
      {columns.map(({ party, column }) => (
        <div key={party} className={style.card}>
          <h4>{t(`visits.parties.${party}`)}</h4>
          <FactList
            facts={[
              { label: t('visits_phone.scope.what'), value: column.what },
              {
                label: t('visits_phone.scope.hours'),
                value: t('visits_phone.scope.n_hours', { count: column.hours }),
              },
              {
                label: t('visits_phone.scope.night'),
                value: t(column.night ? 'visits_phone.yes' : 'visits_phone.no'),
              },
              {
                label: t('visits_phone.scope.verification'),
                value: column.verification || t('visits_phone.scope.no_verification'),
              },
            ]}
          />
          <p className={style.under}>
            <span>{t('visits_phone.scope.said_by', { name: column.said_by })}</span>
            <TimeText at={column.said_at} />
          </p>
        </div>
      ))}
      {visit.dispatched?.override_reason && (
        <p className={style.warning}>
          {t('visits_phone.scope.overridden', {
            name: visit.dispatched.by_name,
            reason: visit.dispatched.override_reason,
          })}
        </p>
      )}
    </section>
  );
}
