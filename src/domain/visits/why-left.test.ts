import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Visit } from './visit.ts';
import { whyLeft } from './why-left.ts';

const visit = (over: Partial<Visit>) =>
  ({
    ...{ engineer_id: 'me', engineer_name: '周敏', state: 'dispatched', cancelled: null },
    ...{ signatures: [], days: [], arrived_at: '2026-11-29T01:00:00.000Z' },
    ...over,
  }) as unknown as Visit;
const cancelled = { by_name: '林海', reason: '客户改期' } as Visit['cancelled'];

test('R28 a visit that left the day says why: called off, a colleague’s, not signed yet', () => {
  assert.deepEqual(whyLeft(visit({ state: 'cancelled', cancelled }), 'me'), {
    ...{ why: 'cancelled', name: '林海', reason: '客户改期' },
  });
  assert.deepEqual(whyLeft(visit({ engineer_id: 'other' }), 'me'), { why: 'others', name: '周敏' });
  assert.deepEqual(whyLeft(visit({ state: 'done' }), 'me'), { why: 'unsigned' });
});

test('R28 of a visit that is signed and over, or put off to another week, there is nothing to say', () => {
  const signatures = [{ id: 's' }] as Visit['signatures'];
  assert.equal(whyLeft(visit({ state: 'done', signatures }), 'me'), null);
  assert.equal(whyLeft(visit({}), 'me'), null);
});
