import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseLosingLastAdministrator } from './administrators.ts';
import { grantedScopes, scopeFamilies } from './api-keys.ts';
import { invitationEnd, invitationState, refuseAccepting, refuseChangingInvitation } from './inviting.ts';
import { email, phone, roles, zone } from './person.ts';

const now = '2026-11-22T08:00:00.000Z';
const open = { accepted_at: null, revoked_at: null, expires_at: invitationEnd(now) };

test('R70 an invitation is open for fourteen days, until it is accepted or taken back', () => {
  assert.equal(open.expires_at, '2026-12-06T08:00:00.000Z');
  assert.equal(invitationState(open, now), 'open');
  assert.equal(invitationState(open, open.expires_at), 'expired');
  assert.equal(invitationState({ ...open, accepted_at: now }, '2027-01-01T00:00:00.000Z'), 'accepted');
  assert.equal(invitationState({ ...open, revoked_at: now }, now), 'revoked');
});

test('R70 only an open invitation is accepted; one that ran out may be sent again', () => {
  const expired = { ...open, expires_at: now };
  assert.equal(refuseAccepting(open, now), null);
  assert.equal(refuseAccepting(expired, now)?.code, 'people.invitation_expired');
  assert.equal(refuseAccepting({ ...open, revoked_at: now }, now)?.code, 'people.invitation_revoked');
  assert.equal(refuseChangingInvitation(expired, now), null);
  assert.equal(
    refuseChangingInvitation({ ...open, accepted_at: now }, now)?.code,
    'people.invitation_accepted',
  );
});

test('R70 the last enabled administrator can neither be demoted nor disabled', () => {
  const one = { id: 'a', roles: ['engineer'] as const, disabled: false };
  assert.equal(refuseLosingLastAdministrator(['a'], one)?.code, 'people.last_administrator');
  const shut = { id: 'a', roles: ['administrator'] as const, disabled: true };
  assert.equal(refuseLosingLastAdministrator(['a'], shut)?.code, 'people.last_administrator');
  assert.equal(refuseLosingLastAdministrator(['a', 'b'], one), null);
  assert.equal(refuseLosingLastAdministrator(['a'], { ...shut, disabled: false }), null);
  assert.equal(refuseLosingLastAdministrator(['b'], one), null, 'who is none cannot be the last');
});

test('R70 an API key never opens what its owner may not do, nor what only a person may', () => {
  const permissions = [
    'tickets.list',
    'tickets.close',
    'me.open',
    'api_keys.create',
    'sessions.list',
    'health.check',
  ];
  assert.deepEqual(scopeFamilies(permissions), ['me', 'tickets']);
  assert.deepEqual(grantedScopes(['tickets:write'], permissions), ['me:read', 'tickets:write']);
  const refused = grantedScopes(['tickets:read', 'api_keys:write', 'people:read'], permissions);
  assert.deepEqual((refused as { params: unknown }).params, { scopes: ['api_keys:write', 'people:read'] });
});

test('addresses, telephone numbers, roles and zones are taken as people write them', () => {
  assert.equal(email.parse('  Shen@Firm.Example '), 'shen@firm.example');
  assert.equal(email.safeParse('shen').success, false);
  assert.equal(email.safeParse('shen\u0000@firm.example').success, false);
  assert.equal(phone.safeParse('+86 (10) 6552-9988').success, true);
  assert.equal(phone.safeParse('call me').success, false);
  assert.deepEqual(roles.parse(['administrator', 'engineer']), ['engineer', 'administrator']);
  assert.equal(roles.safeParse(['engineer', 'engineer']).success, false);
  assert.equal(roles.safeParse([]).success, false);
  assert.equal(zone.safeParse('America/Argentina/Ushuaia').success, true);
  assert.equal(zone.safeParse('Asia/Shanghai; drop').success, false);
});
