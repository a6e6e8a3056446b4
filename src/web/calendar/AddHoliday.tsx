import { Button, Input, NativeSelect, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { type Weekday, weekdays } from '#domain/calendar/definition.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { useAct } from '../ui/use-act.ts';
import { refreshHolidays } from './api.ts';
import style from './OwnDays.module.css';

/** One more day of a year, off or worked to make up. */
export function AddHoliday({ region, year }: { region: string; year: number }) {
  const { t } = useTranslation();
  const dateField = useId();
  const empty = () => ({ id: uuidv7(), holiday_on: '', name: '', follows: 'off' as 'off' | Weekday });
  const [day, setDay] = useState(empty);
  const add = useAct<void, unknown>(
    () => {
      const { follows, ...rest } = day;
      const kind = follows === 'off' ? { is_off: true, follows: null } : { is_off: false, follows };
      return { method: 'POST', path: '/api/holidays', body: { ...rest, ...kind, region } };
    },
    {
      onDone: () => {
        setDay(empty());
        refreshHolidays();
      },
    },
  );
  const isReady = day.holiday_on !== '' && day.name.trim() !== '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) add.mutate();
      }}
    >
      <div className={style.add}>
        <Input.Wrapper id={dateField} label={t('calendar.own.date')}>
          <input
            id={dateField}
            className={style.field}
            type="date"
            min={`${year}-01-01`}
            max={`${year}-12-31`}
            value={day.holiday_on}
            onChange={(event) => setDay({ ...day, holiday_on: event.currentTarget.value })}
          />
        </Input.Wrapper>
        <TextInput
          label={t('calendar.holidays.name')}
          value={day.name}
          maxLength={60}
          onChange={(event) => setDay({ ...day, name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('calendar.own.kind')}
          value={day.follows}
          onChange={(event) => setDay({ ...day, follows: event.currentTarget.value as 'off' | Weekday })}
          data={[
            { value: 'off', label: t('calendar.holidays.off') },
            ...weekdays.map((one) => ({
              value: one,
              label: t('calendar.holidays.works_like', { day: t(`calendar.weekdays.${one}`) }),
            })),
          ]}
        />
        <Button type="submit" variant="default" loading={add.isPending} disabled={!isReady}>
          {t('calendar.own.add')}
        </Button>
      </div>
      <ActProblem error={add.error} />
    </form>
  );
}
