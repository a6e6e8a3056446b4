import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idOf, said, stamped, visitWith, 林海 } from '#test/quiet-visit.ts';
import { applyAct } from './acting.ts';
import { refuseEmergency } from './declaring-emergency.ts';
import type { Visit } from './visit.ts';

type Changes = Record<string, [from: unknown, to: unknown]>;
const edit = (visit: Visit, fields: Changes) => {
  const changes = Object.fromEntries(
    Object.entries(fields).map(([name, [from, to]]) => [name, { from, to }]),
  );
  return applyAct(visit, { name: 'edit', body: { id: idOf(7), changes } }, 林海);
};
const calm = visitWith();
const urgent = visitWith({ is_emergency: true, emergency_reason: '门店停业' });
const unasked = visitWith({ is_emergency: true });
const declared: Changes = { is_emergency: [false, true] };
const why = (from: string, to: string): Changes => ({ emergency_reason: [from, to] });
const refused = 'visits.emergency_needs_reason';

type Case = [what: string, visit: Visit, changes: Changes, refused: boolean];
const cases: Case[] = [
  ['made an emergency without a reason', calm, declared, true],
  ['with a reason of blanks', calm, { ...declared, ...why('', ' \n') }, true],
  ['with a reason', calm, { ...declared, ...why('', '门店停业') }, false],
  ['with the reason of an earlier one', visitWith({ emergency_reason: '上次' }), declared, true],
  ['with its reason said otherwise', urgent, why('门店停业', '三家门店停业'), false],
  ['with its reason taken away', urgent, why('门店停业', ''), true],
  ['no emergency any more', urgent, { is_emergency: [true, false] }, false],
  [
    'no emergency any more, and its reason gone',
    urgent,
    { is_emergency: [true, false], ...why('门店停业', '') },
    false,
  ],
  ['from before anybody was asked, changed elsewhere', unasked, { goal: [unasked.goal, '别的'] }, false],
  ['from before anybody was asked, given its reason', unasked, why('', '门店停业'), false],
];

describe('R20 R21 an emergency has its reason', () => {
  for (const [what, visit, changes, isRefused] of cases) {
    it(`a visit ${what} is ${isRefused ? 'refused' : 'taken'}`, () => {
      assert.equal(said(edit(visit, changes)) === refused, isRefused);
    });
  }

  it('says who gave it and when', () => {
    const after = edit(calm, { ...declared, ...why('', '门店停业') }) as Visit;
    assert.equal(after.emergency_reason, '门店停业');
    assert.deepEqual(after.last_changed?.emergency_reason, stamped('12:00'));
  });

  it('keeps it when a clash is settled for an empty one', () => {
    const clashed = edit(urgent, why('从前的', '')) as Visit;
    assert.equal(clashed.clashes.length, 1);
    const settle = { clash_id: `${idOf(7)}:emergency_reason`, keep: 'mine' as const };
    assert.equal(said(applyAct(clashed, { name: 'settle_clash', body: settle }, 林海)), refused);
  });

  it('when it is planned', () => {
    assert.equal(said(refuseEmergency({ is_emergency: true, emergency_reason: ' ' })), refused);
    for (const planned of [calm, urgent]) assert.equal(refuseEmergency(planned), null);
  });
});
