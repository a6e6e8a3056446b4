import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, idOf, on, said, visitWith, 小吴, 林海, 老马 } from '#test/quiet-visit.ts';
import { Refusal } from '../ground/refusal.ts';
import { applyAct } from './acting.ts';
import type { By } from './by.ts';
import type { VisitAct } from './commands.ts';
import {
  type Confirmation,
  isChangedAfter,
  kickOffConfirmation,
  minutesOf,
  todayCardOf,
  todayConfirmation,
} from './confirming.ts';
import { acknowledgeKickOff, confirmToday } from './kicking-off.ts';
import { emptyKickOff, type Visit } from './visit.ts';

const person = { contact_id: 小吴, name: '小吴' };
const unread = { ...person, read: null };
const 周敏: By = { id: idOf(2), name: '周敏', happened_at: on('11:00') };

/** The visit after acts that must succeed, one after the other. */
function after(visit: Visit, ...acts: [act: VisitAct, by?: By][]): Visit {
  return acts.reduce((before, [act, by = 林海]) => {
    const done = applyAct(before, act, by);
    assert.ok(!(done instanceof Refusal), `${act.name}: ${(done as Refusal).code}`);
    return done;
  }, visit);
}

const edit = (changes: object, id = idOf(7)): VisitAct =>
  ({ name: 'edit', body: { id, changes } }) as VisitAct;
const minutesEdit = (changes: object): VisitAct =>
  ({ name: 'edit_kick_off', body: { id: idOf(9), changes } }) as VisitAct;
const confirm = (visit: Visit | null): VisitAct => ({
  name: 'confirm_today',
  body: { ...person, read: visit && todayCardOf(visit) },
});
const settle = (keep: 'mine' | 'theirs'): VisitAct => ({
  name: 'settle_clash',
  body: { clash_id: `${idOf(7)}:goal`, keep },
});
const sinceOf = (confirmed: Confirmation | null) =>
  confirmed?.since?.map(({ path, read, changed }) => [path, read, changed?.by_name]);

describe('what the customer confirms', () => {
  it('R33 the card of the day, once it says what for and until when', () => {
    const agreed = { ...person, at: on('12:00'), read: todayCardOf(visitWith()) };
    const read = { ...person, read: agreed.read };
    assert.deepEqual((confirmToday(visitWith(), read, 林海) as Visit).today_confirmed, agreed);
    for (const empty of [{ goal: ' ' }, { done_when: '\n' }]) {
      const visit = visitWith(empty);
      for (const words of [null, todayCardOf(visit)])
        assert.equal(said(confirmToday(visit, { ...person, read: words }, 林海)), 'visits.today_card_empty');
      // What somebody read and confirmed is so, whatever became of the card meanwhile.
      assert.deepEqual((confirmToday(visit, read, 林海) as Visit).today_confirmed, agreed);
    }
  });

  it('R33 by the interface person and nobody else; by anybody while none is named', () => {
    const other = { contact_id: 老马, name: '老马', read: null };
    const refused = confirmToday(visitWith(), other, 林海) as Refusal;
    assert.deepEqual([refused.code, refused.params.name], ['visits.not_interface_person', '老马']);
    const unnamed = visitWith({ interface_contact_id: null });
    assert.equal((confirmToday(unnamed, other, 林海) as Visit).today_confirmed?.name, '老马');
  });

  it('R22 the minutes of the kick-off, once they say a need or a plan', () => {
    for (const blank of ['', ' ']) {
      const nothing = visitWith({ kick_off: { ...emptyKickOff, need: blank, plan: blank } });
      assert.equal(said(acknowledgeKickOff(nothing, unread, 林海)), 'visits.kick_off_empty');
    }
    for (const filled of [{ need: '周五前恢复' }, { plan: '先看线' }]) {
      const visit = visitWith({ kick_off: { ...emptyKickOff, ...filled } });
      const read = minutesOf(visit.kick_off);
      assert.deepEqual(
        (acknowledgeKickOff(visit, { ...person, read }, 林海) as Visit).kick_off.acknowledged,
        {
          ...{ ...person, at: on('12:00'), read },
        },
      );
    }
  });
});

