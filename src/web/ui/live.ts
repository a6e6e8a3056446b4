import { useEffect } from 'react';
import { askServer, onRecovery } from './network-state.ts';
import { queryClient } from './query-client.ts';

type Place = { kind: string; id: string };
type Hint = { name: string; subject: Place; context: Place | null };

const waiting = new Map<string, Place>();
let timer: ReturnType<typeof setTimeout> | undefined;
const gatherMs = 120;

/**
 * Query keys say what they hold: `['tickets', 'list', …]` holds many, `['tickets', id, …]` belongs to one. A hint
 * about a ticket makes all lists of tickets and everything of that one ticket be asked again, nothing else.
 */
function isTouched(key: readonly unknown[], place: Place): boolean {
  return key[0] === `${place.kind}s` && (key[1] === 'list' || key.includes(place.id));
}

const listeners = new Set<() => void>();

/** Calls back whenever something happened, or may have happened unheard, that this person may see. */
export function onHint(callback: () => void): () => void {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

function gather(place: Place | null): void {
  if (place === null) return;
  waiting.set(`${place.kind} ${place.id}`, place);
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    const places = [...waiting.values()];
    waiting.clear();
    void queryClient.invalidateQueries({
      predicate: (query) => places.some((touched) => isTouched(query.queryKey, touched)),
    });
  }, gatherMs);
}

/** Asks again for everything that one thing touches, after an own act: other people's acts come by hint. */
export function refresh(kind: string, id: string): void {
  gather({ kind, id });
}

/** A server that only starts anew, or a device that changes its network, is back by then. */
const gapMs = 3_000;
/** More than two of the server's beats: a way that is cut without a word is known by its silence. */
const silentMs = 40_000;

/** Keeps every read on the screen fresh by the server's hints; after a gap everything is asked again. */
export function useLive(isSignedIn: boolean): void {
  useEffect(() => {
    if (!isSignedIn) return;
    const onVisible = () => {
      if (document.visibilityState === 'visible') void queryClient.invalidateQueries({ stale: true });
    };
    const hush = listen();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      hush();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [isSignedIn]);
}

/** Hears the server until told otherwise. That it cannot be heard is looked into: a screen at rest would ask nothing else. */
function listen(): () => void {
  let source: EventSource | undefined;
  let hasGap = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let doubt: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    clearTimeout(retry);
    source?.close();
    source = new EventSource('/api/live');
    source.onopen = () => {
      freshen(hasGap);
      hasGap = false;
      clearTimeout(doubt);
    };
    source.onmessage = (event: MessageEvent<string>) => {
      isThere();
      const hint = JSON.parse(event.data) as Hint;
      gather(hint.subject);
      gather(hint.context);
      for (const listener of listeners) listener();
    };
    source.addEventListener('beat', isThere);
    source.onerror = () => {
      isGone();
      // The browser connects again by itself unless the answer was an error (signed out, 502): then it gives up.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(connect, 3_000);
    };
    isThere();
  };
  const isThere = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      isGone();
      connect();
    }, silentMs);
  };
  const isGone = () => {
    if (!hasGap) doubt = setTimeout(() => void askServer(), gapMs);
    hasGap = true;
  };
  connect();
  const forget = onRecovery(() => hasGap && connect());
  return () => {
    forget();
    for (const timer of [retry, doubt, silence]) clearTimeout(timer);
    source?.close();
  };
}

/** Of what happened before somebody listened, in a gap or while the first screen loaded, nobody hints any more. */
function freshen(hadGap: boolean): void {
  const openedAt = Date.now();
  void queryClient.invalidateQueries({
    predicate: ({ state }) => hadGap || (state.dataUpdatedAt > 0 && state.dataUpdatedAt < openedAt),
  });
  for (const listener of listeners) listener();
}
