import { useTranslation } from 'react-i18next';
import { eventEntry } from '../../audit/event-words.ts';
import { PagedTimeline } from '../../ui/PagedTimeline.tsx';
import type { VisitTimeline } from '../api.ts';
import style from './visit-page.module.css';

/** All that happened to a visit, latest first: by whom, when it happened, when it arrived. */
export function VisitHistory({ visitId }: { visitId: string }) {
  const { t } = useTranslation();
  return (
    <section className={style.block}>
      <h2>{t('visits.page.history')}</h2>
      <PagedTimeline<VisitTimeline>
        queryKey={['visits', visitId, 'timeline']}
        path={`/api/visits/${visitId}/timeline`}
        entryOf={(entry) => eventEntry(entry, t)}
      />
    </section>
  );
}
