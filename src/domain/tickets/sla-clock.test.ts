import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileCalendar } from '../calendar/compiled-calendar.ts';
import { calendarDefinition } from '../calendar/definition.ts';
import { Refusal } from '../ground/refusal.ts';
import { nextCheck } from './clock-checks.ts';
import {
  type ClockFact,
  type ClockState,
  decideTime,
  isLate,
  listRestatements,
  restate,
} from './sla-clock.ts';

const office = '01900000-0000-7000-8000-000000000001';
const always = '01900000-0000-7000-8000-000000000002';
const week = (...shifts: [string, string][]) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, shifts]));
const compile = (definition: unknown) => compileCalendar(calendarDefinition.parse(definition));
const calendars = new Map([
  [office, compile({ zone: 'UTC', hours: week(['09:00', '17:00']) })],
  [
    always,
    compile({
      zone: 'UTC',
      hours: { ...week(['00:00', '24:00']), sat: [['00:00', '24:00']], sun: [['00:00', '24:00']] },
    }),
  ],
]);

// 2026-11-20 is a Friday, the 23rd a Monday.
const on = (text: string) => `2026-11-${text.replace(' ', 'T')}:00.000Z`;
type Bare = ClockFact extends infer F ? (F extends ClockFact ? Omit<F, 'at' | 'received_at'> : never) : never;
const fact = (at: string, bare: Bare, received = at): ClockFact =>
  ({ at: on(at), received_at: on(received), ...bare }) as ClockFact;
const started = (at: string, minutes: number, version = office) =>
  fact(at, { kind: 'started', minutes, calendar_version_id: version });
const paused = (at: string, received = at) =>
  fact(at, { kind: 'paused', waiting_for: '日志', asked_of: '王女士' }, received);
const resumed = (at: string) => fact(at, { kind: 'resumed' });
const met = (at: string, received = at) => fact(at, { kind: 'met' }, received);
const target = (at: string, minutes: number) => fact(at, { kind: 'target', minutes, why: 'priority' });

function say(facts: ClockFact[], now: string): ClockState {
  const state = restate(facts, calendars, on(now));
  assert.ok(!(state instanceof Refusal), String(state));
  return state;
}

type Expected = Partial<Omit<ClockState, 'due_at' | 'met_at'>> & { due?: string | null };

