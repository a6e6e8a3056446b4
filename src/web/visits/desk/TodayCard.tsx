import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '#domain/visits/visit.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { VisitSection } from './VisitSection.tsx';
import style from './visit-page.module.css';

const parts = ['goal', 'done_when', 'not_today'] as const;

/** What this day is for, when it is done, and what it is not for. */
export function TodayCard({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  return (
    <VisitSection
      name="today"
      title={t('visits.today.title')}
      state={
        visit.today_confirmed ? (
          <span className={style.good}>
            <IconCheck size="1.1em" stroke={2} aria-hidden />
            {t('visits.today.confirmed', { name: visit.today_confirmed.name })}{' '}
            <TimeText at={visit.today_confirmed.at} />
          </span>
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
    </VisitSection>
  );
}
