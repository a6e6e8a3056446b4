import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingParts, type Promised, refuseCompleting, refuseMoving, refuseSettling } from './settling.ts';

const now = '2026-11-22T08:00:00.000Z';
const tomorrow = '2026-11-23T08:00:00.000Z';
const whole: Promised = { state: 'open', to_contact_id: 'c', owner_id: 'u', due_at: tomorrow };

test('R9 a promise caught in passing says what it lacks', () => {
  assert.deepEqual(missingParts(whole), []);
  assert.deepEqual(missingParts({ ...whole, to_contact_id: null, due_at: null }), [
    'to_contact_id',
    'due_at',
  ]);
});

test('R9 a promise is settled once, and only after the customer was told', () => {
  assert.equal(refuseSettling(whole, { told_at: now }, now), null);
  assert.equal(
    refuseSettling({ ...whole, state: 'kept' }, { told_at: now }, now)?.code,
    'promises.already_settled',
  );
  assert.equal(refuseSettling(whole, { told_at: tomorrow }, now)?.code, 'promises.told_in_future');
});

test('R9 a promise moves ahead, never into the past, and not before it has a due time', () => {
  assert.equal(refuseMoving(whole, '2026-11-24T08:00:00.000Z', now), null);
  assert.equal(refuseMoving(whole, now, now)?.code, 'promises.due_in_past');
  assert.equal(refuseMoving({ ...whole, due_at: null }, tomorrow, now)?.code, 'promises.incomplete');
  assert.equal(
    refuseMoving({ ...whole, state: 'declined' }, tomorrow, now)?.code,
    'promises.already_settled',
  );
});

test('R9 completing fills what is missing and leaves a due time that was said', () => {
  assert.equal(refuseCompleting({ ...whole, due_at: null }, { due_at: tomorrow }, now), null);
  assert.equal(
    refuseCompleting(whole, { due_at: '2026-11-25T08:00:00.000Z' }, now)?.code,
    'promises.move_instead',
  );
  assert.equal(refuseCompleting(whole, { owner_id: 'v' }, now), null);
  assert.equal(
    refuseCompleting({ ...whole, state: 'kept' }, { owner_id: 'v' }, now)?.code,
    'promises.already_settled',
  );
});
