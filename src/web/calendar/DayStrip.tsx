import type { Instant, PlainDate } from '#domain/ground/instant.ts';
import { instantOfWall } from '../ui/wall-time.ts';
import style from './DayStrip.module.css';
import { dayAfter } from './day-words.ts';

export type StripPart = { from: Instant; to: Instant; look: 'working' | 'ahead' | 'paused' | 'free' };

/** One day as a strip from midnight to midnight. A picture beside words that say the same, so it is hidden from readers. */
export function DayStrip({
  date,
  zone,
  parts,
  due,
}: {
  date: PlainDate;
  zone: string;
  parts: StripPart[];
  due?: Instant | null;
}) {
  const start = Date.parse(instantOfWall(`${date}T00:00`, zone) ?? '');
  const length = Date.parse(instantOfWall(`${dayAfter(date)}T00:00`, zone) ?? '') - start;
  const at = (instant: Instant) => `${(((Date.parse(instant) - start) / length) * 100).toFixed(2)}%`;
  return (
    <span className={style.strip} aria-hidden>
      {[6, 12, 18].map((hour) => (
        <span key={hour} className={style.tick} style={{ insetInlineStart: `${(hour / 24) * 100}%` }} />
      ))}
      {parts.map((part) => (
        <span
          key={part.from}
          className={`${style.part} ${style[part.look]}`}
          style={{ insetInlineStart: at(part.from), width: `calc(${at(part.to)} - ${at(part.from)})` }}
        />
      ))}
      {due && <span className={style.due} style={{ insetInlineStart: at(due) }} />}
    </span>
  );
}