const cases: [what: string, facts: ClockFact[], now: string, expected: Expected][] = [
  [
    'running: due in working time, some used',
    [started('20 16:00', 120)],
    '20 16:30',
    {
      state: 'running',
      due: '23 10:00',
      consumed_minutes: 30,
      remaining_minutes: 90,
      breached: false,
      difference_minutes: -90,
    },
  ],
  [
    'at the due instant it is breached while it runs',
    [started('20 09:00', 60)],
    '20 10:00',
    { due: '20 10:00', breached: true },
  ],
  [
    'met at the due instant is in time',
    [started('20 09:00', 60), met('20 10:00')],
    '20 12:00',
    { state: 'met', due: '20 10:00', breached: false, difference_minutes: 0 },
  ],
  [
    'met late: due, actual and difference in working minutes',
    [started('20 16:00', 60), met('23 09:20')],
    '23 12:00',
    { due: '20 17:00', breached: true, difference_minutes: 20, consumed_minutes: 80 },
  ],
  [
    'met early: what it would have been due',
    [started('20 09:00', 60), met('20 09:10')],
    '25 12:00',
    { due: '20 10:00', breached: false, difference_minutes: -50 },
  ],
  [
    'a pause stops the count and leaves the due time open',
    [started('20 09:00', 60), paused('20 09:30')],
    '24 12:00',
    { state: 'paused', due: null, consumed_minutes: 30, remaining_minutes: 30, breached: false },
  ],
  [
    'resumed, it is due later by the pause',
    [started('20 09:00', 60), paused('20 09:30'), resumed('20 11:00')],
    '20 11:10',
    { state: 'running', due: '20 11:30', consumed_minutes: 40 },
  ],
  [
    'a pause after the breach does not undo it',
    [started('20 09:00', 60), paused('20 10:30')],
    '20 11:00',
    { state: 'paused', due: '20 10:00', breached: true },
  ],
  [
    'a tighter target counts what was used under the old one',
    [started('20 09:00', 240), target('20 10:00', 90)],
    '20 10:00',
    { due: '20 10:30', consumed_minutes: 60, target_minutes: 90 },
  ],
  [
    'a target that is already used up is due at the change',
    [started('20 09:00', 240), target('20 11:00', 60)],
    '20 11:00',
    { due: '20 11:00', breached: true },
  ],
  [
    'a looser target undoes a breach',
    [started('20 09:00', 60), target('20 11:00', 240)],
    '20 11:00',
    { due: '20 13:00', breached: false },
  ],
  [
    'a looser target that was used up too is due when it was',
    [started('20 09:00', 60), target('20 13:00', 120)],
    '20 14:00',
    { due: '20 11:00', breached: true },
  ],
  [
    'a change of calendar counts the past by the old one',
    [
      started('20 16:00', 120),
      fact('20 18:00', { kind: 'calendar', calendar_version_id: always, why: 'contract' }),
    ],
    '20 18:00',
    { due: '20 19:00', consumed_minutes: 60 },
  ],
  [
    'a change of calendar while paused counts from the resumption',
    [
      started('20 16:00', 120),
      paused('20 16:30'),
      fact('21 09:00', { kind: 'calendar', calendar_version_id: always, why: 'calendar_edited' }),
      resumed('22 09:00'),
    ],
    '22 09:00',
    { due: '22 10:30', consumed_minutes: 30 },
  ],
  [
    'a promised time stands, whatever the calendar and pauses say',
    [
      started('20 09:00', 60),
      fact('20 09:10', { kind: 'due_set', due_at: on('21 20:00') }),
      paused('20 10:00'),
    ],
    '20 12:00',
    { state: 'paused', due: '21 20:00', breached: false, target_minutes: 10 + 470 },
  ],
  [
    'a promised time is late by elapsed minutes',
    [started('20 09:00', 60), fact('20 09:10', { kind: 'due_set', due_at: on('21 20:00') }), met('21 20:05')],
    '22 12:00',
    { due: '21 20:00', breached: true, difference_minutes: 5 },
  ],
  [
    'reopened, it goes on from what was used',
    [started('20 09:00', 120), met('20 10:00'), fact('20 15:00', { kind: 'reopened' })],
    '20 15:30',
    { state: 'running', due: '20 16:00', consumed_minutes: 90, met_at: null } as Expected,
  ],
  [
    'stopped, it is due no more',
    [started('20 09:00', 120), fact('20 10:00', { kind: 'stopped' })],
    '25 10:00',
    { state: 'stopped', due: null, breached: false, consumed_minutes: 60 },
  ],
  [
    'stopped after the breach stays breached',
    [started('20 09:00', 120), fact('20 13:00', { kind: 'stopped' })],
    '25 10:00',
    { state: 'stopped', due: '20 11:00', breached: true },
  ],
  [
    'what makes no sense in its place is passed over',
    [started('20 09:00', 60), resumed('20 09:10'), met('20 09:20'), paused('20 09:30'), met('20 09:40')],
    '20 12:00',
    { state: 'met', due: '20 10:00', consumed_minutes: 20 },
  ],
  [
    'an answer seconds before the start counts from the start',
    [met('20 08:59'), started('20 09:00', 60)],
    '20 12:00',
    { state: 'met', consumed_minutes: 0, breached: false },
  ],
];

describe('R7 the life of a clock', () => {
  for (const [what, facts, now, { due, ...expected }] of cases) {
    it(what, () => {
      const state = say(facts, now);
      if (due !== undefined) assert.equal(state.due_at, due === null ? null : on(due));
      for (const [field, value] of Object.entries(expected)) {
        assert.equal(state[field as keyof ClockState], value, field);
      }
    });
  }

  it('says the same whatever the order of arrival', () => {
    const facts = [
      started('20 09:00', 60),
      paused('20 09:30'),
      resumed('20 10:30'),
      target('20 10:40', 90),
      met('20 11:00'),
    ];
    assert.deepEqual(say([...facts].reverse(), '20 12:00'), say(facts, '20 12:00'));
  });

  it('keeps each round of next updates with its due, actual and difference', () => {
    const state = say(
      [
        started('20 09:00', 60),
        met('20 10:15'),
        started('20 10:15', 60),
        met('20 11:00'),
        started('20 11:00', 60),
      ],
      '20 11:30',
    );
    assert.deepEqual(
      state.earlier.map((round) => [round.state, round.due_at, round.met_at, round.difference_minutes]),
      [
        ['met', on('20 10:00'), on('20 10:15'), 15],
        ['met', on('20 11:15'), on('20 11:00'), -15],
      ],
    );
    assert.deepEqual(
      [state.started_at, state.due_at, state.state],
      [on('20 11:00'), on('20 12:00'), 'running'],
    );
  });
});

