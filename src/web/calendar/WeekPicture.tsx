import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Shift, type WeekHours, weekdays } from '#domain/calendar/definition.ts';
import style from './WeekPicture.module.css';

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const share = (minutes: number) => `${(minutes / 1440) * 100}%`;

/** Where the shifts of a day lie; what runs past midnight goes on in the next day's row. */
export function partsOfDay(
  hours: WeekHours,
  index: number,
): { from: number; to: number; isLastNight: boolean }[] {
  const today = hours[weekdays[index]!] ?? [];
  const before = hours[weekdays[(index + 6) % 7]!] ?? [];
  return [
    ...before
      .filter((shift) => isOverMidnight(shift) && minutesOf(shift[1]) > 0)
      .map(([, end]) => ({ from: 0, to: minutesOf(end), isLastNight: true })),
    ...today.map((shift) => ({
      from: minutesOf(shift[0]),
      to: isOverMidnight(shift) ? 1440 : minutesOf(shift[1]),
      isLastNight: false,
    })),
  ];
}

export function isOverMidnight([start, end]: Shift): boolean {
  return minutesOf(end) <= minutesOf(start);
}

/** One weekday as a strip from midnight to midnight; the words beside it say the same. */
export function WeekdayStrip({ hours, index }: { hours: WeekHours; index: number }) {
  return (
    <span className={style.strip} aria-hidden>
      {[6, 12, 18].map((hour) => (
        <span key={hour} className={style.tick} style={{ insetInlineStart: share(hour * 60) }} />
      ))}
      {partsOfDay(hours, index).map((part) => (
        <span
          key={`${part.from} ${part.to} ${part.isLastNight}`}
          className={`${style.part} ${part.isLastNight ? style.lastNight : ''}`}
          style={{ insetInlineStart: share(part.from), width: share(part.to - part.from) }}
        />
      ))}
    </span>
  );
}

/** A whole week, small: to tell one calendar from another at a glance. */
export function WeekPicture({ hours }: { hours: WeekHours }) {
  const { t } = useTranslation();
  return (
    <span className={style.week} role="img" aria-label={weekWords(hours, t)}>
      {weekdays.map((name, index) => (
        <WeekdayStrip key={name} hours={hours} index={index} />
      ))}
    </span>
  );
}

/** 「周一至周五 09:00–12:00、13:30–18:00」: days in a row with the same hours are said once. */
export function weekWords(hours: WeekHours, t: TFunction): string {
  const groups: { from: number; to: number; text: string }[] = [];
  weekdays.forEach((name, index) => {
    const text = (hours[name] ?? []).map((shift) => shiftWords(shift, t)).join(t('calendar.comma'));
    const last = groups.at(-1);
    if (last && last.text === text) last.to = index;
    else groups.push({ from: index, to: index, text });
  });
  return groups
    .filter((group) => group.text !== '')
    .map(({ from, to, text }) => {
      const [first, last] = [
        t(`calendar.weekdays.${weekdays[from]}`),
        t(`calendar.weekdays.${weekdays[to]}`),
      ];
      if (from === to) return t('calendar.week.day', { day: first, hours: text });
      if (from === 0 && to === 6) return t('calendar.week.every_day', { hours: text });
      return t('calendar.week.days', { from: first, to: last, hours: text });
    })
    .join(t('calendar.semicolon'));
}

function shiftWords(shift: Shift, t: TFunction): string {
  const [start, end] = shift;
  if (minutesOf(start) === 0 && (end === '24:00' || end === '00:00')) return t('calendar.week.all_day');
  return t(isOverMidnight(shift) && end !== '00:00' ? 'calendar.week.overnight' : 'calendar.week.shift', {
    start,
    end: end === '00:00' ? '24:00' : end,
  });
}
