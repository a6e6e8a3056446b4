import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantOfWall } from '../../ui/wall-time.ts';
import { beginEdit, changesOf, type EditDraft } from './editing-plan.ts';

const zone = 'Asia/Shanghai';
const visit = {
  kind: 'repair' as const,
  is_emergency: false,
  emergency_reason: '',
  planned_from: '2026-11-22T01:00:30.000Z',
  planned_to: '2026-11-22T03:00:00.000Z',
  site_id: 'site',
  goal: '二号机能开机',
  done_when: '',
  not_today: '',
  interface_contact_id: null,
  signer_ids: [],
};
const begun = beginEdit(visit, zone);
const told = (draft: EditDraft) =>
  changesOf(draft, {
    from: instantOfWall(draft.plan.from, zone),
    to: instantOfWall(draft.plan.to, zone),
  });
const changing = (part: Partial<typeof begun.plan>) => told({ ...begun, plan: { ...begun.plan, ...part } });

test('a form that nobody touched changes nothing, not even the seconds of a time', () => {
  assert.deepEqual(changing({}), {});
});

test('what is changed stands beside what the form began with, and the rest is left alone', () => {
  assert.deepEqual(changing({ goal: '两台都能开机' }), {
    goal: { from: '二号机能开机', to: '两台都能开机' },
  });
  assert.deepEqual(changing({ to: '2026-11-22T12:00' }).planned_to, {
    from: '2026-11-22T03:00:00.000Z',
    to: '2026-11-22T04:00:00.000Z',
  });
});

test('a draft kept over a reload is told against its own beginning, whatever the record says by then', () => {
  const kept: EditDraft = JSON.parse(JSON.stringify({ ...begun, plan: { ...begun.plan, goal: '换电源' } }));
  // A colleague wrote another goal meanwhile: the server has to see what ours was based on.
  assert.deepEqual(beginEdit({ ...visit, goal: '换主板' }, zone).plan.goal, '换主板');
  assert.deepEqual(told(kept), {
    goal: { from: '二号机能开机', to: '换电源' },
  });
});

test('whoever makes it an emergency says why', () => {
  assert.deepEqual(changing({ is_emergency: true, emergency_reason: '只剩一台' }), {
    is_emergency: { from: false, to: true },
    emergency_reason: { from: '', to: '只剩一台' },
  });
});
