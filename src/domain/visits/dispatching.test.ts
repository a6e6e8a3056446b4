import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { column, idOf, said, stamped, visitWith, 林海 } from '#test/quiet-visit.ts';
import type { Refusal } from '../ground/refusal.ts';
import { dispatchVisit, reassignVisit, setScope } from './dispatching.ts';
import { readinessItems, type Visit, visitStates } from './visit.ts';

const ready = readinessItems.map((item) => ({
  item,
  state: 'ticked' as const,
  reason: null,
  ...stamped('08:00'),
}));
const agreed = { scope_sales: column(), scope_customer: column(), scope_interface: column() };
const dispatch = (visit: Visit, override_reason: string | null = null) =>
  dispatchVisit(visit, { override_reason }, 林海);

describe('R20 R21 sending off', () => {
  it('goes when all is ready and all sides agree; a reason that nothing asked for is not kept', () => {
    const after = dispatch(visitWith({ ...agreed, readiness: ready }), '以防万一') as Visit;
    assert.equal(after.state, 'dispatched');
    assert.deepEqual(after.dispatched, { ...stamped('12:00'), overridden: [], override_reason: null });
  });

  it('open readiness refuses and names the items, whatever reason is given', () => {
    const refused = dispatch(visitWith({ ...agreed, readiness: ready.slice(1, 3) }), '客户催') as Refusal;
    assert.equal(refused.code, 'visits.not_ready');
    assert.deepEqual(refused.params.items, ['kit', 'access', 'offline_pack']);
  });

  it('an unclear scope refuses and says why, and is overridden in one’s own name with a reason', () => {
    const visit = visitWith({ readiness: ready, scope_sales: column(), interface_contact_id: null });
    const refused = dispatch(visit) as Refusal;
    assert.equal(refused.code, 'visits.scope_unclear');
    const codes = ['no_interface_person', 'column_missing', 'column_missing'];
    assert.deepEqual(
      (refused.params.objections as { code: string }[]).map(({ code }) => code),
      codes,
    );
    const after = dispatch(visit, '客户催得急') as Visit;
    assert.deepEqual(after.dispatched, {
      ...stamped('12:00'),
      overridden: codes,
      override_reason: '客户催得急',
    });
  });

  for (const state of visitStates.filter((one) => one !== 'planned')) {
    it(`is refused when it is ${state} already`, () => {
      assert.equal(
        said(dispatch(visitWith({ ...agreed, readiness: ready, state }))),
        'visits.already_dispatched',
      );
    });
  }
});

describe('giving a visit to a colleague', () => {
  const to = { engineer_id: idOf(6), engineer_name: '赵工' };

  it('changes whose it is and nothing that is under way', () => {
    const visit = visitWith({ state: 'working', departed_at: '2026-11-23T08:00:00.000Z' });
    assert.deepEqual(reassignVisit(visit, to, 林海), { ...visit, ...to });
  });

  it('is refused for whoever has it, and once it is over', () => {
    const same = { engineer_id: 林海.id, engineer_name: '林海' };
    assert.equal(said(reassignVisit(visitWith(), same, 林海)), 'visits.already_theirs');
    assert.equal(said(reassignVisit(visitWith({ state: 'done' }), to, 林海)), 'visits.over');
  });
});

describe('R20 filling in one side’s column', () => {
  it('leaves the others alone, and a column that somebody filled in meanwhile stays beside the new one', () => {
    const visit = visitWith({ scope_sales: column() });
    const [first, second] = [column({ hours: 2 }), column({ hours: 9 })];
    const body = { id: idOf(77), party: 'customer' as const, from: null };
    const after = setScope(visit, { ...body, to: first }, 林海) as Visit;
    assert.deepEqual(
      [after.scope_customer, after.scope_sales, after.clashes],
      [first, visit.scope_sales, []],
    );
    const clashed = setScope(after, { ...body, to: second }, 林海) as Visit;
    assert.deepEqual(clashed.scope_customer, first);
    assert.deepEqual(
      clashed.clashes.map(({ field, mine }) => [field, mine]),
      [['scope_customer', second]],
    );
  });
});
