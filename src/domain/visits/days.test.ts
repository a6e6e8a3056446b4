import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, entry, idOf, on, said, stamped, visitWith, 小吴 } from '#test/quiet-visit.ts';
import { Refusal } from '../ground/refusal.ts';
import { applyAct } from './acting.ts';
import { type VisitAct, visitActs } from './commands.ts';
import { dayNumber, dayOf, daysOnSite, daysOver, sinceLastDay } from './days.ts';
import type { Visit } from './visit.ts';
import { draftWrapUp } from './wrapping-up.ts';

type Step = [time: string, name: VisitAct['name'], body?: Record<string, unknown>];
const talk = (n: number, promised_today = 'nothing') => ({
  ...{ id: idOf(n), rested_on: `依据 ${n}`, problems: '', advice: '', support_needed: '' },
  ...{ tomorrow: '', reaction: '', promised_today, minutes: 5 },
});
const forToday = { promised_today: 'nothing', comes_back: true };
const forGood = { promised_today: 'nothing' };

/** What a visit comes to, act by act as they come out of requests; or the code of the first refusal. */
function after(visit: Visit, ...steps: Step[]): Visit {
  return steps.reduce((so, [time, name, body = {}]) => {
    const act = { name, body: visitActs[name].parse(body) } as VisitAct;
    const next = applyAct(so, act, at(time));
    if (next instanceof Refusal) throw next;
    return next;
  }, visit);
}
const refusal = (visit: Visit, ...steps: Step[]) => {
  try {
    return after(visit, ...steps).state;
  } catch (refused) {
    return said(refused as Refusal);
  }
};

const sentOff = visitWith({ state: 'dispatched' });
const firstDay: Step[] = [
  ['08:00', 'depart'],
  ['09:00', 'arrive'],
  ['09:10', 'start'],
  ['10:00', 'wrap_up', talk(1)],
  ['10:10', 'leave', forToday],
];
const evening = after(sentOff, ...firstDay);
const secondMorning = after(evening, ['11:00', 'depart'], ['11:30', 'arrive'], ['11:35', 'start']);