describe('R7 restatements', () => {
  const facts = [started('20 09:00', 60)];

  it('puts an answer that arrives late into its place and lists what that changed', () => {
    const before = say(facts, '20 12:00');
    const answer = met('20 09:40', '20 12:00');
    const after = say([...facts, answer], '20 12:00');
    assert.equal(isLate(answer, answer.received_at), true);
    const held = { ...answer, received_at: answer.at };
    assert.deepEqual([isLate(held, held.at), isLate(held, on('20 12:00'))], [false, true]);
    assert.deepEqual(
      listRestatements(before, after, { at: on('20 12:00'), cause: 'late_fact', happened_at: answer.at }),
      [
        {
          at: on('20 12:00'),
          cause: 'late_fact',
          happened_at: on('20 09:40'),
          round_started_at: on('20 09:00'),
          from_due_at: on('20 10:00'),
          to_due_at: on('20 10:00'),
          from_met_at: null,
          to_met_at: on('20 09:40'),
          from_breached: true,
          to_breached: false,
        },
      ],
    );
  });

  it('lists a late pause once for each round it moves, and nothing where nothing moved', () => {
    const before = say([...facts, met('20 10:15')], '20 12:00');
    const after = say([...facts, met('20 10:15'), paused('20 09:30', '20 12:00')], '20 12:00');
    const cause = { at: on('20 12:00'), cause: 'late_fact', happened_at: on('20 09:30') } as const;
    assert.equal(listRestatements(before, after, cause).length, 1);
    assert.deepEqual(listRestatements(before, before, cause), []);
  });

  it("takes a lead's decision on a doubtful time", () => {
    const doubtful = { ...met('20 12:00'), device_at: on('20 09:45'), doubtful: true } as ClockFact;
    assert.equal(say([...facts, doubtful], '20 12:00').breached, true);
    const decided = decideTime([...facts, doubtful], {
      device_at: on('20 09:45'),
      received_at: on('20 12:00'),
      decided_at: on('20 09:45'),
    });
    assert.equal(say(decided, '20 12:00').breached, false);
    assert.equal('doubtful' in decided[1]!, false);
    assert.deepEqual(decided[0], facts[0]);
  });
});

describe('R7 warnings', () => {
  const look = (facts: ClockFact[], now: string) => {
    const check = nextCheck({ facts, calendars, now: on(now) });
    assert.ok(!(check instanceof Refusal));
    return [check.reached_share, check.next_check_at, check.next_share];
  };
  const facts = [started('20 16:00', 120)];

  it('comes at shares of the working time and at the breach', () => {
    assert.deepEqual(look(facts, '20 16:00'), [0, on('20 17:00'), 50]);
    assert.deepEqual(look(facts, '20 17:00'), [50, on('23 09:30'), 75]);
    assert.deepEqual(look(facts, '23 09:48'), [90, on('23 10:00'), 100]);
    assert.deepEqual(look(facts, '23 10:00'), [100, null, null]);
  });
  it('says nothing while paused, nor once met', () => {
    assert.deepEqual(look([...facts, paused('20 16:30')], '24 10:00'), [0, null, null]);
    assert.deepEqual(look([...facts, met('20 16:30')], '24 10:00'), [0, null, null]);
  });
  it('jumps when a raised priority leaves less time', () => {
    assert.deepEqual(look([...facts, target('20 16:50', 60)], '20 16:50'), [75, on('20 16:54'), 90]);
  });
  it('divides the working time up to a promised time, and breaches also at night', () => {
    const promised = [started('20 09:00', 60), fact('20 09:00', { kind: 'due_set', due_at: on('20 22:00') })];
    assert.deepEqual(look(promised, '20 09:00'), [0, on('20 13:00'), 50]);
    assert.deepEqual(look([...promised, paused('20 12:00')], '20 17:00'), [90, on('20 22:00'), 100]);
  });
});
