import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { said, stamped, visitWith, 林海 } from '#test/quiet-visit.ts';
import { Refusal } from '../ground/refusal.ts';
import { checkReadiness, openReadiness, readinessListOf } from './readiness.ts';
import { type ReadinessItem, type Visit, type VisitKind, visitKinds } from './visit.ts';

const lists: Record<VisitKind, string> = {
  repair: 'backup way_back kit access offline_pack',
  inspection: 'kit access offline_pack',
  installation: 'rehearsal way_back kit access offline_pack',
  upgrade: 'rehearsal backup way_back kit access offline_pack',
  training: 'rehearsal kit access',
  survey: 'access offline_pack',
};

describe('R21 readiness', () => {
  for (const kind of visitKinds) {
    it(`asks for a ${kind}: ${lists[kind]}; in an emergency for kit and access`, () => {
      assert.equal(readinessListOf({ kind, is_emergency: false }).join(' '), lists[kind]);
      assert.equal(readinessListOf({ kind, is_emergency: true }).join(' '), 'kit access');
    });
  }

  const check = (
    visit: Visit,
    item: ReadinessItem,
    state: 'ticked' | 'waived' | 'open',
    reason: string | null = null,
  ) => checkReadiness(visit, { item, state, reason }, 林海);

  it('what is ticked or waived is not open any more, and says by whom', () => {
    const ticked = check(visitWith(), 'kit', 'ticked') as Visit;
    const waived = check(ticked, 'backup', 'waived', '只读检查') as Visit;
    assert.deepEqual(openReadiness(waived), ['way_back', 'access', 'offline_pack']);
    assert.deepEqual(waived.readiness, [
      { item: 'backup', state: 'waived', reason: '只读检查', ...stamped('12:00') },
      { item: 'kit', state: 'ticked', reason: null, ...stamped('12:00') },
    ]);
    assert.deepEqual(
      (check(waived, 'kit', 'open') as Visit).readiness.map(({ item }) => item),
      ['backup'],
    );
    assert.equal(
      (check(waived, 'backup', 'ticked') as Visit).readiness[0]?.state,
      'ticked',
      'a later word replaces it',
    );
  });

  it('a waiver without a reason and an item that this job does not ask for are refused', () => {
    assert.equal(said(check(visitWith(), 'kit', 'waived')), 'visits.waiver_needs_reason');
    assert.equal(said(check(visitWith(), 'rehearsal', 'ticked')), 'visits.readiness_not_asked');
    assert.equal(
      said(check(visitWith({ is_emergency: true }), 'backup', 'ticked')),
      'visits.readiness_not_asked',
    );
    assert.ok(check(visitWith(), 'rehearsal', 'ticked') instanceof Refusal);
  });
});
