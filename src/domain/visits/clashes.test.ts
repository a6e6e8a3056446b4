import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, entry, idOf, on, said, visitWith, 林海 } from '#test/quiet-visit.ts';
import { isSame, openClashes, valueAt, withValueAt } from './clashes.ts';
import { editKickOff, editLog, editVisit, settleClash } from './editing.ts';
import type { Visit } from './visit.ts';

const edit = (visit: Visit, field: string, from: unknown, to: unknown) =>
  editVisit(visit, { id: idOf(500), changes: { [field]: { from, to } } as never }, 林海) as Visit;

type Case = [what: string, stands: string, from: string, to: string, after: string, clashes: number];
const cases: Case[] = [
  ['what nobody else touched changes', '旧', '旧', '新', '新', 0],
  ['what somebody changed meanwhile stays theirs, and both stand', '他的', '旧', '新', '他的', 1],
  ['what somebody changed to the same is no clash', '新', '旧', '新', '新', 0],
  ['what was not changed at all is no clash, whatever stands there', '他的', '旧', '旧', '他的', 0],
];

describe('R28 two people change one field', () => {
  for (const [what, stands, from, to, after, clashes] of cases) {
    it(what, () => {
      const visit = edit(visitWith({ goal: stands }), 'goal', from, to);
      assert.deepEqual([visit.goal, openClashes(visit).length], [after, clashes]);
    });
  }

  it('different fields of one edit go their own ways', () => {
    const changes = { goal: { from: '旧', to: '新' }, not_today: { from: '', to: '不动服务器' } };
    const visit = editVisit(visitWith({ goal: '他的' }), { id: idOf(500), changes }, 林海) as Visit;
    assert.deepEqual([visit.goal, visit.not_today], ['他的', '不动服务器']);
    const [clash] = visit.clashes;
    assert.deepEqual(
      [clash?.id, clash?.field, clash?.based_on, clash?.theirs, clash?.mine, clash?.by_name, clash?.settled],
      [`${idOf(500)}:goal`, 'goal', '旧', '他的', '新', '林海', null],
    );
  });

  it('lists and objects are held against each other by value, whatever the order of their keys', () => {
    assert.ok(isSame([{ name: 'a', duty: 'b' }], [{ duty: 'b', name: 'a' }]));
    assert.ok(!isSame([1, 2], [2, 1]));
    assert.ok(isSame(undefined, null));
  });

  it('paths lead to fields of the visit, the kick-off, an entry and a finding', () => {
    const visit = visitWith({ log: [entry({ line: '一根' })] });
    assert.equal(valueAt(visit, 'goal'), '收银机恢复正常');
    assert.equal(valueAt(visit, 'kick_off.need'), '');
    assert.equal(valueAt(visit, `log.${idOf(910)}.line`), '一根');
    assert.equal(valueAt(visit, `findings.${idOf(1)}.what`), undefined);
    assert.equal(
      valueAt(withValueAt(visit, `log.${idOf(910)}.line`, '两根'), `log.${idOf(910)}.line`),
      '两根',
    );
    assert.deepEqual(withValueAt(visit, `log.${idOf(1)}.line`, '两根').log, visit.log);
  });
});

describe('R28 a person settles a clash', () => {
  const clashed = edit(visitWith({ goal: '他的' }), 'goal', '旧', '我的');
  const settle = (visit: Visit, keep: 'theirs' | 'mine', clash_id = `${idOf(500)}:goal`) =>
    settleClash(visit, { clash_id, keep }, at('13:00'));

  it('theirs leaves the record, mine replaces what stands there by now; both stay on record', () => {
    const theirs = settle(clashed, 'theirs') as Visit;
    assert.deepEqual([theirs.goal, openClashes(theirs)], ['他的', []]);
    const moved = { ...clashed, goal: '又变了' };
    assert.equal((settle(moved, 'theirs') as Visit).goal, '又变了');
    const mine = settle(moved, 'mine') as Visit;
    assert.equal(mine.goal, '我的');
    assert.deepEqual([mine.clashes[0]?.theirs, mine.clashes[0]?.settled?.at], ['又变了', on('13:00')]);
  });

  it('is refused for a clash that is not there, or settled', () => {
    assert.equal(said(settle(clashed, 'mine', 'nowhere')), 'visits.clash_unknown');
    assert.equal(said(settle(settle(clashed, 'mine') as Visit, 'theirs')), 'visits.clash_settled');
  });

  it('a time that no longer fits what stands around it is refused', () => {
    const visit = edit(visitWith({ planned_to: on('16:00') }), 'planned_to', on('17:00'), on('10:00'));
    const later = { ...visit, planned_from: on('11:00') };
    assert.equal(said(settle(later, 'mine', `${idOf(500)}:planned_to`)), 'visits.times_reversed');
    const body = {
      id: idOf(501),
      entry_id: idOf(910),
      changes: { ended_at: { from: null, to: on('10:30') } },
    };
    const logged = editLog(visitWith({ log: [entry()] }), body, 林海) as Visit;
    const moved = { ...logged, log: [entry({ started_at: on('10:45') })] };
    assert.equal(said(settle(moved, 'mine', `${idOf(501)}:ended_at`)), 'visits.times_reversed');
  });
});

describe('R22 what the customer acknowledged', () => {
  it('is not acknowledged any more once it says something else', () => {
    const acknowledged = { contact_id: idOf(201), name: '小吴', at: on('09:30') };
    const visit = visitWith();
    const agreed = { ...visit, kick_off: { ...visit.kick_off, need: '恢复', acknowledged } };
    const change = (from: string, to: string) =>
      (editKickOff(agreed, { id: idOf(502), changes: { need: { from, to } } }, 林海) as Visit).kick_off
        .acknowledged;
    assert.equal(change('恢复', '恢复并加固'), null);
    assert.deepEqual(change('别的', '又别的'), acknowledged, 'a clash changes nothing yet');
  });
});
