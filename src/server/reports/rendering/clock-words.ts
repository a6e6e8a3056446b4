import type { Locale } from '#domain/people/person.ts';

export type ClockWords = {
  day: (instant: string) => string;
  time: (instant: string) => string;
  when: (instant: string) => string;
  /** The end of what began at an instant: with its date where that is another day. */
  until: (end: string, from: string) => string;
  /** “UTC+8” of the zone at an instant. */
  zone: (instant: string) => string;
};

/** Days and times on paper: whole, with the year, since nobody knows when it will be read. */
export function clockWords(place: { locale: Locale; zone: string }): ClockWords {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(place.locale === 'en' ? 'en-GB' : 'zh-CN', {
      timeZone: place.zone,
      ...options,
    });
    return (instant: string) => made.format(new Date(instant));
  };
  const date = format({ year: 'numeric', month: place.locale === 'en' ? 'short' : 'long', day: 'numeric' });
  const weekday = format({ weekday: 'short' });
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const offset = new Intl.DateTimeFormat('en-GB', { timeZone: place.zone, timeZoneName: 'shortOffset' });
  const zone = (instant: string) =>
    offset
      .formatToParts(new Date(instant))
      .find(({ type }) => type === 'timeZoneName')
      ?.value.replace('GMT', 'UTC') ?? 'UTC';
  const day = (instant: string) =>
    place.locale === 'en' ? `${weekday(instant)} ${date(instant)}` : `${date(instant)} ${weekday(instant)}`;
  const when = (instant: string) => `${date(instant)} ${time(instant)}`;
  const until = (end: string, from: string) => (day(end) === day(from) ? time(end) : when(end));
  return { day, time, when, until, zone };
}
