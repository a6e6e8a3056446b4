import { Input, NumberInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownPlan } from '#domain/calendar/commands.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { useWords } from '../ui/use-words.ts';
import { instantOfWall, wallOf } from '../ui/wall-time.ts';
import { type Preview, previewQuery } from './api.ts';
import { DayStrip, type StripPart } from './DayStrip.tsx';
import { dayAfter, dayWithWeekday } from './day-words.ts';
import days from './OwnDays.module.css';
import style from './TryOut.module.css';
import { workingMinutes } from './working-minutes.ts';

const shownDays = 31;

/** "When would it be due?" for the calendar as it stands in the form, saved or not. */
export function TryOut({ plan }: { plan: ShownPlan }) {
  const { t } = useTranslation();
  const words = useWords();
  const fromField = useId();
  const [from, setFrom] = useState<Instant>(words.now);
  const [hours, setHours] = useState(8);
  const [ask] = useDebouncedValue({ plan, from, minutes: Math.round(hours * 60) }, 250);
  const { data, error, isFetching } = useQuery({ ...previewQuery(ask), placeholderData: (before) => before });
  return (
    <div>
      <div className={days.add}>
        <Input.Wrapper id={fromField} label={t('calendar.try.from')}>
          <input
            id={fromField}
            className={days.field}
            type="datetime-local"
            value={wallOf(from, plan.zone)}
            onChange={(event) => {
              const at = instantOfWall(event.currentTarget.value, plan.zone);
              if (at) setFrom(at);
            }}
          />
        </Input.Wrapper>
        <NumberInput
          label={t('calendar.try.hours')}
          value={hours}
          onChange={(value) => typeof value === 'number' && setHours(value)}
          min={0}
          max={10_000}
          step={1}
          decimalScale={2}
          w="9rem"
        />
      </div>
      <div className={style.answer} aria-live="polite" data-busy={isFetching || undefined}>
        <ActProblem error={error} isKept={false} />
        {data && !error && (
          <>
            <p className={style.due}>{t('calendar.try.due', { time: words.exact(data.due, plan.zone) })}</p>
            {data.unknown_years.length > 0 && (
              <p className={style.unknown}>
                {t('calendar.why.unknown_years', { years: data.unknown_years.join(t('calendar.comma')) })}
              </p>
            )}
            <Spans answer={data} zone={plan.zone} />
          </>
        )}
      </div>
    </div>
  );
}

function Spans({ answer, zone }: { answer: Preview; zone: string }) {
  const { t } = useTranslation();
  const rows = byDay(answer.spans, zone);
  return (
    <ol className={style.days}>
      {rows.slice(0, shownDays).map((row) => (
        <li key={row.date}>
          <span>{dayWithWeekday(row.date, t)}</span>
          <DayStrip
            date={row.date}
            zone={zone}
            parts={row.parts}
            due={row.parts.at(-1)?.to === answer.due ? answer.due : null}
          />
          <span className="cp-soft">{workingMinutes(row.minutes, t)}</span>
        </li>
      ))}
      {(rows.length > shownDays || answer.shortened) && <li className="cp-soft">{t('calendar.try.more')}</li>}
    </ol>
  );
}

type Row = { date: string; parts: StripPart[]; minutes: number };

function byDay(spans: Preview['spans'], zone: string): Row[] {
  const rows: Row[] = [];
  for (const [start, end] of spans) {
    for (let from = start; from < end; ) {
      const date = wallOf(from, zone).slice(0, 10);
      const midnight = instantOfWall(`${dayAfter(date)}T00:00`, zone) ?? end;
      const to = midnight > from && midnight < end ? midnight : end;
      if (rows.at(-1)?.date !== date) rows.push({ date, parts: [], minutes: 0 });
      const row = rows.at(-1)!;
      row.parts.push({ from, to, look: 'working' });
      row.minutes += Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
      from = to;
      if (rows.length > shownDays + 1) return rows;
    }
  }
  return rows;
}
