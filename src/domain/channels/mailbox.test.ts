import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback, pauseBeforeTry, refuseHalf, refusePlain } from './mailbox.ts';

test('R1 only this machine itself is reached without encryption, unless somebody answers for it', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.8.7', '::1']) assert.ok(isLoopback(host), host);
  for (const host of ['mail.example', '127.0.0.1.example', '10.0.0.1', 'localhost.example'])
    assert.ok(!isLoopback(host), host);
  const side = { host: 'mail.example', security: 'plain' as const };
  assert.equal(refusePlain([side], false)?.code, 'mailboxes.plain_not_allowed');
  assert.equal(refusePlain([side], true), null);
  assert.equal(
    refusePlain(
      [
        { ...side, security: 'tls' },
        { host: '127.0.0.1', security: 'plain' },
      ],
      false,
    ),
    null,
  );
});

test('R1 half a connection is none', () => {
  const none = {
    imap_host: null,
    imap_port: null,
    imap_security: null,
    imap_user: null,
    smtp_host: null,
    smtp_port: null,
    smtp_security: null,
  };
  assert.equal(refuseHalf(none), null);
  assert.deepEqual(refuseHalf({ ...none, imap_host: 'mail.example', imap_port: 993 })?.params, {
    side: 'receiving',
  });
  assert.deepEqual(refuseHalf({ ...none, smtp_host: 'mail.example' })?.params, { side: 'sending' });
});

test('R1 a connection is tried again soon, then seldom, and never given up', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 1_000].map(pauseBeforeTry);
  assert.deepEqual(pauses, [5, 15, 60, 180, 600, 600, 600]);
});
