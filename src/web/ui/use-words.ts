import type { TFunction } from 'i18next';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { fromMs, type Instant, type PlainDate } from '#domain/ground/instant.ts';
import {
  formatDate,
  formatDay,
  formatDuration,
  formatExact,
  formatLeft,
  formatTime,
  type Speaker,
} from './time-words.ts';

/** The zone in which this person reads times: their own, or the device's before they signed in. */
export const ZoneContext = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai');

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

export type Words = {
  t: TFunction;
  zone: string;
  now: Instant;
  time: (instant: Instant) => string;
  day: (instant: Instant) => string;
  date: (date: PlainDate) => string;
  exact: (instant: Instant, zone?: string) => string;
  left: (due: Instant) => string;
  duration: (minutes: number) => string;
};

/** Everything a screen needs to speak of times in the reader's language and zone. */
export function useWords(): Words {
  const { t } = useTranslation();
  const zone = useContext(ZoneContext);
  const now = useNow();
  return useMemo(() => {
    const speaker: Speaker = { t, zone, now };
    return {
      ...speaker,
      time: (instant) => formatTime(instant, speaker),
      day: (instant) => formatDay(instant, speaker),
      date: (date) => formatDate(date, speaker),
      exact: (instant, other) => formatExact(instant, { t, zone: other ?? zone }),
      left: (due) => formatLeft(due, speaker),
      duration: (minutes) => formatDuration(minutes, t),
    };
  }, [t, zone, now]);
}
