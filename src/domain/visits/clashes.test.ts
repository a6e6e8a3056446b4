import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, entry, idOf, on, said, stamped, visitWith, 林海 } from '#test/quiet-visit.ts';
import { applyAct } from './acting.ts';
import { isSame, openClashes, valueAt, withValueAt } from './clashes.ts';
import type { VisitAct } from './commands.ts';
import { editLog, editVisit, settleClash } from './editing.ts';
import type { Visit } from './visit.ts';

const edit = (visit: Visit, field: string, from: unknown, to: unknown) =>
  editVisit(visit, { id: idOf(500), changes: { [field]: { from, to } } as never }, 林海) as Visit;

const applied = (visit: Visit, from: string, to: string, id = 500) =>
  applyAct(visit, { name: 'edit', body: { id: idOf(id), changes: { goal: { from, to } } } }, 林海) as Visit;

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
    const ofNoLength = { ...visit, planned_from: on('10:00') };
    assert.equal(said(settle(ofNoLength, 'mine', `${idOf(500)}:planned_to`)), 'visits.times_reversed');
    const ends = edit(visitWith({ planned_to: on('16:00') }), 'planned_to', on('16:00'), on('09:00'));
    assert.equal(said(ends), 'visits.times_reversed');
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

describe('R28 a clash in which both say the same by now', () => {
  const clashed = applied(visitWith({ goal: '他的' }), '旧', '我的');

  it('is settled by the act that made them say the same, in the name of whoever did it', () => {
    assert.equal(openClashes(clashed).length, 1);
    const same = applied(clashed, '他的', '我的', 501);
    const [clash] = same.clashes;
    assert.deepEqual(clash?.settled, { keep: 'same', ...stamped('12:00') });
    assert.deepEqual([same.goal, clash?.theirs, clash?.mine], ['我的', '他的', '我的']);
    assert.equal(openClashes(applied(clashed, '他的', '第三种', 501)).length, 1);
  });

  it('a decision for one settles another one that says the same', () => {
    const twice = applied(clashed, '旧', '我的', 501);
    assert.equal(openClashes(twice).length, 2);
    const act: VisitAct = { name: 'settle_clash', body: { clash_id: `${idOf(500)}:goal`, keep: 'mine' } };
    const settled = applyAct(twice, act, 林海) as Visit;
    assert.deepEqual(
      settled.clashes.map((clash) => clash.settled?.keep),
      ['mine', 'same'],
    );
  });

  it('can still be decided by whoever had not heard of it: their word stands', () => {
    const same = applied(clashed, '他的', '我的', 501);
    for (const keep of ['theirs', 'mine'] as const) {
      const act: VisitAct = { name: 'settle_clash', body: { clash_id: `${idOf(500)}:goal`, keep } };
      const decided = applyAct(same, act, 林海) as Visit;
      assert.deepEqual([decided.goal, decided.clashes[0]?.settled?.keep], ['我的', keep]);
      assert.equal(said(applyAct(decided, act, 林海)), 'visits.clash_settled');
    }
  });
});
