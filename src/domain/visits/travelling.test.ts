import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, entry, idOf, on, said, stamped, visitWith, 小吴, 林海 } from '#test/quiet-visit.ts';
import { Refusal } from '../ground/refusal.ts';
import { applyAct } from './acting.ts';
import type { VisitAct } from './commands.ts';
import { arrive, cancelVisit, depart, leave, startWork } from './travelling.ts';
import { type Visit, type VisitState, visitStates } from './visit.ts';

const wrapUp = {
  id: idOf(920),
  rested_on: '好了',
  problems: '',
  advice: '',
  support_needed: '',
  tomorrow: '',
  reaction: '',
  promised_today: 'nothing' as const,
  minutes: 5,
  ...stamped('11:30'),
};
const promise = {
  id: idOf(930),
  words: '送线',
  to_contact_id: 小吴,
  owner_id: null,
  due_at: null,
  state: 'open' as const,
};

type Step = 'depart' | 'arrive' | 'start';
const rules = { depart, arrive, start: startWork };
/** What each step comes to from each state: the state after it, or the code of the refusal. */
const steps: Record<Step, Partial<Record<VisitState, string>>> = {
  depart: { planned: 'visits.not_dispatched', dispatched: 'travelling' },
  arrive: { planned: 'visits.not_dispatched', dispatched: 'on_site', travelling: 'on_site' },
  start: {
    planned: 'visits.not_arrived',
    dispatched: 'visits.not_arrived',
    travelling: 'visits.not_arrived',
    on_site: 'working',
  },
};
const otherwise = {
  depart: 'visits.already_departed',
  arrive: 'visits.already_arrived',
  start: 'visits.already_started',
};
const stamps = { depart: 'departed_at', arrive: 'arrived_at', start: 'started_at' } as const;

describe('the way to the work', () => {
  for (const step of Object.keys(steps) as Step[]) {
    for (const state of visitStates.filter((one) => one !== 'cancelled')) {
      const expected = steps[step][state] ?? otherwise[step];
      it(`${step} when ${state}: ${expected}`, () => {
        const after = rules[step](visitWith({ state }), {}, at('09:30'));
        if (after instanceof Refusal) return assert.equal(after.code, expected);
        assert.equal(after.state, expected);
        assert.equal(after[stamps[step]], on('09:30'));
      });
    }
  }
});

describe('R26 leaving the site', () => {
  const go = (
    visit: Partial<Visit>,
    promised_today: 'nothing' | 'noted' = 'nothing',
    reason: string | null = null,
  ) =>
    leave(
      visitWith({ state: 'working', ...visit }),
      { promised_today, comes_back: false, no_wrap_up_reason: reason },
      林海,
    );

  it('takes a wrap-up, or the reason for none', () => {
    assert.equal(said(go({})), 'visits.wrap_up_missing');
    assert.equal((go({ wrap_ups: [wrapUp] }) as Visit).state, 'done');
    const after = go({}, 'nothing', '客户下班') as Visit;
    assert.deepEqual(
      [after.state, after.left_at, after.no_wrap_up_reason],
      ['done', on('12:00'), '客户下班'],
    );
  });

  it('takes an answer to “did you promise anything today?”, and “noted” takes a promise in the record', () => {
    assert.equal(said(go({ wrap_ups: [wrapUp] }, 'noted')), 'visits.promise_not_noted');
    assert.equal((go({ wrap_ups: [wrapUp], promises: [promise] }, 'noted') as Visit).state, 'done');
  });

  it('ends what runs, and leaves alone what has ended or begins only later', () => {
    const running = entry({ id: idOf(1), ended_at: null });
    const ended = entry({ id: idOf(2) });
    const now = entry({ id: idOf(3), started_at: on('12:00'), ended_at: null });
    const ahead = entry({ id: idOf(4), started_at: on('12:03'), ended_at: null });
    const { log } = go({ log: [running, ended, now, ahead] }, 'nothing', '下班') as Visit;
    assert.deepEqual(
      log.map(({ ended_at }) => ended_at),
      [on('12:00'), on('11:00'), on('12:00'), null],
    );
    assert.equal(log[1], ended);
  });

  it('is refused before arriving, and once it is done', () => {
    for (const state of ['planned', 'dispatched', 'travelling'] as const)
      assert.equal(said(go({ state }, 'nothing', '下班')), 'visits.not_arrived');
    assert.equal(said(go({ state: 'done' }, 'nothing', '下班')), 'visits.over');
  });
});

describe('calling a visit off', () => {
  it('keeps what was done and why; hours, promises, wrap-ups, notes and clashes may still come in, all else is refused', () => {
    const off = cancelVisit(
      visitWith({ state: 'working', log: [entry()] }),
      { reason: '客户停电' },
      林海,
    ) as Visit;
    assert.deepEqual(off.cancelled, { ...stamped('12:00'), reason: '客户停电' });
    assert.equal(off.log.length, 1);
    const { by_id: _id, by_name: _name, at: _at, ...body } = entry({ id: idOf(5) });
    const logged = applyAct(off, { name: 'log', body }, 林海) as Visit;
    assert.equal(logged.log.length, 2);
    const noted: VisitAct = { name: 'note', body: { id: idOf(6), body: '备件留在前台', photos: [] } };
    assert.equal((applyAct(off, noted, 林海) as Visit).version, 2);
    const { state: _state, ...words } = promise;
    const promised = applyAct(off, { name: 'promise', body: words }, 林海) as Visit;
    const { by_id: _by, by_name: _who, at: _when, ...talk } = { ...wrapUp, promised_today: 'noted' as const };
    assert.equal(said(applyAct(off, { name: 'wrap_up', body: talk }, 林海)), 'visits.promise_not_noted');
    const talked = applyAct(promised, { name: 'wrap_up', body: talk }, 林海) as Visit;
    assert.deepEqual([talked.state, talked.promises.length, talked.wrap_ups.length], ['cancelled', 1, 1]);
    const refused = applyAct(off, { name: 'arrive', body: {} }, 林海) as Refusal;
    assert.deepEqual([refused.code, refused.params.reason], ['visits.cancelled', '客户停电']);
    assert.equal(said(cancelVisit(visitWith({ state: 'done' }), { reason: '晚了' }, 林海)), 'visits.over');
  });
});
