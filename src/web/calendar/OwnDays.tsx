import { ActionIcon, Button, Input, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownPlan } from '#domain/calendar/commands.ts';
import { type Weekday, weekdays } from '#domain/calendar/definition.ts';
import type { PlainDate } from '#domain/ground/instant.ts';
import { dayWithWeekday } from './day-words.ts';
import style from './OwnDays.module.css';

type Days = Pick<ShownPlan, 'off' | 'workdays'>;

/** Days that this calendar has of its own, beside the region's holidays: free ones, and extra ones worked like a weekday. */
export function OwnDays({ days, onChange }: { days: Days; onChange?: (days: Days) => void }) {
  const { t } = useTranslation();
  const dateField = useId();
  const [date, setDate] = useState<PlainDate>('');
  const [kind, setKind] = useState<'off' | Weekday>('off');
  const rows = [
    ...days.off.map((one) => ({ date: one, follows: null as Weekday | null })),
    ...Object.entries(days.workdays).map(([one, follows]) => ({ date: one, follows })),
  ].sort((a, b) => (a.date < b.date ? -1 : 1));
  const without = (gone: PlainDate): Days => ({
    off: days.off.filter((one) => one !== gone),
    workdays: Object.fromEntries(Object.entries(days.workdays).filter(([one]) => one !== gone)),
  });
  const put = (on: PlainDate, as: 'off' | Weekday) => {
    const rest = without(on);
    if (as === 'off') return onChange?.({ ...rest, off: [...rest.off, on].sort() });
    const workdays = Object.entries({ ...rest.workdays, [on]: as }).sort(([a], [b]) => (a < b ? -1 : 1));
    onChange?.({ ...rest, workdays: Object.fromEntries(workdays) });
  };
  const kinds = [
    { value: 'off', label: t('calendar.own.off') },
    ...weekdays.map((day) => ({
      value: day,
      label: t('calendar.own.like', { day: t(`calendar.weekdays.${day}`) }),
    })),
  ];
  return (
    <div>
      {rows.length === 0 && <p className="cp-soft">{t('calendar.own.none')}</p>}
      <ul className={style.rows}>
        {rows.map((row) => (
          <li key={row.date} className={style.row}>
            <span className={style.date}>{dayWithWeekday(row.date, t)}</span>
            <span className={style.year}>{row.date.slice(0, 4)}</span>
            {onChange ? (
              <>
                <NativeSelect
                  aria-label={t('calendar.own.kind_of', { day: dayWithWeekday(row.date, t) })}
                  data={kinds}
                  value={row.follows ?? 'off'}
                  onChange={(event) => put(row.date, event.currentTarget.value as 'off' | Weekday)}
                />
                <ActionIcon
                  aria-label={t('calendar.own.remove', { day: dayWithWeekday(row.date, t) })}
                  onClick={() => onChange(without(row.date))}
                >
                  <IconX size="1em" aria-hidden />
                </ActionIcon>
              </>
            ) : (
              <span>{kinds.find((one) => one.value === (row.follows ?? 'off'))?.label}</span>
            )}
          </li>
        ))}
      </ul>
      {onChange && (
        <div className={style.add}>
          <Input.Wrapper id={dateField} label={t('calendar.own.date')}>
            <input
              id={dateField}
              className={style.field}
              type="date"
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
            />
          </Input.Wrapper>
          <NativeSelect
            label={t('calendar.own.kind')}
            data={kinds}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as 'off' | Weekday)}
          />
          <Button
            variant="default"
            disabled={date === ''}
            onClick={() => {
              put(date, kind);
              setDate('');
            }}
          >
            {t('calendar.own.add')}
          </Button>
        </div>
      )}
    </div>
  );
}
