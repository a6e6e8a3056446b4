import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import ticketStyle from '../tickets/TicketScreen.module.css';
import { Timeline } from '../ui/Timeline.tsx';
import { historyQuery } from './api.ts';

/** What another desk recorded of this ticket before it came here. */
export function ImportedHistory({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery(historyQuery(ticketId));
  const entries = (pages.data?.pages ?? []).flatMap((page) => page.items);
  const reference = pages.data?.pages[0]?.reference;
  return (
    <section className={ticketStyle.block}>
      <div className={ticketStyle.blockHead}>
        <h2>{t('imports.history.title')}</h2>
      </div>
      {reference && <p className="cp-soft">{t('imports.history.reference', { reference })}</p>}
      <Timeline
        entries={entries.map((entry) => ({
          id: entry.id,
          what: [entry.source_state, entry.group, entry.assigned_to].filter(Boolean).join(' · '),
          who: entry.actor_name ?? '',
          happened_at: entry.happened_at,
          received_at: entry.happened_at,
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
