import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { PromiseRow, PromiseState } from '#domain/promises/commands.ts';
import { get } from '../ui/api-client.ts';
import { useAct } from '../ui/use-act.ts';

export type PromisePage = { items: PromiseRow[]; next: string | null };
export type PromiseFilter = {
  state: PromiseState;
  owner?: 'me' | 'none' | undefined;
  customer_id?: string | undefined;
};

export const promisesQuery = (filter: PromiseFilter) =>
  infiniteQueryOptions({
    queryKey: ['promises', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<PromisePage>('/api/promises', { ...filter, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: PromisePage) => last.next ?? undefined,
  });

/** All that was promised in one ticket, whatever became of it; few enough for one page each. */
export const promisesOfTicketQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['promises', 'list', 'of', ticketId],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        (['open', 'kept', 'declined'] as const).map((state) =>
          get<PromisePage>('/api/promises', { state, subject_id: ticketId, limit: 100 }, { signal }),
        ),
      );
      return pages.flatMap((page) => page.items);
    },
  });

export type Told = { told_how: NonNullable<PromiseRow['told_how']>; told_at: string; told_note: string };

type Done = { onDone?: (promise: PromiseRow) => void };

export const useMakePromise = (done: Done = {}) =>
  useAct<
    {
      id: string;
      subject: { kind: 'ticket'; id: string };
      message_id: string | null;
      words: string;
      to_contact_id: string | null;
      owner_id: string | null;
      due_at: string | null;
    },
    PromiseRow
  >((body) => ({ method: 'POST', path: '/api/promises', body }), done);

export const useKeepPromise = (done: Done = {}) =>
  useAct<{ id: string; told: Told }, PromiseRow>(
    ({ id, told }) => ({ method: 'POST', path: `/api/promises/${id}/keep`, body: told }),
    done,
  );

export const useDeclinePromise = (done: Done = {}) =>
  useAct<{ id: string; reason: string; told: Told }, PromiseRow>(
    ({ id, reason, told }) => ({
      method: 'POST',
      path: `/api/promises/${id}/decline`,
      body: { reason, ...told },
    }),
    done,
  );

export const useMovePromise = (done: Done = {}) =>
  useAct<{ id: string; to: string; agreed_by: string; reason: string }, PromiseRow>(
    ({ id, ...body }) => ({ method: 'POST', path: `/api/promises/${id}/move`, body }),
    done,
  );

export const useCompletePromise = (done: Done = {}) =>
  useAct<{ id: string; parts: { to_contact_id?: string; owner_id?: string; due_at?: string } }, PromiseRow>(
    ({ id, parts }) => ({ method: 'POST', path: `/api/promises/${id}/complete`, body: parts }),
    done,
  );
