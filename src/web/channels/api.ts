import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  MailPage,
  PortalConversation,
  PortalHome,
  PortalPromise,
  PortalQuestion,
} from '#domain/channels/commands.ts';
import type { MailboxView } from '#domain/channels/mailbox-commands.ts';
import { get } from '../ui/api-client.ts';

// Query keys as live.ts reads them: a hint about a ticket asks for all its lists and for itself again.

type Page<T> = { items: T[]; next: string | null };
const goingOn = <T>(last: Page<T>) => last.next ?? undefined;

export const homeQuery = queryOptions({
  queryKey: ['tickets', 'list', 'portal', 'home'],
  queryFn: ({ signal }) => get<PortalHome>('/api/portal/home', {}, { signal }),
});

export const questionQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id, 'portal'],
    queryFn: ({ signal }) => get<PortalConversation>(`/api/portal/tickets/${id}`, {}, { signal }),
  });

export const questionsQuery = (state: 'open' | 'closed') =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', 'portal', state],
    queryFn: ({ pageParam, signal }) =>
      get<Page<PortalQuestion>>('/api/portal/tickets', { state, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: goingOn,
  });

export const owedQuery = (state: 'open' | 'settled') =>
  infiniteQueryOptions({
    queryKey: ['promises', 'list', 'portal', state],
    queryFn: ({ pageParam, signal }) =>
      get<Page<PortalPromise>>('/api/portal/promises', { state, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: goingOn,
  });

/** Whether mails leave at all: with the first mail, since the answer says it on every page. */
export const mailServerQuery = queryOptions({
  queryKey: ['mails', 'list', 'server'],
  queryFn: async ({ signal }) =>
    (await get<{ server: MailServer }>('/api/mails', { limit: 1 }, { signal })).server,
});
export type MailServer = { configured: boolean; from: string | null };

export const mailboxesQuery = queryOptions({
  queryKey: ['mailboxs', 'list'],
  queryFn: ({ signal }) => get<Mailboxes>('/api/mailboxes', {}, { signal }),
  // How they are changes by itself: what stands here is asked again while somebody looks.
  refetchInterval: 10_000,
});
export type Mailboxes = { items: MailboxView[]; waiting_senders: number; default_sender: string | null };

export const mailboxQuery = (id: string) =>
  queryOptions({
    queryKey: ['mailboxs', id],
    queryFn: ({ signal }) => get<MailboxView>(`/api/mailboxes/${id}`, {}, { signal }),
    refetchInterval: 10_000,
  });

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ['mails', id],
    queryFn: ({ signal }) => get<MailPage>(`/api/mails/${id}`, {}, { signal }),
  });
