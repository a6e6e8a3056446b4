import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { owedQuery } from '../api.ts';
import { OwedList } from './OwedList.tsx';
import style from './portal.module.css';

type Which = 'open' | 'settled';

/** R9: what we owe them, and what became of what we owed. */
export function PromisesPage() {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>('open');
  const list = useInfiniteQuery(owedQuery(which));
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <div className={`${style.page} ${style.narrow}`}>
      <h1>{t('portal.promises.title')}</h1>
      <SegmentedControl
        className={style.tabs}
        aria-label={t('portal.promises.title')}
        value={which}
        onChange={(value) => setWhich(value as Which)}
        data={[
          { value: 'open', label: t('portal.promises.open') },
          { value: 'settled', label: t('portal.promises.settled') },
        ]}
      />
      {list.error && !items && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={96} radius={12} />}
      {items?.length === 0 && <EmptyState title={t(`portal.promises.empty_${which}`)} />}
      {items && <OwedList promises={items} />}
      {list.hasNextPage && (
        <Button
          className={style.goOn}
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('portal.questions.more')}
        </Button>
      )}
    </div>
  );
}
