import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingRoles, portalState, stakeholderRoleList } from './contact.ts';
import { refuseEndingAccess, refuseInviting, refuseOnOneself } from './portal-access.ts';

const now = '2026-11-22T08:00:00.000Z';
const nobody = {
  user_id: null,
  invitation_ends_at: null,
  portal_ended_at: null,
  left_at: null,
  email: 'chen@haiyan.example',
};
const cases = [
  { name: 'never asked in', contact: nobody, state: 'none', invite: null, end: 'contacts.no_access' },
  {
    name: 'invited',
    contact: { ...nobody, invitation_ends_at: '2026-11-30T00:00:00.000Z' },
    state: 'invited',
    invite: null,
    end: null,
  },
  {
    name: 'invited too long ago',
    contact: { ...nobody, invitation_ends_at: now },
    state: 'expired',
    invite: null,
    end: null,
  },
  {
    name: 'in the portal',
    contact: { ...nobody, user_id: 'u' },
    state: 'active',
    invite: 'contacts.already_active',
    end: null,
  },
  {
    name: 'shut out',
    contact: { ...nobody, user_id: 'u', portal_ended_at: now },
    state: 'ended',
    invite: null,
    end: 'contacts.no_access',
  },
  {
    name: 'gone from the customer',
    contact: { ...nobody, user_id: 'u', left_at: now },
    state: 'ended',
    invite: 'contacts.already_left',
    end: 'contacts.already_left',
  },
  {
    name: 'without an address',
    contact: { ...nobody, email: null },
    state: 'none',
    invite: 'contacts.email_missing',
    end: 'contacts.no_access',
  },
];
for (const { name, contact, state, invite, end } of cases) {
  test(`R70 somebody ${name} is ${state} in the portal, and can be invited or shut out accordingly`, () => {
    assert.equal(portalState(contact, now), state);
    assert.equal(refuseInviting(contact, now)?.code ?? null, invite);
    assert.equal(refuseEndingAccess(contact, now)?.code ?? null, end);
  });
}

test('R70 nobody shuts the portal’s door behind themselves', () => {
  assert.equal(refuseOnOneself('c', 'c')?.code, 'contacts.not_oneself');
  assert.equal(refuseOnOneself('c', 'd'), null);
});

test('R35 stakeholder roles are kept once each in one order, and the gaps are those nobody present holds', () => {
  assert.deepEqual(stakeholderRoleList.parse(['interface', 'pays', 'pays']), ['pays', 'interface']);
  const people = [
    { roles: ['pays', 'approves'], left_at: null },
    { roles: ['runs'], left_at: now },
  ];
  assert.deepEqual(missingRoles(people), ['uses', 'runs', 'interface']);
});