describe('R26 a visit of several days', () => {
  it('is left for today and set out to once more; the day keeps its times', () => {
    assert.equal(evening.state, 'dispatched');
    assert.deepEqual([evening.arrived_at, evening.left_at, dayNumber(evening)], [null, null, 2]);
    const [day] = daysOver(evening);
    assert.deepEqual(
      [day?.departed_at, day?.arrived_at, day?.left_at],
      [on('08:00'), on('09:00'), on('10:10')],
    );
    assert.deepEqual([secondMorning.state, secondMorning.arrived_at], ['working', on('11:30')]);
    const over = after(secondMorning, ['12:00', 'wrap_up', talk(2)], ['12:10', 'leave', forGood]);
    assert.equal(over.state, 'done');
    assert.deepEqual(daysOnSite(over), [
      { arrived_at: on('09:00'), left_at: on('10:10') },
      { arrived_at: on('11:30'), left_at: on('12:10') },
    ]);
    assert.deepEqual([dayOf(over, idOf(1)), dayOf(over, idOf(2))], [1, 2]);
  });

  it('asks each day for its own wrap-up, or its own reason', () => {
    assert.equal(refusal(secondMorning, ['12:10', 'leave', forGood]), 'visits.wrap_up_missing');
    assert.equal(refusal(secondMorning, ['12:10', 'leave', forToday]), 'visits.wrap_up_missing');
    const why = { ...forToday, no_wrap_up_reason: '客户开会去了' };
    const left = after(secondMorning, ['12:10', 'leave', why]);
    assert.deepEqual(
      daysOver(left).map(({ no_wrap_up_reason }) => no_wrap_up_reason),
      [null, '客户开会去了'],
    );
    assert.equal(left.no_wrap_up_reason, null);
  });

  it('asks each day what was promised: what was noted the day before does not answer for today', () => {
    const promise = { id: idOf(30), words: '送线', to_contact_id: 小吴 };
    const [talked, leaving] = [talk(1, 'noted'), { ...forToday, promised_today: 'noted' }];
    const first = after(
      sentOff,
      ...firstDay.slice(0, 3),
      ['09:30', 'promise', promise],
      ['10:00', 'wrap_up', talked],
      ['10:10', 'leave', leaving],
    );
    const second = after(first, ['11:00', 'arrive']);
    assert.deepEqual(sinceLastDay(second, second.promises), []);
    const noted = { promised_today: 'noted', no_wrap_up_reason: '下班' };
    assert.equal(refusal(second, ['12:00', 'leave', noted]), 'visits.promise_not_noted');
    assert.equal(refusal(second, ['12:00', 'wrap_up', talk(2, 'noted')]), 'visits.promise_not_noted');
    const another = { ...promise, id: idOf(31) };
    assert.equal(refusal(second, ['11:30', 'promise', another], ['12:00', 'leave', noted]), 'done');
  });

  it('takes a wrap-up that is written down in the evening for the day before, not for the next', () => {
    const left = after(sentOff, ...firstDay.slice(0, 3), [
      '10:10',
      'leave',
      { ...forToday, no_wrap_up_reason: '客户下班' },
    ]);
    const written = after(left, ['10:40', 'wrap_up', talk(1)]);
    assert.deepEqual([written.state, dayOf(written, idOf(1))], ['dispatched', 1]);
    const next = after(written, ['11:00', 'arrive'], ['11:10', 'start']);
    assert.equal(refusal(next, ['12:00', 'leave', forGood]), 'visits.wrap_up_missing');
  });

  it('ends between two days where nobody needs to go again, at the time at which the last was left', () => {
    for (const visit of [evening, after(evening, ['11:00', 'depart'])]) {
      const over = after(visit, ['11:30', 'leave', forGood]);
      assert.deepEqual([over.state, over.left_at, daysOver(over).length], ['done', on('10:10'), 1]);
      assert.equal(refusal(visit, ['11:30', 'leave', forToday]), 'visits.not_arrived');
    }
  });

  it('ends between two days, and so does what was begun at home since', () => {
    const writing = after(evening, [
      '11:00',
      'log',
      { ...body, id: idOf(60), kind: 'report', ended_at: null },
    ]);
    const [entry] = after(writing, ['11:30', 'leave', forGood]).log;
    assert.equal(entry?.ended_at, on('11:30'));
  });

  it('is signed on any of its days, and each day’s signature is that day’s', () => {
    const signature = (n: number) => ({
      ...{ id: idOf(n), contact_id: 小吴, name: '小吴', role: '收银', strokes: [[1, 2, 3, 4, 5, 6]] },
      ...{ shown: 'x', shown_sha256: 'a'.repeat(64) },
    });
    const signed = after(evening, ['10:30', 'sign', signature(40)]);
    assert.deepEqual([signed.state, dayOf(signed, idOf(40))], ['dispatched', 1]);
    const again = after(secondMorning, ['12:00', 'sign', signature(41)]);
    assert.deepEqual([again.state, dayOf(again, idOf(41))], ['signed', 2]);
  });

  it('drafts the second day’s wrap-up from what came since the first one’s', () => {
    const before = after(sentOff, ...firstDay.slice(0, 3), [
      '09:30',
      'log',
      { ...body, id: idOf(50), customer_line: '第一天' },
    ]);
    const next = after(
      before,
      ...firstDay.slice(3),
      ['11:00', 'arrive'],
      ['11:30', 'log', { ...body, id: idOf(51), customer_line: '第二天' }],
    );
    assert.equal(draftWrapUp(next).rested_on, '· 第二天');
  });

  it('takes the leaving that an older app queued: it says nothing of coming back and ends the visit', () => {
    assert.deepEqual(visitActs.leave.parse({ promised_today: 'nothing' }).comes_back, false);
    const queued = { name: 'leave', body: { promised_today: 'nothing', no_wrap_up_reason: null } };
    const { days: _none, ...older } = after(sentOff, ...firstDay.slice(0, 4));
    assert.equal((applyAct(older, queued as VisitAct, at('10:10')) as Visit).state, 'done');
  });
});

const {
  by_id: _id,
  by_name: _name,
  at: _at,
  ...body
} = entry({ ...stamped('09:30'), started_at: on('09:15'), ended_at: on('09:30') });
