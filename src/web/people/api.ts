import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ApiKey, Firm, Invitation, openInvitation, Person, Session } from '#domain/people/commands.ts';
import { meQuery } from '../app/session.ts';
import { get, send } from '../ui/api-client.ts';
import { queryClient } from '../ui/query-client.ts';

type Page<T> = { items: T[]; next: string | null };
export type OpenedInvitation = z.output<typeof openInvitation.result>;

export const peopleQuery = queryOptions({
  queryKey: ['persons', 'list'],
  queryFn: ({ signal }) => everyPage<Person>('/api/people', signal),
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations', 'list'],
  queryFn: ({ signal }) => everyPage<Invitation>('/api/invitations', signal),
});

export const sessionsQuery = (userId?: string) =>
  queryOptions({
    queryKey: ['persons', 'list', 'sessions', userId ?? 'me'],
    queryFn: ({ signal }) => everyPage<Session>('/api/sessions', signal, { user_id: userId }),
  });

export const apiKeysQuery = queryOptions({
  queryKey: ['api_keys', 'list'],
  queryFn: ({ signal }) => everyPage<ApiKey>('/api/api-keys', signal),
});

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation-links', token],
    queryFn: ({ signal }) =>
      get<OpenedInvitation>(
        `/api/invitation-links/${encodeURIComponent(token)}`,
        {},
        { signal, without_sign_in: true },
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Lists here are as long as a firm has people; all of it is wanted on one screen. */
async function everyPage<T>(
  path: string,
  signal: AbortSignal,
  query: Record<string, string | undefined> = {},
) {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await get<Page<T>>(path, { ...query, limit: 100, after }, { signal });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after && items.length < 2_000);
  return items;
}

/** One of the doors of /api/auth. A wrong password is an ordinary answer there. */
export function auth<Result = Record<string, never>>(
  door: string,
  body: Record<string, unknown> = {},
): Promise<Result> {
  return send<Result>({ method: 'POST', path: `/api/auth/${door}`, body, without_sign_in: true });
}

export function logoUrl(firm: Firm): string | null {
  return firm.logo_file_id ? `/api/firm/logo?of=${firm.logo_file_id}` : null;
}

/** After an act on one's own account: who one is and where one is signed in are asked again. */
export function refreshMe(): void {
  void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  void queryClient.invalidateQueries({ queryKey: ['persons'] });
}
