import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Firm, Me } from '#domain/people/commands.ts';
import { setActingAs } from '../ui/acting-as.ts';
import { get, send } from '../ui/api-client.ts';
import { setDraftOwner } from '../ui/drafts.ts';
import { readDurable, writeDurable } from '../ui/durable-storage.ts';
import { ProblemError } from '../ui/problem.ts';
import { queryClient } from '../ui/query-client.ts';
import { letThrough, signedInAgain } from '../ui/session-gate.ts';
import { personSlot } from './session-slot.ts';

/** Who is signed in, or null. */
export const meQuery = queryOptions({
  queryKey: ['persons', 'me'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      const me = await get<Me>('/api/me', {}, { signal, without_sign_in: true });
      const before = queryClient.getQueryData<Me | null>(['persons', 'me']);
      // Somebody else than this device remembered: what it asked in the first one's name was refused, this session was not.
      if (before && before.id !== me.id) letThrough();
      await begin(me);
      return me;
    } catch (error) {
      if (error instanceof ProblemError && error.kind === 'unauthenticated') return stayOrLeave();
      throw error;
    }
  },
});

/** From here on the page is theirs: what is written and what is kept while writing. */
async function begin(me: Me): Promise<void> {
  setActingAs(me.id);
  await setDraftOwner(me.id);
}

const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('copperpea session') : null;

/** On a phone the app opens as the same person without a network, and whoever's session ran out still is. */
export function rememberPerson(me: Me): Promise<boolean> {
  return writeDurable(personSlot, me);
}

/** Where nobody is remembered, nobody else is either: a session that runs out would pass for theirs. */
export async function forgetOthers(me: Me): Promise<void> {
  const remembered = await readDurable<Me>(personSlot);
  if (remembered && remembered.id !== me.id) await writeDurable(personSlot, undefined);
}

/** Puts in place who was here last, until the server says who is. */
export async function recallPerson(): Promise<void> {
  const me = await readDurable<Me>(personSlot);
  if (!me || queryClient.getQueryData(meQuery.queryKey) !== undefined) return;
  await begin(me);
  if (queryClient.getQueryData(meQuery.queryKey) !== undefined) return;
  queryClient.setQueryData(meQuery.queryKey, me, { updatedAt: 0 });
  if (queryClient.getQueryData(firmQuery.queryKey) === undefined)
    queryClient.setQueryData(firmQuery.queryKey, me.firm, { updatedAt: 0 });
}

/** From a sign-in until the server has said who is there. In this page alone: it may be killed at any moment. */
let isSigningIn = false;

/** A session that ran out takes nothing away: the sign-in is asked for over what is there. Leaving is `signOut`. */
async function stayOrLeave(): Promise<Me | null> {
  // Somebody signed in, and nobody is there: that is no session that ran out.
  if (isSigningIn) return null;
  const me = (await readDurable<Me>(personSlot)) ?? null;
  if (me) void signedInAgain();
  return me;
}

export const firmQuery = queryOptions({
  queryKey: ['firms', 'list'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => get<Firm>('/api/firm', {}, { signal, without_sign_in: true }),
});

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => get<{ needs_setup: boolean }>('/api/setup', {}, { signal, without_sign_in: true }),
});

/** As the firm calls itself in the language of the screen. */
export function useFirmName(firm: Firm | undefined): string {
  const { i18n } = useTranslation();
  return (i18n.language === 'en' ? firm?.name_en : null) || (firm?.name ?? '');
}

/** The signed-in person; only for screens inside a shell, where there is one. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('this screen stands outside the shells: nobody is signed in');
  return data;
}

/** Whether the person may do an operation, e.g. `tickets.close`. What they may not do is not offered. */
export function useMay(permission: string): boolean {
  const { data } = useQuery(meQuery);
  return data?.permissions.includes(permission) ?? false;
}

/**
 * To be called after every successful sign-in. The same person goes on where they were; another one starts afresh
 * and sees nothing of what the first had open.
 */
export async function signedIn(): Promise<void> {
  isSigningIn = true;
  try {
    await goOnAs();
  } finally {
    isSigningIn = false;
  }
  tabs?.postMessage('signed in');
}

async function goOnAs(): Promise<void> {
  const before = queryClient.getQueryData(meQuery.queryKey);
  const me = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  if (before && me && before.id !== me.id) {
    // The next page would begin as whoever is remembered.
    await forgetOthers(me);
    location.assign('/');
  } else letThrough();
}

/** Signed in again in another tab of this device: what waits here goes on as well, or makes room for another person. */
export function followOtherTabs(): void {
  tabs?.addEventListener('message', () => void goOnAs().catch(() => {}));
}

export async function signOut(): Promise<void> {
  await send({ method: 'POST', path: '/api/auth/sign-out', body: {}, without_sign_in: true });
  await writeDurable(personSlot, undefined);
  queryClient.clear();
  location.assign('/');
}
