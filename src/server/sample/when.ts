import { fromMs, type Instant, toMs } from '#domain/ground/instant.ts';

/**
 * A moment of the sample's stories, told from today:
 * `25m`, `3h`, `2h10m` ago (with `+` ahead); `3d 20:15` three days ago at that time in Shanghai, `2w 09:10` so
 * many weekdays ago (`+1w 17:00` ahead, `0w` today). Chinese holidays count as weekdays: a story may well have
 * been told on one.
 */
export type When = string;

const shanghaiMs = 8 * 3_600_000;
const dayMs = 86_400_000;

export function instantOf(when: When, now: Instant): Instant {
  const ahead = when.startsWith('+');
  const text = ahead ? when.slice(1) : when;
  const sign = ahead ? 1 : -1;
  const elapsed = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(text);
  if (text !== '' && elapsed) {
    const minutes = Number(elapsed[1] ?? 0) * 60 + Number(elapsed[2] ?? 0);
    return fromMs(toMs(now) + sign * minutes * 60_000);
  }
  const dated = /^(\d+)([dw]) (\d\d):(\d\d)$/.exec(text);
  if (!dated) throw new Error(`the sample knows no moment “${when}”`);
  const [, count, unit, hour, minute] = dated;
  const today = Math.floor((toMs(now) + shanghaiMs) / dayMs);
  const day = unit === 'd' ? today + sign * Number(count) : weekdaysFrom(today, sign, Number(count));
  return fromMs(day * dayMs - shanghaiMs + (Number(hour) * 60 + Number(minute)) * 60_000);
}

/** A date so many days from today in Shanghai, for contracts. */
export function dateOf(days: number, now: Instant): string {
  return fromMs(toMs(now) + shanghaiMs + days * dayMs).slice(0, 10);
}

// 1970-01-01 was a Thursday: day 0 is weekday 4 of a week that begins on Sunday.
const isWeekend = (day: number) => [0, 6].includes((day + 4) % 7);

function weekdaysFrom(today: number, sign: number, count: number): number {
  let day = today;
  for (let left = count; left > 0; ) {
    day += sign;
    if (!isWeekend(day)) left -= 1;
  }
  return day;
}
