import type { Instant } from '#domain/ground/instant.ts';
import { Hint } from './Hint.tsx';
import { zoneWords } from './time-words.ts';
import { useWords } from './use-words.ts';

type Props = {
  at: Instant;
  /** The zone in which it matters, when that may be another than the reader's: then it is named beside the time. */
  zone?: string | undefined;
  dayOnly?: boolean;
};

/** A time as people say it; exact, with its zone, on hover, focus and tap. */
export function TimeText({ at, zone, dayOnly = false }: Props) {
  const words = useWords();
  const isElsewhere = zone !== undefined && zone !== words.zone;
  const exact = isElsewhere ? `${words.exact(at)}\n${words.exact(at, zone)}` : words.exact(at);
  return (
    <Hint label={exact}>
      <time dateTime={at}>
        {dayOnly ? words.day(at) : words.time(at)}
        {isElsewhere && ` ${words.t('ui.time.your_zone', { zone: zoneWords(words.zone, words.t) })}`}
      </time>
    </Hint>
  );
}
