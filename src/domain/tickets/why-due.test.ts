import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileCalendar } from '../calendar/compiled-calendar.ts';
import { calendarDefinition } from '../calendar/definition.ts';
import { Refusal } from '../ground/refusal.ts';
import type { ClockFact } from './sla-clock.ts';
import { type Explanation, explainDue, explanation } from './why-due.ts';

const version = '01900000-0000-7000-8000-000000000001';
const nights = '01900000-0000-7000-8000-000000000002';
const office = [
  ['09:00', '12:00'],
  ['13:30', '18:00'],
];
const compile = (definition: unknown) => compileCalendar(calendarDefinition.parse(definition));
const days = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, office]));
const national = [
  '2026-10-01',
  '2026-10-02',
  '2026-10-03',
  '2026-10-04',
  '2026-10-05',
  '2026-10-06',
  '2026-10-07',
];
const calendars = new Map([
  [
    version,
    compile({ zone: 'Asia/Shanghai', hours: days, off: national, workdays: { '2026-10-10': 'fri' } }),
  ],
  [
    nights,
    compile({
      zone: 'Asia/Shanghai',
      hours: { sat: [['22:00', '06:00']] },
      workdays: { '2026-10-11': 'mon' },
      restAnyway: true,
    }),
  ],
]);
const day_names = {
  ...Object.fromEntries(national.map((date) => [date, '国庆节'])),
  '2026-10-10': '国庆节',
  '2026-10-11': '国庆节',
};
const notes = new Map([
  [version, { name: '标准工作时间', day_names, complete_years: [2026] }],
  [nights, { name: '周六夜班', day_names, complete_years: null }],
]);

/** Shanghai wall time. */
const at = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`).toISOString();
const fact = (when: string, more: object) => ({ at: at(when), received_at: at(when), ...more }) as ClockFact;
const started = (when: string, minutes: number, calendar_version_id = version) =>
  fact(when, { kind: 'started', minutes, calendar_version_id });

function explain(facts: ClockFact[], now: string): Explanation {
  const result = explainDue({ facts, calendars, notes, now: at(now) });
  assert.ok(!(result instanceof Refusal), String(result));
  const pieces = result.days.flatMap((day) => day.pieces);
  assert.equal(pieces[0]?.from, result.started_at);
  for (const [index, piece] of pieces.slice(1).entries())
    assert.equal(piece.from, pieces[index]?.to, 'no gap');
  assert.equal(pieces.at(-1)?.to, result.due_at ?? at(now));
  return explanation.parse(result);
}

/** One line a row: dates, minutes counted, codes with hours of Shanghai. */
function lines({ days: rows }: Explanation): string[] {
  const hour = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16);
  return rows.map((row) => {
    const dates = row.from_date === row.to_date ? row.from_date : `${row.from_date}…${row.to_date.slice(5)}`;
    const pieces = row.pieces.map(
      (piece) => `${piece.why.code} ${hour(piece.from)}-${hour(piece.to)}${piece.ahead ? '*' : ''}`,
    );
    return `${dates} ${row.counted_minutes}/${row.total_minutes} ${pieces.join(', ')}`;
  });
}

describe('R7 why is it due then', () => {
  it('explains every span over a holiday, a weekend and a make-up Saturday', () => {
    const said = explain([started('09-30 17:00', 60 + 450 * 2 + 30)], '09-30 17:30');
    assert.equal(said.due_at, at('10-10 09:30'));
    assert.equal(said.due_by, 'working_time');
    assert.deepEqual(lines(said), [
      '2026-09-30 60/60 shift 17:00-17:30, shift 17:30-18:00*, after_hours 18:00-00:00*',
      '2026-10-01…10-07 0/60 holiday 00:00-00:00*',
      '2026-10-08 450/510 before_hours 00:00-09:00*, shift 09:00-12:00*, between_hours 12:00-13:30*, shift 13:30-18:00*, after_hours 18:00-00:00*',
      '2026-10-09 450/960 before_hours 00:00-09:00*, shift 09:00-12:00*, between_hours 12:00-13:30*, shift 13:30-18:00*, after_hours 18:00-00:00*',
      '2026-10-10 30/990 before_hours 00:00-09:00*, make_up_shift 09:00-09:30*',
    ]);
    assert.deepEqual(said.days[1]?.pieces[0]?.why, { code: 'holiday', name: '国庆节' });
    assert.deepEqual(said.days[4]?.pieces[1]?.why, {
      code: 'make_up_shift',
      shift_on: '2026-10-10',
      follows: 'fri',
      name: '国庆节',
    });
    const minutes = said.days.reduce((sum, day) => sum + day.counted_minutes, 0);
    assert.equal(minutes, said.target_minutes);
    assert.deepEqual(said.unknown_years, []);
  });

  it('tells for what and whom it waited, and leaves the due time open while it does', () => {
    const paused = fact('11-20 10:00', { kind: 'paused', waiting_for: '错误日志', asked_of: '王女士' });
    const said = explain([started('11-20 09:00', 120), paused], '11-22 12:00');
    assert.equal(said.due_by, 'open');
    assert.deepEqual(lines(said), [
      '2026-11-20 60/60 shift 09:00-10:00, waiting 10:00-00:00',
      '2026-11-21…11-22 0/60 waiting 00:00-12:00',
    ]);
    assert.deepEqual(said.days[1]?.pieces[0]?.why, {
      code: 'waiting',
      waiting_for: '错误日志',
      asked_of: '王女士',
    });
  });

  it("counts the morning to last night's shift, and names a make-up day that is rested anyway", () => {
    const said = explain([started('10-10 23:00', 9 * 60, nights)], '10-10 23:00');
    assert.deepEqual(lines(said).slice(0, 3), [
      '2026-10-10 60/60 shift 23:00-00:00*',
      '2026-10-11 360/420 shift 00:00-06:00*, rests_anyway 06:00-00:00*',
      '2026-10-12…10-16 0/420 rest_day 00:00-00:00*',
    ]);
    assert.deepEqual(said.days[1]?.pieces[0]?.why, { code: 'shift', shift_on: '2026-10-10' });
  });

  it('a tighter target that was used up already says so, a promised time too', () => {
    const tighter = fact('11-20 11:00', {
      kind: 'target',
      minutes: 60,
      why: 'priority',
      from: 'p3',
      to: 'p1',
    });
    const said = explain([started('11-20 09:00', 480), tighter], '11-20 11:30');
    assert.deepEqual([said.due_by, said.due_at], ['tighter_target', at('11-20 11:00')]);
    const promised = fact('11-20 09:10', { kind: 'due_set', due_at: at('11-20 20:00') });
    assert.equal(explain([started('11-20 09:00', 480), promised], '11-20 11:30').due_by, 'promised_time');
  });

  it('tells what a met clock had left, and follows a change of calendar', () => {
    const met = fact('11-20 09:30', { kind: 'met' });
    assert.deepEqual(lines(explain([started('11-20 09:00', 60), met], '11-20 09:30')), [
      '2026-11-20 60/60 shift 09:00-09:30, shift 09:30-10:00*',
    ]);
    const other = fact('11-20 10:00', { kind: 'calendar', calendar_version_id: nights, why: 'contract' });
    const said = explain([started('11-20 09:00', 120), other], '11-20 12:00');
    assert.equal(said.due_at, at('11-21 23:00'));
    assert.deepEqual([said.calendar_name, said.calendar_names[version]], ['周六夜班', '标准工作时间']);
  });

  it('warns of a year on the way whose holidays are not known', () => {
    assert.deepEqual(explain([started('12-31 17:00', 120)], '12-31 17:00').unknown_years, [2027]);
  });
});
