import type { TFunction } from 'i18next';
import type { ExplainedDay, ExplainedPiece, Explanation, Why } from '#domain/tickets/why-due.ts';
import { wallOf } from '../ui/wall-time.ts';
import { dayWithWeekday, shortDay } from './day-words.ts';

/** One reason in words. */
export function reason(why: Why, t: TFunction): string {
  switch (why.code) {
    case 'shift':
      return t('calendar.why.shift');
    case 'make_up_shift': {
      const weekday = t(`calendar.weekdays.${why.follows}`);
      return why.name === null
        ? t('calendar.why.make_up_own', { weekday })
        : t('calendar.why.make_up', { name: why.name, weekday });
    }
    case 'holiday':
      return why.name ?? t('calendar.why.own_day_off');
    case 'rests_anyway':
      return why.name === null
        ? t('calendar.why.rests_anyway_own')
        : t('calendar.why.rests_anyway', { name: why.name });
    case 'waiting':
      return t('calendar.why.waiting', { name: why.asked_of, what: why.waiting_for });
    default:
      return t(`calendar.why.${why.code}`);
  }
}

/** What there is to say of a day in one line; the ordinary night around a working day is not it. */
export function dayReason(day: ExplainedDay, t: TFunction): string {
  const ordinary = new Set(['before_hours', 'between_hours', 'after_hours']);
  const telling = day.pieces.filter((piece) => !ordinary.has(piece.why.code));
  const shown = telling.length > 0 ? telling : day.pieces.slice(0, 1);
  return [...new Set(shown.map((piece) => pieceReason(piece, day, t)))].join(t('calendar.why.and'));
}

/** A shift that began the day before is named by that day. */
export function pieceReason(piece: ExplainedPiece, day: ExplainedDay, t: TFunction): string {
  const { why } = piece;
  if ((why.code === 'shift' || why.code === 'make_up_shift') && why.shift_on !== day.from_date) {
    return t('calendar.why.shift_of', { day: dayWithWeekday(why.shift_on, t), reason: reason(why, t) });
  }
  return reason(why, t);
}

/** 「09:00–12:00」 in the calendar's zone; midnight at the end is 24:00. */
export function hoursOf(piece: { from: string; to: string }, zone: string): string {
  const end = wallOf(piece.to, zone).slice(11);
  return `${wallOf(piece.from, zone).slice(11)}–${end === '00:00' ? '24:00' : end}`;
}

export function daysOf(day: ExplainedDay, t: TFunction): string {
  return day.from_date === day.to_date
    ? dayWithWeekday(day.from_date, t)
    : t('calendar.why.days', { from: shortDay(day.from_date, t), to: dayWithWeekday(day.to_date, t) });
}

type Fact = Explanation['facts'][number];

/** What happened to the clock, in words. */
export function factWords(
  fact: Fact,
  said: {
    explanation: Explanation;
    minutes: (minutes: number) => string;
    exact: (instant: string) => string;
  },
  t: TFunction,
): string {
  const calendar =
    'calendar_version_id' in fact ? said.explanation.calendar_names[fact.calendar_version_id] : '';
  switch (fact.kind) {
    case 'started':
      return t('calendar.facts.started', { target: said.minutes(fact.minutes), calendar });
    case 'paused':
      return t('calendar.facts.paused', { name: fact.asked_of, what: fact.waiting_for });
    case 'target':
      return t(`calendar.facts.target_${fact.why}`, { target: said.minutes(fact.minutes) });
    case 'calendar':
      return t(`calendar.facts.calendar_${fact.why}`, { calendar });
    case 'due_set':
      return t('calendar.facts.due_set', { time: said.exact(fact.due_at) });
    default:
      return t(`calendar.facts.${fact.kind}`);
  }
}
