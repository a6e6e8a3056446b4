import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { actorWords, eventWords } from '../../audit/event-words.ts';
import { Timeline } from '../../ui/Timeline.tsx';
import { visitTimelinePage } from '../api.ts';
import style from './visit-page.module.css';

/** All that happened to a visit, latest first: by whom, when it happened, when it arrived. */
export function VisitHistory({ visitId }: { visitId: string }) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ['visits', visitId, 'timeline'],
    queryFn: ({ pageParam }) => visitTimelinePage(visitId, { after: pageParam, limit: 20 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const entries = (pages.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <section className={style.block}>
      <h2>{t('visits.page.history')}</h2>
      <Timeline
        entries={entries.map((entry) => ({
          id: entry.id,
          what: eventWords(entry.name, t),
          who: actorWords({ kind: entry.actor_kind, name: entry.actor_name }, t),
          happened_at: entry.happened_at,
          received_at: entry.received_at,
        }))}
      />
      {pages.hasNextPage && (
        <Button
          size="xs"
          variant="subtle"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('ui.list.more')}
        </Button>
      )}
    </section>
  );
}
