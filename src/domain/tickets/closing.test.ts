import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseClosing, refuseReopening } from './closing.ts';

const promise = { id: 'p', words: '明天上午发报告', due_at: '2026-11-23T02:00:00.000Z' };

const visit = {
  id: 'v',
  number: 412,
  planned_from: '2026-11-24T01:00:00.000Z',
  engineer_name: '林海',
};

test('a ticket for which somebody is still to travel is not closed, and the refusal names the visit', () => {
  const refusal = refuseClosing({ state: 'open' }, { promises: [], visits: [visit] });
  assert.equal(refusal?.code, 'tickets.visits_to_come');
  assert.deepEqual(refusal?.params, { count: 1, number: 412, engineer: '林海', visits: [visit] });
  const both = refuseClosing({ state: 'open' }, { promises: [promise], visits: [visit] });
  assert.equal(both?.code, 'tickets.promises_unsettled');
});

test('R9 a ticket with an unsettled promise is not closed, and the refusal names the promise', () => {
  const refusal = refuseClosing({ state: 'open' }, { promises: [promise], visits: [] });
  assert.equal(refusal?.code, 'tickets.promises_unsettled');
  assert.deepEqual(refusal?.params.promises, [promise]);
});

test('R9 a ticket whose promises are all settled closes from every state but closed', () => {
  for (const state of ['new', 'open', 'waiting_on_customer'] as const) {
    assert.equal(refuseClosing({ state }, { promises: [], visits: [] }), null);
  }
  assert.equal(
    refuseClosing({ state: 'closed' }, { promises: [], visits: [visit] })?.code,
    'tickets.already_closed',
  );
});

test('only a closed ticket is opened again', () => {
  assert.equal(refuseReopening({ state: 'closed' }), null);
  assert.equal(refuseReopening({ state: 'open' })?.code, 'tickets.not_closed');
});
