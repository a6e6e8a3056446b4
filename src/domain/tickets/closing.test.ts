import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseClosing, refuseReopening } from './closing.ts';

const promise = { id: 'p', words: '明天上午发报告', due_at: '2026-11-23T02:00:00.000Z' };

test('R9 a ticket with an unsettled promise is not closed, and the refusal names the promise', () => {
  const refusal = refuseClosing({ state: 'open' }, [promise]);
  assert.equal(refusal?.code, 'tickets.promises_unsettled');
  assert.deepEqual(refusal?.params.promises, [promise]);
});

test('R9 a ticket whose promises are all settled closes from every state but closed', () => {
  for (const state of ['new', 'open', 'waiting_on_customer'] as const) {
    assert.equal(refuseClosing({ state }, []), null);
  }
  assert.equal(refuseClosing({ state: 'closed' }, [])?.code, 'tickets.already_closed');
});

test('only a closed ticket is opened again', () => {
  assert.equal(refuseReopening({ state: 'closed' }), null);
  assert.equal(refuseReopening({ state: 'open' })?.code, 'tickets.not_closed');
});
