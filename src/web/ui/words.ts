import type { TFunction } from 'i18next';
import type { Instant, PlainDate } from '#domain/ground/instant.ts';
import {
  formatDate,
  formatDay,
  formatDuration,
  formatExact,
  formatLeft,
  formatTime,
  formatWorkTime,
  type Speaker,
} from './time-words.ts';

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
  /** Time that was worked: hours and minutes, never days. */
  workTime: (minutes: number) => string;
};

export function wordsOf(speaker: Speaker): Words {
  const { t, zone } = speaker;
  return {
    ...speaker,
    time: (instant) => formatTime(instant, speaker),
    day: (instant) => formatDay(instant, speaker),
    date: (date) => formatDate(date, speaker),
    exact: (instant, other) => formatExact(instant, { t, zone: other ?? zone }),
    left: (due) => formatLeft(due, speaker),
    duration: (minutes) => formatDuration(minutes, t),
    workTime: (minutes) => formatWorkTime(minutes, t),
  };
}
