import { useTranslation } from 'react-i18next';
import { minutesByKind } from '#domain/visits/time-by-kind.ts';
import { type Visit, workKinds } from '#domain/visits/visit.ts';
import { useWords } from '../../ui/use-words.ts';
import style from './time-strip.module.css';
import { type StripDay, stripDays, stripHours } from './time-strip.ts';

/** The visit's days as strips of time by kind: each kind has a pattern of its own, and its name and sum below. */
export function TimeStrip({ visit }: { visit: Visit }) {
  const words = useWords();
  const { t } = useTranslation();
  const days = stripDays(visit.log, words);
  if (days.length === 0) return null;
  const { first, last } = stripHours(days);
  const place = (minute: number) => `${((minute / 60 - first) / (last - first)) * 100}%`;
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const step = hours.length > 14 ? 3 : 2;
  const spoken = t('visits.work.picture', {
    days: days.map((day) => spokenDay(day, words)).join(t('app.and')),
  });
  return (
    <figure className={style.figure}>
      <div className={style.picture} role="img" aria-label={spoken}>
        {days.map((day) => (
          <div key={day.date} className={style.day}>
            <span className={style.date}>{words.day(day.at)}</span>
            <span className={style.strip}>
              {hours.map((hour) => (
                <i key={hour} className={style.hour} style={{ left: place(hour * 60) }} />
              ))}
              {day.pieces.map((piece) => (
                <b
                  key={`${piece.kind}${piece.from}`}
                  className={style.piece}
                  data-kind={piece.kind}
                  style={{
                    left: place(piece.from),
                    width: `${((piece.to - piece.from) / 60 / (last - first)) * 100}%`,
                  }}
                />
              ))}
            </span>
          </div>
        ))}
        <div className={style.day} aria-hidden>
          <span />
          <span className={style.axis}>
            {hours
              .filter((hour) => (hour - first) % step === 0)
              .map((hour) => (
                <span
                  key={hour}
                  data-edge={hour === first ? 'first' : hour === last ? 'last' : undefined}
                  style={{ left: place(hour * 60) }}
                >
                  {hour}:00
                </span>
              ))}
          </span>
        </div>
      </div>
      <figcaption className={style.legend}>
        {minutesByKind(visit, words.now).map(({ kind, minutes }) => (
          <span key={kind}>
            <b className={style.swatch} data-kind={kind} aria-hidden />
            {t('visits.work.picture_kind', {
              kind: t(`visits.work_kinds.${kind}`),
              duration: words.workTime(minutes),
            })}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function spokenDay(day: StripDay, words: ReturnType<typeof useWords>): string {
  const { t } = words;
  const kinds = workKinds.flatMap((kind) => {
    const minutes = day.pieces
      .filter((piece) => piece.kind === kind)
      .reduce((sum, { from, to }) => sum + to - from, 0);
    const duration = words.workTime(minutes);
    return minutes > 0
      ? [t('visits.work.picture_kind', { kind: t(`visits.work_kinds.${kind}`), duration })]
      : [];
  });
  return t('visits.work.picture_day', { day: words.day(day.at), kinds: kinds.join(t('app.and')) });
}