describe('R33 what was confirmed, once the card says something else', () => {
  const confirmed = after(visitWith(), [confirm(visitWith())]);

  it('stands as it was read until then', () => {
    assert.deepEqual(sinceOf(todayConfirmation(confirmed)), []);
    assert.equal(todayConfirmation(visitWith()), null);
    const moved = after(confirmed, [edit({ planned_to: { from: confirmed.planned_to, to: on('18:00') } })]);
    assert.deepEqual(sinceOf(todayConfirmation(moved)), []);
  });

  it('is told as changed, with who changed what and what was read, whether edited or settled', () => {
    for (const field of ['goal', 'done_when', 'not_today'] as const) {
      const changed = after(confirmed, [edit({ [field]: { from: confirmed[field], to: '别的' } }), 周敏]);
      assert.deepEqual(sinceOf(todayConfirmation(changed)), [[field, confirmed[field], '周敏']]);
      assert.equal(todayConfirmation(changed)?.name, '小吴');
    }
    const clashed = after(confirmed, [edit({ goal: { from: '从前的', to: '我的' } })]);
    assert.deepEqual(sinceOf(todayConfirmation(clashed)), []);
    assert.deepEqual(sinceOf(todayConfirmation(after(clashed, [settle('theirs'), 周敏]))), []);
    const settled = after(clashed, [settle('mine'), 周敏]);
    assert.deepEqual(sinceOf(todayConfirmation(settled)), [['goal', confirmed.goal, '周敏']]);
  });

  it('is told as changed when the words changed before it came in: they were never read', () => {
    const stale = confirm(visitWith());
    const late = after(
      visitWith(),
      [edit({ goal: { from: visitWith().goal, to: '换一台' } }), 周敏],
      [stale],
    );
    const told = todayConfirmation(late) as Confirmation;
    assert.deepEqual(sinceOf(told), [['goal', '收银机恢复正常', '周敏']]);
    assert.equal(isChangedAfter(told), false, 'changed at eleven, confirmed at twelve');
    const change = edit({ goal: { from: visitWith().goal, to: '换一台' } });
    const afterwards = after(confirmed, [change, { ...周敏, happened_at: on('12:01') }]);
    assert.equal(isChangedAfter(todayConfirmation(afterwards) as Confirmation), true);
    const then = after(confirmed, [change, { ...周敏, happened_at: on('12:00') }]);
    assert.equal(isChangedAfter(todayConfirmation(then) as Confirmation), false, 'in the same moment');
    const notToday = edit({ not_today: { from: visitWith().not_today, to: '不换' } }, idOf(8));
    const both = after(late, [notToday, { ...周敏, happened_at: on('12:01') }]);
    assert.equal(sinceOf(todayConfirmation(both))?.length, 2);
    assert.equal(isChangedAfter(todayConfirmation(both) as Confirmation), false, 'one of two before it');
    const again = after(late, [confirm(late)]);
    assert.deepEqual(sinceOf(todayConfirmation(again)), []);
  });

  it('stands again once the card says again what was read', () => {
    const away = after(confirmed, [edit({ goal: { from: confirmed.goal, to: '别的' } })]);
    const back = after(away, [edit({ goal: { from: '别的', to: confirmed.goal } }, idOf(8))]);
    assert.deepEqual(sinceOf(todayConfirmation(back)), []);
  });

  it('asks whoever is the interface person by now', () => {
    const named = (to: string | null) =>
      todayConfirmation(after(confirmed, [edit({ interface_contact_id: { from: 小吴, to } }), 周敏]));
    assert.deepEqual(sinceOf(named(老马)), [['interface_contact_id', 小吴, '周敏']]);
    assert.deepEqual(sinceOf(named(null)), []);
  });

  it('is told as known by nobody where an older app did not say what was read, and is gone once the card changes', () => {
    const old = after(visitWith(), [confirm(null)]);
    assert.deepEqual([todayConfirmation(old)?.name, todayConfirmation(old)?.since], ['小吴', null]);
    const { read: _read, ...kept } = old.today_confirmed ?? { read: null };
    const older = { ...old, today_confirmed: kept } as Visit;
    assert.equal(todayConfirmation(older)?.since, null);
    for (const visit of [old, older]) {
      const goal = { from: visit.goal, to: '别的' };
      assert.equal(todayConfirmation(after(visit, [edit({ goal })])), null);
      const emergency_reason = { from: '', to: '停业' };
      assert.equal(todayConfirmation(after(visit, [edit({ goal, emergency_reason })])), null);
      const interface_contact_id = { from: 小吴, to: 老马 };
      assert.equal(todayConfirmation(after(visit, [edit({ interface_contact_id })])), null);
      const planned_to = { from: visit.planned_to, to: on('18:00') };
      assert.equal(todayConfirmation(after(visit, [edit({ planned_to })]))?.name, '小吴');
    }
  });
});

describe('R22 what was acknowledged, once the minutes say something else', () => {
  const start = visitWith({ kick_off: { ...emptyKickOff, need: '周五前恢复' } });
  const acknowledge = (visit: Visit | null): VisitAct => ({
    name: 'acknowledge_kick_off',
    body: { ...person, read: visit && minutesOf(visit.kick_off) },
  });

  it('is told as changed, with who changed what and what was read; people are held against each other by value', () => {
    const agreed = after(start, [acknowledge(start)]);
    assert.deepEqual(sinceOf(kickOffConfirmation(agreed)), []);
    const our_people = { from: [], to: [{ name: '林海', duty: '换线' }] };
    const changed = after(agreed, [
      minutesEdit({ need: { from: '周五前恢复', to: '今天' }, our_people }),
      周敏,
    ]);
    assert.deepEqual(sinceOf(kickOffConfirmation(changed)), [
      ['kick_off.our_people', [], '周敏'],
      ['kick_off.need', '周五前恢复', '周敏'],
    ]);
    const same = after(agreed, [minutesEdit({ need: { from: '从前', to: '周五前恢复' } })]);
    assert.deepEqual(sinceOf(kickOffConfirmation(same)), []);
  });

  it('of an older app is gone once they change, by an edit or by a settled clash', () => {
    const old = after(start, [acknowledge(null)]);
    assert.equal(kickOffConfirmation(old)?.since, null);
    assert.equal(kickOffConfirmation(after(old, [minutesEdit({ plan: { from: '', to: '先看线' } })])), null);
    const clashed = after(old, [minutesEdit({ need: { from: '从前', to: '今天' } })]);
    assert.equal(kickOffConfirmation(clashed)?.name, '小吴');
    const clash = { clash_id: `${idOf(9)}:need`, keep: 'mine' as const };
    const mine = after(clashed, [{ name: 'settle_clash', body: clash }, at('13:00')]);
    assert.equal(kickOffConfirmation(mine), null);
  });
});
