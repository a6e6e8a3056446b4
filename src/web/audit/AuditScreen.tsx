import { Button, Code, Skeleton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventRow } from '#domain/audit/commands.ts';
import { plusMinutes, toMs } from '#domain/ground/instant.ts';
import { get } from '../ui/api-client.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { type Chosen, FilterChips } from '../ui/FilterChips.tsx';
import { Screen } from '../ui/Screen.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { usePages } from '../ui/use-pages.ts';
import { useWords } from '../ui/use-words.ts';
import style from './AuditScreen.module.css';
import { actorWords, eventWords } from './event-words.ts';

const namesQuery = {
  queryKey: ['audit', 'list', 'names'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<{ items: string[] }>('/api/audit/names', {}, { signal }),
};

const periods: Record<string, number> = { today: 1, week: 7, month: 30 };
const minutesADay = 1_440;

/** All that happened: by whom, when, and when the server received it, where that was later. */
export function AuditScreen() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>({});
  const [since, setSince] = useState<string>();
  const { now } = useWords();
  const names = useQuery(namesQuery);
  const pages = usePages<EventRow>('audit', '/api/audit', { name: chosen.name, from: since });
  const choose = (next: Chosen) => {
    const days = periods[next.period ?? ''];
    setSince(days ? plusMinutes(now, -days * minutesADay) : undefined);
    setChosen(next);
  };
  const filters = [
    {
      name: 'name',
      label: t('audit.filters.what'),
      searchable: true,
      options: (names.data?.items ?? []).map((name) => ({ value: name, label: eventWords(name, t) })),
    },
    {
      name: 'period',
      label: t('audit.filters.period'),
      base: 'any',
      options: ['any', 'today', 'week', 'month'].map((value) => ({
        value,
        label: t(`audit.filters.${value}`),
      })),
    },
  ];
  return (
    <Screen
      title={t('audit.title')}
      below={<FilterChips filters={filters} chosen={chosen} onChange={choose} />}
    >
      {pages.error && !pages.items && <ErrorState error={pages.error} onRetry={pages.retry} />}
      {pages.isLoading && <Skeleton height={320} aria-hidden />}
      {pages.items?.length === 0 && (
        <EmptyState
          icon={<IconHistory size={32} stroke={1.5} aria-hidden />}
          title={t('audit.empty.title')}
          why={t('audit.empty.why')}
        />
      )}
      <ol className={style.rows} aria-label={t('audit.label')}>
        {pages.items?.map((event) => (
          <AuditRow key={event.id} event={event} />
        ))}
      </ol>
      {pages.hasMore && (
        <Button variant="subtle" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t('ui.list.more')}
        </Button>
      )}
    </Screen>
  );
}

// Below a minute the two times say the same to a person.
const worthSayingMs = 60_000;

function AuditRow({ event }: { event: EventRow }) {
  const { t } = useTranslation();
  const place = placeOf(event);
  const isLate = toMs(event.received_at) - toMs(event.happened_at) > worthSayingMs;
  return (
    <li className={style.row}>
      <span className={style.when}>
        <TimeText at={event.happened_at} />
      </span>
      <span className={style.what}>
        {place ? <Link to={place}>{eventWords(event.name, t)}</Link> : eventWords(event.name, t)}
        {isLate && (
          <span className={style.soft}>
            {t('audit.columns.received')} <TimeText at={event.received_at} />
          </span>
        )}
      </span>
      <span>{actorWords({ kind: event.actor_kind, name: event.actor_name }, t)}</span>
      <details className={style.details}>
        <summary>{t('audit.details')}</summary>
        <Code block>{JSON.stringify(event.data, null, 2)}</Code>
        <p className={style.soft}>
          {t(`audit.kinds.${event.subject_kind}`, { defaultValue: event.subject_kind })} {event.subject_id}
          {event.request_id && <> · {t('audit.reference', { reference: event.request_id })}</>}
          {event.device_id && <> · {t('audit.device', { device: event.device_id })}</>}
        </p>
      </details>
    </li>
  );
}

/** The page of the thing it happened to, where there is one. */
function placeOf(event: EventRow): string | null {
  if (event.subject_kind === 'visit') return `/visits/${event.subject_id}`;
  if (event.subject_kind === 'ticket') return `/tickets/${event.subject_id}`;
  if (event.context_kind === 'ticket') return `/tickets/${event.context_id}`;
  if (event.subject_kind === 'customer') return `/customers/${event.subject_id}`;
  return event.customer_id ? `/customers/${event.customer_id}` : null;
}
