import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClaimedTicket, placeMail, type SenderStanding } from './placing.ts';
import type { MailKind } from './received-mail.ts';

const wu: SenderStanding = { kind: 'contact', customer_id: 'luwei', contact_id: 'wu' };
const colleague: SenderStanding = { kind: 'domain', customer_id: 'luwei' };
const doctor: SenderStanding = { kind: 'contact', customer_id: 'huaan', contact_id: 'li' };
const stranger: SenderStanding = { kind: 'unknown' };
const dismissed: SenderStanding = { kind: 'dismissed' };
const claims = (over: Partial<ClaimedTicket> = {}): ClaimedTicket => ({
  ticket_id: 't1',
  customer_id: 'luwei',
  is_closed: false,
  by: 'token',
  is_participant: false,
  is_own: false,
  ...over,
});
const place = (
  sender: SenderStanding,
  claimed: ClaimedTicket | null,
  more: { kind?: MailKind; after?: 'reopen' | 'new_ticket' } = {},
) => placeMail({ kind: more.kind ?? 'message', sender, claimed, after_closing: more.after ?? 'reopen' });
const opened = (over: object) => ({
  act: 'open',
  customer_id: 'luwei',
  follows: null,
  claims: null,
  ...over,
});
const joined = { act: 'join', ticket_id: 't1', reopens: false };

test('R1 a mail goes where its sender’s standing reaches', () => {
  const cases: [string, unknown, unknown][] = [
    ['a contact without a thread', place(wu, null), opened({})],
    ['a colleague known by the domain', place(colleague, null), opened({})],
    ['somebody nobody knows', place(stranger, null), { act: 'wait', claims: null }],
    ['a contact in their thread', place(wu, claims()), joined],
    ['a contact who only knows the number', place(wu, claims({ by: 'number' })), joined],
    ['a colleague by the domain in the thread', place(colleague, claims({ by: 'reference' })), joined],
    ['somebody whom the customer wrote a copy', place(stranger, claims({ is_participant: true })), joined],
    ['a sender not yet known, again', place(stranger, claims({ is_own: true })), joined],
  ];
  for (const [name, got, wanted] of cases) assert.deepEqual(got, wanted, name);
});

test('R1 a stranger who spoofs a thread gets a ticket of their own that waits, whatever they know of it', () => {
  for (const by of ['token', 'reference', 'number'] as const) {
    assert.deepEqual(place(stranger, claims({ by })), { act: 'wait', claims: 't1' });
    assert.deepEqual(place(doctor, claims({ by })), opened({ customer_id: 'huaan', claims: 't1' }));
    assert.deepEqual(place(stranger, claims({ by, is_closed: true })), { act: 'wait', claims: 't1' });
  }
  const guessed = claims({ by: 'number', is_participant: true });
  assert.deepEqual(place(stranger, guessed), { act: 'wait', claims: 't1' }, 'a number is no proof');
});

test('R1 a word after closing opens again, or begins a ticket that names the closed one', () => {
  const closed = claims({ is_closed: true });
  assert.deepEqual(place(wu, closed), { ...joined, reopens: true });
  assert.deepEqual(place(wu, closed, { after: 'new_ticket' }), opened({ follows: 't1' }));
  const guest = claims({ is_closed: true, is_participant: true });
  assert.deepEqual(place(stranger, guest, { after: 'new_ticket' }), { act: 'wait', claims: null });
});

test('R1 what a program wrote opens nothing, and who was dismissed is set aside', () => {
  for (const kind of ['auto_reply', 'bounce', 'own_loop'] as const) {
    assert.deepEqual(place(wu, claims(), { kind }), { act: 'note', ticket_id: 't1' });
    assert.deepEqual(place(wu, null, { kind }), { act: 'note', ticket_id: null });
    assert.deepEqual(place(stranger, claims(), { kind }), { act: 'note', ticket_id: null });
  }
  assert.deepEqual(place(dismissed, null), { act: 'set_aside' });
  assert.deepEqual(place(dismissed, claims()), { act: 'set_aside' });
});
