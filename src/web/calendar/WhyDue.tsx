import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCalendarQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Restatement } from '#domain/tickets/sla-clock.ts';
import type { ExplainedDay, ExplainedPiece, Explanation } from '#domain/tickets/why-due.ts';
import { useWords } from '../ui/use-words.ts';
import { wallOf } from '../ui/wall-time.ts';
import { DayStrip, type StripPart } from './DayStrip.tsx';
import style from './WhyDue.module.css';
import { dayReason, daysOf, factWords, hoursOf, pieceReason } from './why-words.ts';
import { workingMinutes } from './working-minutes.ts';

/** "Why is it due then?": the answer first, then each day with its reason, then what happened to the clock. */
export function WhyDue({ explanation }: { explanation: Explanation & { restatements?: Restatement[] } }) {
  const { t } = useTranslation();
  const { days, unknown_years, restatements = [] } = explanation;
  return (
    <div className={style.why}>
      <Answer explanation={explanation} />
      {unknown_years.length > 0 && (
        <Alert color="yellow" variant="light" icon={<IconCalendarQuestion aria-hidden />}>
          {t('calendar.why.unknown_years', { years: unknown_years.join(t('calendar.comma')) })}
        </Alert>
      )}
      <section>
        <h3 className={style.heading}>{t('calendar.why.days_title')}</h3>
        <ol className={style.days}>
          {days.map((day) => (
            <Day key={`${day.from_date} ${day.pieces[0]?.from}`} day={day} due={explanation.due_at} />
          ))}
        </ol>
        {explanation.shortened && <p className="cp-soft">{t('calendar.why.shortened')}</p>}
        <Legend />
      </section>
      <Facts explanation={explanation} />
      {restatements.length > 0 && <Restatements restatements={restatements} />}
    </div>
  );
}

function Answer({ explanation }: { explanation: Explanation }) {
  const words = useWords();
  const { t } = words;
  const { due_at, due_by, zone, calendar_name, started_at, target_minutes, met_at, state } = explanation;
  const due = due_at && words.exact(due_at, zone);
  const used = explanation.days.at(-1)?.total_minutes ?? 0;
  const key = due_by === 'open' ? `open_${state === 'paused' ? 'paused' : 'stopped'}` : due_by;
  return (
    <div className={style.answer}>
      <p className={style.due}>{due ?? t(`calendar.why.${state === 'paused' ? 'due_open' : 'due_none'}`)}</p>
      <p>
        {t(`calendar.why.answer.${key}`, {
          due,
          start: words.exact(started_at, zone),
          target: workingMinutes(target_minutes, t),
          used: workingMinutes(used, t),
          left: workingMinutes(Math.max(0, target_minutes - used), t),
          calendar: calendar_name,
        })}
      </p>
      {met_at && (
        <p>
          {t(`calendar.why.${due_at && met_at > due_at ? 'met_late' : 'met_in_time'}`, {
            time: words.exact(met_at, zone),
          })}
        </p>
      )}
    </div>
  );
}

const looks = { working: 'working', paused: 'paused', free: 'free', ended: 'free' } as const;
const lookOf = ({ kind, ahead }: ExplainedPiece): StripPart['look'] =>
  kind === 'working' && ahead ? 'ahead' : looks[kind];

