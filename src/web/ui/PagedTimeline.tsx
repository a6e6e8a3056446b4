import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from './api-client.ts';
import { Timeline, type TimelineEntry } from './Timeline.tsx';
import type { Page } from './use-pages.ts';

type Props<P extends Page<unknown>> = {
  /** Says what it is of, so that hints about that thing refresh it (see live.ts). */
  queryKey: readonly string[];
  path: string;
  entryOf: (row: P['items'][number]) => TimelineEntry;
  /** What the first page says besides. */
  above?: (first: P) => ReactNode;
  /** Instead of nothing at all. */
  none?: string | undefined;
};

/** A history, a page at a time, as far as a person wants to read. */
export function PagedTimeline<P extends Page<unknown>>({ queryKey, path, entryOf, above, none }: Props<P>) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => get<P>(path, { after: pageParam, limit: 20 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const loaded = pages.data?.pages ?? [];
  const [first] = loaded;
  return (
    <>
      {first && above?.(first)}
      {first?.items.length === 0 && none && <p className="cp-soft">{none}</p>}
      <Timeline entries={loaded.flatMap(({ items }) => items.map(entryOf))} />
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
    </>
  );
}
