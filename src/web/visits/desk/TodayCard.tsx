import { useTranslation } from 'react-i18next';
import { todayConfirmation } from '#domain/visits/confirming.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { ConfirmedMark, ReadBefore } from './Confirmed.tsx';
import { VisitSection } from './VisitSection.tsx';
import style from './visit-page.module.css';

const parts = ['goal', 'done_when', 'not_today'] as const;

/** What this day is for, when it is done, and what it is not for. */
export function TodayCard({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit } = page;
  const confirmed = todayConfirmation(visit);
  return (
    <VisitSection
      name="today"
      title={t('visits.today.title')}
      state={
        confirmed ? (
          <ConfirmedMark
            page={page}
            confirmed={confirmed}
            fine={t('visits.today.confirmed', { name: confirmed.name })}
          />
        ) : (
          <span className="cp-soft">{t('visits.today.unconfirmed')}</span>
        )
      }
    >
      <dl className={style.today}>
        {parts.map((part) => (
          <div key={part}>
            <dt>{t(`visits.today.${part}`)}</dt>
            <dd>{visit[part].trim() || <span className="cp-soft">{t('visits.today.empty')}</span>}</dd>
          </div>
        ))}
      </dl>
      <ReadBefore page={page} confirmed={confirmed} />
    </VisitSection>
  );
}
