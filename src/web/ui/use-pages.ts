import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get, type Query } from './api-client.ts';

export type Page<T> = { items: T[]; next: string | null };

/**
 * A key-paged list, loaded as far as a person scrolled. The key is `[plural kind, 'list', path, query]`, so that hints
 * about one thing refresh the lists of its kind (see live.ts).
 */
export function usePages<T>(
  kind: string,
  path: string,
  query: Query = {},
  options: { enabled?: boolean } = {},
) {
  const result = useInfiniteQuery({
    queryKey: [kind, 'list', path, query],
    queryFn: ({ pageParam, signal }) =>
      get<Page<T>>(path, { ...query, after: pageParam ?? undefined }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: options.enabled ?? true,
  });
  const items = useMemo(() => result.data?.pages.flatMap((page) => page.items), [result.data]);
  return {
    items,
    error: result.error,
    isLoading: result.isLoading,
    isFetching: result.isFetching,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    loadMore: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  };
}

export type Pages<T> = ReturnType<typeof usePages<T>>;