function Day({ day, due }: { day: ExplainedDay; due: string | null }) {
  const { t } = useTranslation();
  const words = dayReason(day, t);
  const counted = workingMinutes(day.counted_minutes, t);
  const isAhead = day.pieces.every((piece) => piece.kind !== 'working' || piece.ahead);
  const isOneDay = day.from_date === day.to_date;
  const dueHere = isOneDay && due !== null && day.pieces.at(-1)?.to === due ? due : null;
  const line = (
    <>
      <span className={style.date}>{daysOf(day, t)}</span>
      {isOneDay ? (
        <span className={style.strip}>
          <DayStrip
            date={day.from_date}
            zone={day.zone}
            due={dueHere}
            parts={day.pieces.map((piece) => ({ from: piece.from, to: piece.to, look: lookOf(piece) }))}
          />
        </span>
      ) : (
        <span className={style.gap} aria-hidden />
      )}
      <span className={style.counted}>
        {day.counted_minutes > 0
          ? t(isAhead ? 'calendar.why.will_count' : 'calendar.why.counted', { time: counted })
          : t('calendar.why.not_counted')}
      </span>
      <span className={style.reason}>{words}</span>
    </>
  );
  if (!isOneDay) return <li className={style.line}>{line}</li>;
  return (
    <li>
      <details className={style.details}>
        <summary className={style.line}>{line}</summary>
        <ul className={style.pieces}>
          {day.pieces.map((piece) => (
            <li key={piece.from}>
              <span className={style.hours}>{hoursOf(piece, day.zone)}</span>
              <span>{pieceReason(piece, day, t)}</span>
              <span className="cp-soft">
                {piece.kind === 'working'
                  ? t(piece.ahead ? 'calendar.why.will_count' : 'calendar.why.counted', {
                      time: workingMinutes(piece.counted_minutes, t),
                    })
                  : t('calendar.why.not_counted')}
              </span>
            </li>
          ))}
          <li className="cp-soft">
            {t('calendar.why.total', { time: workingMinutes(day.total_minutes, t) })}
          </li>
        </ul>
      </details>
    </li>
  );
}

function Legend() {
  const { t } = useTranslation();
  const date = '2026-01-01';
  const part = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' };
  return (
    <div className={style.legend}>
      {(['working', 'ahead', 'paused', 'free'] as const).map((look) => (
        <span key={look}>
          <span className={style.sample}>
            <DayStrip date={date} zone="UTC" parts={[{ ...part, look }]} />
          </span>
          {t(`calendar.why.legend.${look}`)}
        </span>
      ))}
    </div>
  );
}

function Facts({ explanation }: { explanation: Explanation }) {
  const words = useWords();
  const { t } = words;
  const { zone } = explanation;
  const said = {
    explanation,
    minutes: (minutes: number) => workingMinutes(minutes, t),
    exact: (instant: string) => words.exact(instant, zone),
  };
  return (
    <section>
      <h3 className={style.heading}>{t('calendar.why.facts_title')}</h3>
      <ol className={style.facts}>
        {explanation.facts.map((fact) => (
          <li key={`${fact.at} ${fact.kind} ${fact.received_at}`}>
            <time dateTime={fact.at}>{wallOf(fact.at, zone).replace('T', ' ')}</time>
            <span>
              {factWords(fact, said, t)}
              {fact.received_at.slice(0, 16) !== fact.at.slice(0, 16) && (
                <span className={style.late}>
                  {t('calendar.facts.received', { time: words.exact(fact.received_at, zone) })}
                </span>
              )}
              {fact.doubtful && fact.device_at && (
                <span className={style.doubt}>
                  <IconAlertTriangle size="1em" aria-hidden />
                  {t('calendar.facts.doubtful', { time: words.exact(fact.device_at, zone) })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Restatements({ restatements }: { restatements: Restatement[] }) {
  const words = useWords();
  const { t } = words;
  const time = (instant: string | null) => (instant ? words.exact(instant) : t('calendar.restated.open'));
  return (
    <section>
      <h3 className={style.heading}>{t('calendar.restated.title')}</h3>
      <ol className={style.facts}>
        {restatements.map((one) => (
          <li key={`${one.at} ${one.round_started_at}`}>
            <time dateTime={one.at}>{words.time(one.at)}</time>
            <span>
              {t(`calendar.restated.${one.cause}`, { time: words.exact(one.happened_at) })}
              {/* Seconds move it as well; what reads the same is not said to have changed. */}
              {time(one.from_due_at) !== time(one.to_due_at) && (
                <span className={style.late}>
                  {t('calendar.restated.due', { from: time(one.from_due_at), to: time(one.to_due_at) })}
                </span>
              )}
              {time(one.from_met_at) !== time(one.to_met_at) && (
                <span className={style.late}>
                  {t('calendar.restated.met', { from: time(one.from_met_at), to: time(one.to_met_at) })}
                </span>
              )}
              {one.from_breached !== one.to_breached && (
                <span className={style.late}>
                  {t(one.to_breached ? 'calendar.restated.now_late' : 'calendar.restated.now_in_time')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
