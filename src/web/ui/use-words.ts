import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { fromMs, type Instant } from '#domain/ground/instant.ts';
import { readersZone } from './wall-time.ts';
import { type Words, wordsOf } from './words.ts';

/** The zone in which this person reads times: their own, or the device's before they signed in. */
export const ZoneContext = createContext(readersZone(null));

// One clock for the whole screen. It steps by half a minute, so that "42 minutes left" is never a minute off for long.
const stepMs = 30_000;
const stepped = () => Math.floor(Date.now() / 1000) * 1000;
let presentMs = stepped();
const watchers = new Set<() => void>();
setInterval(() => {
  presentMs = stepped();
  for (const watcher of watchers) watcher();
}, stepMs);

/** Now, as an instant that changes twice a minute and draws anew whatever shows it. */
export function useNow(): Instant {
  const ms = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => presentMs,
  );
  return useMemo(() => fromMs(ms), [ms]);
}

/** Everything a screen needs to speak of times in the reader's language and zone. */
export function useWords(): Words {
  const { t } = useTranslation();
  const zone = useContext(ZoneContext);
  const now = useNow();
  return useMemo(() => wordsOf({ t, zone, now }), [t, zone, now]);
}
