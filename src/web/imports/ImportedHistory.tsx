import { useTranslation } from 'react-i18next';
import type { ImportedHistory as HistoryPage } from '#domain/imports/commands.ts';
import ticketStyle from '../tickets/TicketScreen.module.css';
import { PagedTimeline } from '../ui/PagedTimeline.tsx';

/** What another desk recorded of this ticket before it came here. */
export function ImportedHistory({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  return (
    <section className={ticketStyle.block}>
      <div className={ticketStyle.blockHead}>
        <h2>{t('imports.history.title')}</h2>
      </div>
      <PagedTimeline<HistoryPage>
        queryKey={['tickets', ticketId, 'imported-history']}
        path={`/api/tickets/${ticketId}/imported-history`}
        above={({ reference }) =>
          reference && <p className="cp-soft">{t('imports.history.reference', { reference })}</p>
        }
        entryOf={(entry) => ({
          id: entry.id,
          what: [entry.source_state, entry.group, entry.assigned_to].filter(Boolean).join(' · '),
          who: entry.actor_name,
          happened_at: entry.happened_at,
          received_at: entry.happened_at,
        })}
      />
    </section>
  );
}
