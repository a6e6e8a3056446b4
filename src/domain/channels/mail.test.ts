import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStale, nextAttempt, refuseRetrying } from './mail.ts';

const now = '2026-11-22T08:00:00.000Z';

test('a mail that was put off is tried again later and later, for about two days, and then given up', () => {
  const minutes = [];
  for (let attempts = 1; ; attempts += 1) {
    const at = nextAttempt({ attempts, failure: 'put_off' }, now);
    if (at === null) break;
    minutes.push((Date.parse(at) - Date.parse(now)) / 60_000);
  }
  assert.deepEqual(minutes, [1, 5, 15, 60, 240, 720, 1_440]);
});

test('what the mail server refuses for good is not tried again by itself', () => {
  assert.equal(nextAttempt({ attempts: 1, failure: 'refused' }, now), null);
});

test('a mail that was sent is not sent again by hand', () => {
  assert.equal(refuseRetrying({ state: 'sent' })?.code, 'mails.already_sent');
  assert.equal(refuseRetrying({ state: 'failed' }), null);
  assert.equal(refuseRetrying({ state: 'waiting' }), null);
});

test('a mail that waited more than a week for a mail server does not leave by itself', () => {
  assert.equal(isStale({ created_at: '2026-11-15T08:00:00.000Z' }, now), false);
  assert.equal(isStale({ created_at: '2026-11-15T07:59:59.000Z' }, now), true);
});
