import { ActionIcon, Button, NativeSelect, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HolidayRow } from '#domain/calendar/commands.ts';
import { type Weekday, weekdays } from '#domain/calendar/definition.ts';
import { useMe } from '../app/session.ts';
import { Section } from '../people/Section.tsx';
import { ActProblem, ErrorState } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { useAct } from '../ui/use-act.ts';
import { useWords } from '../ui/use-words.ts';
import { AddHoliday } from './AddHoliday.tsx';
import { type HolidayYear, holidaysQuery, refreshHolidays } from './api.ts';
import style from './CalendarsScreen.module.css';
import { dayAfter, dayWithWeekday } from './day-words.ts';
import { useImport } from './GapWarning.tsx';
import { useRegions } from './regions.ts';

/** A region's holidays of a year, as they were announced or entered; all calendars of the region follow them. */
export function Holidays() {
  const { t, now } = useWords();
  const [region, setRegion] = useState('CN');
  const [year, setYear] = useState(Number(now.slice(0, 4)));
  const { data, error, refetch } = useQuery(holidaysQuery(region, year));
  const regions = useRegions(region);
  return (
    <Section title={t('calendar.holidays.title')} hint={t('calendar.holidays.hint')}>
      <div className={style.years}>
        <NativeSelect
          label={t('calendar.region')}
          data={regions}
          value={region}
          onChange={(event) => setRegion(event.currentTarget.value)}
        />
        <span className={style.gap}>
          <ActionIcon aria-label={t('calendar.holidays.year_before')} onClick={() => setYear(year - 1)}>
            <IconChevronLeft size="1.2em" aria-hidden />
          </ActionIcon>
          <strong>{t('calendar.holidays.year', { year })}</strong>
          <ActionIcon aria-label={t('calendar.holidays.year_after')} onClick={() => setYear(year + 1)}>
            <IconChevronRight size="1.2em" aria-hidden />
          </ActionIcon>
        </span>
      </div>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={120} />}
      {data && <Year key={`${region} ${year}`} region={region} year={year} answer={data} />}
    </Section>
  );
}

function Year({ region, year, answer }: { region: string; year: number; answer: HolidayYear }) {
  const { t } = useTranslation();
  const me = useMe();
  const mayEdit = me.permissions.includes('holidays.edit');
  const importing = useImport();
  const confirming = useAct<void, { year: number }>(
    () => ({ method: 'POST', path: '/api/holidays/confirm', body: { region, year } }),
    { onDone: refreshHolidays },
  );
  const { items, completed_at, importable } = answer;
  return (
    <>
      {items.length === 0 && (
        <p className="cp-soft">
          {t(importable ? 'calendar.holidays.none_yet' : 'calendar.holidays.unknown')}
        </p>
      )}
      {items.length > 0 && !completed_at && <p className="cp-soft">{t('calendar.holidays.unconfirmed')}</p>}
      <ul className={style.holidays}>
        {inRuns(items).map((run) => (
          <Run key={run[0]!.id} days={run} mayEdit={mayEdit} />
        ))}
      </ul>
      {mayEdit && (
        <div className={style.gap}>
          {importable && (!completed_at || items.length === 0) && (
            <Button loading={importing.isPending} onClick={() => importing.mutate({ region, year })}>
              {t('calendar.import', { year })}
            </Button>
          )}
          {!importable && items.length > 0 && !completed_at && (
            <Button variant="default" loading={confirming.isPending} onClick={() => confirming.mutate()}>
              {t('calendar.holidays.confirm', { year })}
            </Button>
          )}
        </div>
      )}
      <ActProblem error={importing.error ?? confirming.error} isKept={false} />
      {mayEdit && <AddHoliday region={region} year={year} />}
    </>
  );
}

/** Days off in a row under one name stand as one: that is how a holiday is spoken of. */
function inRuns(items: HolidayRow[]): HolidayRow[][] {
  const runs: HolidayRow[][] = [];
  for (const day of items) {
    const last = runs.at(-1)?.at(-1);
    const goesOn =
      last?.is_off && day.is_off && last.name === day.name && dayAfter(last.holiday_on) === day.holiday_on;
    if (goesOn) runs.at(-1)!.push(day);
    else runs.push([day]);
  }
  return runs;
}

function Run({ days, mayEdit }: { days: HolidayRow[]; mayEdit: boolean }) {
  const { t } = useTranslation();
  const [first, last] = [days[0]!, days.at(-1)!];
  if (first === last) {
    return (
      <li>
        <Day day={first} mayEdit={mayEdit} />
      </li>
    );
  }
  const row = (
    <div className={style.holiday}>
      <span className={style.name}>
        {t('calendar.why.days', {
          from: dayWithWeekday(first.holiday_on, t),
          to: dayWithWeekday(last.holiday_on, t),
        })}
      </span>
      <span>{first.name}</span>
      <span className={style.kind}>{t('calendar.holidays.off_days', { count: days.length })}</span>
    </div>
  );
  if (!mayEdit) return <li>{row}</li>;
  return (
    <li>
      <details className={style.run}>
        <summary>{row}</summary>
        {days.map((day) => (
          <Day key={day.id} day={day} mayEdit />
        ))}
      </details>
    </li>
  );
}

function Day({ day, mayEdit }: { day: HolidayRow; mayEdit: boolean }) {
  const { t } = useTranslation();
  const edit = useAct<{ follows: Weekday }, unknown>(
    ({ follows }) => ({
      method: 'PATCH',
      path: `/api/holidays/${day.id}`,
      body: { changes: { follows: { from: day.follows, to: follows } } },
    }),
    { onDone: refreshHolidays },
  );
  const add = useAct<HolidayRow, unknown>(
    ({ source: _, ...body }) => ({ method: 'POST', path: '/api/holidays', body }),
    { onDone: refreshHolidays },
  );
  const remove = useAct<void, unknown>(
    () => ({ method: 'POST', path: `/api/holidays/${day.id}/remove`, body: {} }),
    {
      onDone: () => {
        refreshHolidays();
        const text = t('calendar.holidays.removed', {
          day: dayWithWeekday(day.holiday_on, t),
          name: day.name,
        });
        say({ text, undo: () => add.mutate(day) });
      },
    },
  );
  const label = dayWithWeekday(day.holiday_on, t);
  return (
    <div className={style.holiday}>
      <span className={style.name}>{label}</span>
      <span>{day.name}</span>
      <span className={style.kind}>
        {day.is_off && <span>{t('calendar.holidays.off')}</span>}
        {!day.is_off && !mayEdit && (
          <span>{t('calendar.holidays.works_like', { day: t(`calendar.weekdays.${day.follows}`) })}</span>
        )}
        {!day.is_off && mayEdit && (
          <NativeSelect
            aria-label={t('calendar.holidays.follows_of', { day: label })}
            data={weekdays.map((one) => ({
              value: one,
              label: t('calendar.holidays.works_like', { day: t(`calendar.weekdays.${one}`) }),
            }))}
            value={day.follows ?? 'mon'}
            disabled={edit.isPending}
            onChange={(event) => edit.mutate({ follows: event.currentTarget.value as Weekday })}
          />
        )}
        {mayEdit && (
          <ActionIcon
            aria-label={t('calendar.holidays.remove', { day: label })}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            <IconTrash size="1em" aria-hidden />
          </ActionIcon>
        )}
      </span>
      <ActProblem error={edit.error ?? remove.error} isKept={false} />
    </div>
  );
}
