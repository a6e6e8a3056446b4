import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { TicketMails } from '#domain/channels/mailbox-commands.ts';
import type { TicketActed, TicketPage, TicketRow, timeline, viewList } from '#domain/tickets/commands.ts';
import { type Act, get } from '../ui/api-client.ts';
import { refresh } from '../ui/live.ts';
import type { ProblemError } from '../ui/problem.ts';
import { useAct } from '../ui/use-act.ts';

export type TimelinePage = z.output<typeof timeline>;
export type ViewList = z.output<typeof viewList>;

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id],
    queryFn: ({ signal }) => get<TicketPage>(`/api/tickets/${id}`, {}, { signal }),
  });

/** The mails behind its messages. */
export const ticketMailsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id, 'mails'],
    queryFn: ({ signal }) => get<TicketMails>(`/api/tickets/${id}/mails`, {}, { signal }),
  });

export const viewsQuery = queryOptions({
  queryKey: ['views', 'list'],
  queryFn: ({ signal }) => get<ViewList>('/api/views', {}, { signal }),
  staleTime: 60_000,
});

/** People to whom work can be given. */
export const colleaguesQuery = queryOptions({
  queryKey: ['persons', 'list', 'colleagues'],
  queryFn: async ({ signal }) =>
    (
      await get<{ items: { id: string; name: string; roles: string[] }[] }>(
        '/api/people',
        { limit: 100 },
        { signal },
      )
    ).items,
  staleTime: 300_000,
});

/** Of a customer what a ticket refers to; the customer's own page holds the rest. */
export type CustomerParts = {
  id: string;
  name: string;
  zone: string;
  sites: { id: string; name: string; zone: string }[];
  contacts: { id: string; name: string; form_of_address: string | null; left_at: string | null }[];
  assets: { id: string; name: string; site_id: string | null }[];
  contracts: { id: string; name: string }[];
};
export const customerPartsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', id],
    queryFn: ({ signal }) => get<CustomerParts>(`/api/customers/${id}`, {}, { signal }),
    staleTime: 60_000,
  });

type Done<Input, Result> = {
  onDone?: (result: Result, input: Input) => void;
  onRefused?: (problem: ProblemError, input: Input) => void;
};

/** An act on one ticket; whatever shows that ticket, or lists it, is asked for again at once. */
export function useTicketAct<Input, Result = TicketActed>(
  id: string,
  build: (input: Input) => Pick<Act, 'path' | 'body'> & { method?: Act['method'] },
  done: Done<Input, Result> = {},
) {
  return useAct<Input, Result>((input) => ({ method: 'POST', ...build(input) }), {
    onDone: (result, input) => {
      refresh('ticket', id);
      done.onDone?.(result, input);
    },
    onRefused: (problem, input) => {
      // A refusal often means that somebody was faster: show what is true now.
      if (problem.kind === 'conflict') refresh('ticket', id);
      done.onRefused?.(problem, input);
    },
  });
}

export type Change<T = unknown> = { from: T; to: T };
export type TicketChanges = Partial<
  Record<
    'title' | 'kind' | 'impact' | 'urgency' | 'felt_severity' | 'site_id' | 'asset_id' | 'contract_id',
    Change
  >
>;

export type AnyTicket = Pick<TicketRow, 'id' | 'number' | 'title' | 'assignee_id' | 'assignee_name'>;
