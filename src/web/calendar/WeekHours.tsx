import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type WeekHours as Hours, type Shift, type Weekday, weekdays } from '#domain/calendar/definition.ts';
import { TimeOfDay } from './TimeOfDay.tsx';
import style from './WeekHours.module.css';
import { isOverMidnight, WeekdayStrip } from './WeekPicture.tsx';

const mostShifts = 8;
const usual: Shift = ['09:00', '18:00'];

/** The week's hours: each weekday as a strip with its shifts below. Without `onChange` it is for reading. */
export function WeekHours({ hours, onChange }: { hours: Hours; onChange?: (hours: Hours) => void }) {
  const { t } = useTranslation();
  const setDay = (day: Weekday, shifts: Shift[]) => {
    const { [day]: _before, ...rest } = hours;
    onChange?.(inOrder(shifts.length > 0 ? { ...rest, [day]: shifts } : rest));
  };
  return (
    <div className={style.week}>
      <div className={style.scale} aria-hidden>
        {['00:00', '06:00', '12:00', '18:00', '24:00'].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      {weekdays.map((day, index) => (
        <fieldset key={day} className={style.day}>
          <legend className={style.name}>{t(`calendar.weekdays.${day}`)}</legend>
          <WeekdayStrip hours={hours} index={index} />
          <div className={style.shifts}>
            {(hours[day] ?? []).length === 0 && <span className="cp-soft">{t('calendar.week.free')}</span>}
            {(hours[day] ?? []).map((shift, at) => (
              <ShiftFields
                key={at}
                shift={shift}
                onChange={
                  onChange &&
                  ((changed) =>
                    setDay(
                      day,
                      (hours[day] ?? []).flatMap((one, place) =>
                        place === at ? (changed ? [changed] : []) : [one],
                      ),
                    ))
                }
              />
            ))}
            {onChange && (hours[day] ?? []).length < mostShifts && (
              <ActionIcon
                aria-label={t('calendar.week.add', { day: t(`calendar.weekdays.${day}`) })}
                onClick={() => setDay(day, [...(hours[day] ?? []), nextShift(hours[day] ?? [])])}
              >
                <IconPlus size="1.1em" aria-hidden />
              </ActionIcon>
            )}
            {onChange && day === 'mon' && (hours.mon ?? []).length > 0 && (
              <Button
                variant="subtle"
                size="xs"
                onClick={() => {
                  const shifts = hours.mon ?? [];
                  onChange(inOrder({ ...hours, tue: shifts, wed: shifts, thu: shifts, fri: shifts }));
                }}
              >
                {t('calendar.week.copy_to_week')}
              </Button>
            )}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

function ShiftFields({
  shift,
  onChange,
}: {
  shift: Shift;
  onChange?: ((shift: Shift | null) => void) | undefined;
}) {
  const { t } = useTranslation();
  const [start, end] = shift;
  const next = isOverMidnight(shift) && end !== '00:00' && end !== '24:00';
  if (!onChange) {
    return (
      <span>
        {start}–{end === '00:00' ? '24:00' : end}
        {next && ` ${t('calendar.week.next_day')}`}
      </span>
    );
  }
  return (
    <span className={style.shift}>
      <TimeOfDay label={t('calendar.week.start')} value={start} onChange={(time) => onChange([time, end])} />
      <span aria-hidden>–</span>
      <TimeOfDay
        label={t('calendar.week.end')}
        value={end === '00:00' ? '24:00' : end}
        isEnd
        onChange={(time) => onChange([start, time])}
      />
      {next && <span className="cp-soft">{t('calendar.week.next_day')}</span>}
      <ActionIcon aria-label={t('calendar.week.remove', { start, end })} onClick={() => onChange(null)}>
        <IconX size="1em" aria-hidden />
      </ActionIcon>
    </span>
  );
}

/** After a morning comes an afternoon. */
function nextShift(shifts: readonly Shift[]): Shift {
  const last = shifts.at(-1);
  if (!last) return usual;
  return last[1] >= '12:00' && last[1] < '13:30' ? ['13:30', '18:00'] : ['20:00', '22:00'];
}

function inOrder(hours: Hours): Hours {
  return Object.fromEntries(weekdays.flatMap((day) => (hours[day]?.length ? [[day, hours[day]]] : [])));
}
