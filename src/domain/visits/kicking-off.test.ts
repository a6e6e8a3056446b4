import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idOf, on, said, visitWith, 小吴, 林海, 老马 } from '#test/quiet-visit.ts';
import type { Refusal } from '../ground/refusal.ts';
import { editVisit, settleClash } from './editing.ts';
import { acknowledgeKickOff, confirmToday } from './kicking-off.ts';
import { emptyKickOff, type Visit } from './visit.ts';

const person = { contact_id: 小吴, name: '小吴' };
const agreed = { ...person, at: on('12:00') };

describe('what the customer confirms', () => {
  it('R33 the card of the day, once it says what for and until when', () => {
    assert.deepEqual((confirmToday(visitWith(), person, 林海) as Visit).today_confirmed, agreed);
    for (const empty of [{ goal: ' ' }, { done_when: '' }])
      assert.equal(said(confirmToday(visitWith(empty), person, 林海)), 'visits.today_card_empty');
  });

  it('R33 a card that says something else now is not confirmed any more, whether edited or settled', () => {
    const visit = visitWith({ today_confirmed: agreed });
    const edit = (changes: object) => editVisit(visit, { id: idOf(7), changes }, 林海) as Visit;
    for (const field of ['goal', 'done_when', 'not_today'] as const) {
      const after = edit({ [field]: { from: visit[field], to: '别的' } });
      assert.equal(after.today_confirmed, null, field);
    }
    const moved = edit({ planned_to: { from: visit.planned_to, to: on('18:00') } });
    assert.deepEqual(moved.today_confirmed, agreed);
    const clashed = edit({ goal: { from: '从前的', to: '我的' } });
    assert.deepEqual(clashed.today_confirmed, agreed);
    const settle = (keep: 'mine' | 'theirs') =>
      (settleClash(clashed, { clash_id: `${idOf(7)}:goal`, keep }, 林海) as Visit).today_confirmed;
    assert.deepEqual([settle('theirs'), settle('mine')], [agreed, null]);
  });

  it('R33 by the interface person and nobody else; by anybody while none is named', () => {
    const other = { contact_id: 老马, name: '老马' };
    const refused = confirmToday(visitWith(), other, 林海) as Refusal;
    assert.deepEqual([refused.code, refused.params.name], ['visits.not_interface_person', '老马']);
    const unnamed = visitWith({ interface_contact_id: null });
    assert.equal((confirmToday(unnamed, other, 林海) as Visit).today_confirmed?.name, '老马');
  });

  it('R33 whoever becomes the interface person has confirmed nothing yet', () => {
    const visit = visitWith({ today_confirmed: agreed });
    const named = (interface_contact_id: string | null) =>
      (
        editVisit(
          visit,
          { id: idOf(8), changes: { interface_contact_id: { from: 小吴, to: interface_contact_id } } },
          林海,
        ) as Visit
      ).today_confirmed;
    assert.deepEqual([named(老马), named(null)], [null, agreed]);
  });

  it('R22 the minutes of the kick-off, once they say a need or a plan', () => {
    assert.equal(said(acknowledgeKickOff(visitWith(), person, 林海)), 'visits.kick_off_empty');
    for (const filled of [{ need: '周五前恢复' }, { plan: '先看线' }]) {
      const visit = visitWith({ kick_off: { ...emptyKickOff, ...filled } });
      assert.deepEqual((acknowledgeKickOff(visit, person, 林海) as Visit).kick_off.acknowledged, agreed);
    }
  });
});
