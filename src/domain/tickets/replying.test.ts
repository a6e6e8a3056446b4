import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../ground/refusal.ts';
import { refuseReply, stateAfterCustomerWord, stateAfterReply } from './replying.ts';

const now = '2026-11-22T08:00:00.000Z';
const cases = [
  { name: 'an answer needs no next time', reply: { no_answer_yet: false, next_update_at: null }, code: null },
  {
    name: '“no answer yet” without a next time',
    reply: { no_answer_yet: true, next_update_at: null },
    code: 'tickets.next_time_missing',
  },
  {
    name: 'a next time that has passed',
    reply: { no_answer_yet: true, next_update_at: now },
    code: 'tickets.next_time_past',
  },
  {
    name: '“no answer yet” with a time ahead',
    reply: { no_answer_yet: true, next_update_at: '2026-11-22T09:00:00.000Z' },
    code: null,
  },
];

for (const { name, reply, code } of cases) {
  test(`R8 ${name}: ${code ?? 'goes out'}`, () => {
    assert.equal(refuseReply({ state: 'open' }, reply, now)?.code ?? null, code);
  });
}

test('nothing is said in a closed ticket', () => {
  const reply = { no_answer_yet: false, next_update_at: null };
  assert.equal(refuseReply({ state: 'closed' }, reply, now)?.code, 'tickets.already_closed');
  assert.ok(stateAfterCustomerWord({ state: 'closed' }) instanceof Refusal);
});

test('our first word takes a new ticket up; the customer’s word ends the waiting', () => {
  assert.equal(stateAfterReply({ state: 'new' }), 'open');
  assert.equal(stateAfterReply({ state: 'waiting_on_customer' }), 'waiting_on_customer');
  assert.equal(stateAfterCustomerWord({ state: 'waiting_on_customer' }), 'open');
  assert.equal(stateAfterCustomerWord({ state: 'new' }), 'new');
});
