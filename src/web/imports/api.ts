import { queryOptions } from '@tanstack/react-query';
import type { Comparison, ImportKind, ImportPage, ImportPreview } from '#domain/imports/commands.ts';
import type { ImportOptions } from '#domain/imports/mapping.ts';
import { get } from '../ui/api-client.ts';
import { refresh } from '../ui/live.ts';
import { useAct } from '../ui/use-act.ts';

// Batches give no hints; whoever watches a running import asks for itself.
const watchMs = 1_000;
export const isGoingOn = (state: string | undefined) => state === 'running' || state === 'taking_back';

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => get<ImportPage>(`/api/imports/${id}`, {}, { signal }),
    refetchInterval: ({ state }) => (isGoingOn(state.data?.state) ? watchMs : false),
  });

export const previewQuery = (look: { file_id: string; kind: ImportKind; options?: ImportOptions }) =>
  queryOptions({
    queryKey: ['imports', 'preview', look],
    queryFn: ({ signal }) =>
      get<ImportPreview>(
        '/api/import-preview',
        {
          file_id: look.file_id,
          kind: look.kind,
          options: look.options && JSON.stringify(look.options),
        },
        { signal },
      ),
    staleTime: Infinity,
  });

export const comparisonQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id, 'comparison'],
    queryFn: ({ signal }) => get<Comparison>(`/api/imports/${id}/comparison`, {}, { signal }),
    staleTime: Infinity,
  });

export function useStartImport(onDone: (id: string) => void) {
  return useAct<{ id: string; file_id: string; kind: ImportKind; options: ImportOptions }, { id: string }>(
    (body) => ({ method: 'POST', path: '/api/imports', body }),
    {
      onDone: ({ id }) => {
        refresh('import', id);
        onDone(id);
      },
    },
  );
}

export function useTakeBack(id: string) {
  return useAct<void, { id: string }>(
    () => ({ method: 'POST', path: `/api/imports/${id}/take_back`, body: {} }),
    { onDone: () => refresh('import', id) },
  );
}
