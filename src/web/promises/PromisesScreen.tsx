import { Button, Skeleton, Stack } from '@mantine/core';
import { IconHeartHandshake } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { type Chosen, FilterChips } from '../ui/FilterChips.tsx';
import { Screen } from '../ui/Screen.tsx';
import { usePages } from '../ui/use-pages.ts';
import { PromiseCard } from './PromiseCard.tsx';
import style from './PromisesScreen.module.css';

/** The ledger: what we owe, what is due first on top. At first one's own; the whole firm's with one tap. */
export function PromisesScreen() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>({});
  const owner = chosen.owner ?? 'me';
  const state = chosen.state ?? 'open';
  const pages = usePages<PromiseRow>('promises', '/api/promises', {
    state,
    owner: owner === 'all' ? undefined : owner,
  });
  const option = (group: string, value: string) => ({
    value,
    label: t(`promises.filters.${group}.${value}`),
  });
  const filters = [
    {
      name: 'owner',
      label: t('promises.filters.owner.label'),
      base: 'me',
      options: ['me', 'all', 'none'].map((value) => option('owner', value)),
    },
    {
      name: 'state',
      label: t('promises.filters.state.label'),
      base: 'open',
      options: ['open', 'kept', 'declined'].map((value) => option('state', value)),
    },
  ];
  return (
    <Screen
      title={t('promises.title')}
      below={<FilterChips filters={filters} chosen={chosen} onChange={setChosen} />}
    >
      {pages.error && !pages.items && <ErrorState error={pages.error} onRetry={pages.retry} />}
      {pages.isLoading && (
        <Stack aria-hidden>
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} height={88} />
          ))}
        </Stack>
      )}
      {pages.items?.length === 0 && (
        <EmptyState
          icon={<IconHeartHandshake size={32} stroke={1.5} aria-hidden />}
          title={t(`promises.empty.${state}.title`)}
          why={t(`promises.empty.${state}.why`)}
        >
          {owner === 'me' && (
            <Button variant="default" onClick={() => setChosen({ ...chosen, owner: 'all' })}>
              {t('promises.empty.show_all')}
            </Button>
          )}
        </EmptyState>
      )}
      <ul className={style.cards}>
        {pages.items?.map((promise) => (
          <li key={promise.id}>
            <PromiseCard promise={promise} withTicket />
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button variant="subtle" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t('ui.list.more')}
        </Button>
      )}
    </Screen>
  );
}
