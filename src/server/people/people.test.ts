import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { type Answer, startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const code = (answer: Answer) => (answer.body as { code?: string }).code;
const password = 'a long enough password';

async function invite(overrides: Record<string, unknown> = {}) {
  const body = {
    id: newId(),
    name: '新同事',
    email: `${newId().slice(-12)}@cast.example`,
    roles: ['engineer'],
    locale: 'zh-CN',
    ...overrides,
  };
  const answer = await server.send('管理员', 'POST /api/invitations', body);
  const sent = answer.body as { link: string };
  return { ...body, answer, token: sent.link?.split('/').at(-1) };
}

function accept(token: unknown, overrides: Record<string, unknown> = {}) {
  const body = { token, name: '新同事', password, locale: 'zh-CN', zone: 'Asia/Shanghai', ...overrides };
  return server.send(null, 'POST /api/invitation-links/accept', body);
}

test('R70 who am I: person, roles, permissions and firm; a contact learns nothing of the staff', async () => {
  const staff = (await server.get('林海', '/api/me')).body as { roles: string[]; permissions: string[] };
  assert.deepEqual(staff.roles, ['engineer']);
  assert.ok(staff.permissions.includes('tickets.list') && !staff.permissions.includes('people.disable'));
  const contact = (await server.get('小吴', '/api/me')).body as { kind: string; customer_id: string };
  assert.equal(contact.kind, 'contact');
  assert.equal(contact.customer_id, customers.鲁味餐饮.id);
  assert.equal((await server.get(null, '/api/me')).status, 401);
  assert.equal((await server.get('小吴', '/api/people')).status, 404);
  assert.equal((await server.get('小吴', `/api/people/${people.林海.id}`)).status, 404);
});

test('R70 an invitation brings a colleague in, once, with a password that is good enough', async () => {
  assert.equal((await server.send('林海', 'POST /api/invitations', {})).status, 403);
  const invitation = await invite({ email: 'Mixed.Case@Cast.example' });
  assert.equal(invitation.answer.status, 201);
  const opened = (await server.get(null, `/api/invitation-links/${invitation.token}`)).body as {
    email: string;
  };
  assert.equal(opened.email, 'mixed.case@cast.example');
  assert.equal(code(await accept(invitation.token, { password: 'short' })), 'people.password_too_short');
  assert.equal(code(await accept(invitation.token, { password: 'Mixed.Case1' })), 'people.password_is_you');
  const accepted = await accept(invitation.token);
  assert.equal(accepted.status, 201, JSON.stringify(accepted.body));
  assert.equal(code(await accept(invitation.token)), 'people.invitation_accepted');
  assert.equal(
    code(await server.get(null, `/api/invitation-links/${invitation.token}`)),
    'people.invitation_accepted',
  );
  assert.equal(code((await invite({ email: 'mixed.case@cast.example' })).answer), 'people.email_taken');
  assert.deepEqual(await server.eventsOf(invitation.id), ['invitation.sent', 'invitation.accepted']);
});

test('R70 a link is kept as a hash only, and a repeat of the request does not show it again', async () => {
  const key = newId();
  const body = { id: newId(), name: '重复', email: 'repeat@cast.example', roles: ['sales'], locale: 'zh-CN' };
  const first = (await server.send('管理员', 'POST /api/invitations', body, { key })).body as {
    link: string;
  };
  const again = (await server.send('管理员', 'POST /api/invitations', body, { key })).body as { link: null };
  assert.ok(first.link);
  assert.equal(again.link, null);
  const token = first.link.split('/').at(-1) as string;
  const stored = JSON.stringify([
    await server.db.selectFrom('invitations').selectAll().execute(),
    await server.db.selectFrom('verdicts').selectAll().execute(),
    await server.db.selectFrom('events').selectAll().execute(),
  ]);
  assert.ok(!stored.includes(token));
});

test('R70 a link sent again replaces the old one; one taken back opens nothing', async () => {
  const invitation = await invite();
  const again = await server.send('管理员', `POST /api/invitations/${invitation.id}/resend`);
  const token = (again.body as { link: string }).link.split('/').at(-1);
  assert.equal(code(await accept(invitation.token)), 'people.invitation_unknown');
  assert.equal((await server.get(null, `/api/invitation-links/${token}`)).status, 200);
  assert.equal((await server.send('周敏', `POST /api/invitations/${invitation.id}/revoke`)).status, 403);
  assert.equal((await server.send('管理员', `POST /api/invitations/${invitation.id}/revoke`)).status, 200);
  assert.equal(code(await accept(token)), 'people.invitation_revoked');
  const twice = await server.send('管理员', `POST /api/invitations/${invitation.id}/revoke`);
  assert.equal(code(twice), 'people.invitation_revoked');
  assert.deepEqual(await server.eventsOf(invitation.id), [
    'invitation.sent',
    'invitation.sent_again',
    'invitation.revoked',
  ]);
});

test('R70 a second invitation to the same address ends the first, and one that ran out cannot be accepted', async () => {
  const first = await invite({ email: 'twice@cast.example' });
  const second = await invite({ email: 'twice@cast.example' });
  assert.equal(code(await accept(first.token)), 'people.invitation_revoked');
  await server.db
    .updateTable('invitations')
    .set({ expires_at: new Date(Date.now() - 1_000).toISOString() })
    .where('id', '=', second.id)
    .execute();
  assert.equal(code(await accept(second.token)), 'people.invitation_expired');
  const list = (await server.get('管理员', '/api/invitations?state=all')).body as {
    items: { id: string; state: string }[];
  };
  const states = Object.fromEntries(list.items.map((row) => [row.id, row.state]));
  assert.deepEqual([states[first.id], states[second.id]], ['revoked', 'expired']);
});

test('R70 two who accept the same invitation at once make one account', async () => {
  const invitation = await invite();
  const answers = await Promise.all([accept(invitation.token), accept(invitation.token)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409]);
});

test('R70 roles are changed by administrators, by what stood there before', async () => {
  const path = `PATCH /api/people/${people.周敏.id}`;
  const changes = { roles: { from: ['dispatcher'], to: ['manager', 'dispatcher'] } };
  assert.equal((await server.send('陈立', path, { changes })).status, 403);
  const changed = await server.send('管理员', path, { changes });
  assert.deepEqual((changed.body as { roles: string[] }).roles, ['dispatcher', 'manager']);
  const stale = { roles: { from: ['dispatcher'], to: ['sales'] } };
  assert.equal(code(await server.send('管理员', path, { changes: stale })), 'ground.clash');
  assert.equal(
    code(await server.send('管理员', path, { changes: { roles: { from: [], to: [] } } })),
    'ground.invalid',
  );
  assert.deepEqual(await server.eventsOf(people.周敏.id), ['people.roles_changed']);
  const me = (await server.get('周敏', '/api/me')).body as { roles: string[] };
  assert.deepEqual(me.roles, ['dispatcher', 'manager'], 'from the next request on');
});

test('R70 the address with which a colleague signs in is changed by administrators, and stays one person’s', async () => {
  const path = `PATCH /api/people/${people.赵工.id}`;
  const from = `${people.赵工.id.slice(-4)}@cast.example`;
  const edit = (to: string) => server.send('管理员', path, { changes: { email: { from, to } } });
  assert.equal(code(await edit(`${people.林海.id.slice(-4)}@cast.example`)), 'people.email_taken');
  assert.equal(code(await edit('no address')), 'ground.invalid');
  const changed = await edit('Zhao.Gong@Cast.example');
  assert.equal((changed.body as { email: string }).email, 'zhao.gong@cast.example');
});

test('R70 the last administrator stays, also when two demote each other at the same moment', async () => {
  const demote = (id: string, who: '管理员' | '陈立') =>
    server.send(who, `PATCH /api/people/${id}`, {
      changes: { roles: { from: ['administrator'], to: ['engineer'] } },
    });
  assert.equal(code(await demote(people.管理员.id, '管理员')), 'people.last_administrator');
  assert.equal(
    code(await server.send('管理员', `POST /api/people/${people.管理员.id}/disable`)),
    'people.not_yourself',
  );
  await server.send('管理员', `PATCH /api/people/${people.陈立.id}`, {
    changes: { roles: { from: ['manager'], to: ['administrator'] } },
  });
  const both = await Promise.all([demote(people.陈立.id, '管理员'), demote(people.管理员.id, '陈立')]);
  assert.ok(both.some((answer) => answer.status === 200));
  const left = await server.db
    .selectFrom('users')
    .select('name')
    .where('roles', '@>', '{administrator}' as never)
    .execute();
  assert.equal(left.length, 1);
  // Back to how the cast began, whoever of the two was left.
  const set = async (who: '管理员' | '陈立', roles: string[]) =>
    server.db.updateTable('users').set({ roles }).where('id', '=', people[who].id).execute();
  await set('管理员', ['administrator']);
  await set('陈立', ['manager']);
});

test('R70 whoever is disabled is refused from the next request on, and comes back when enabled', async () => {
  const path = `POST /api/people/${people.王经理.id}`;
  assert.equal((await server.get('王经理', '/api/me')).status, 200);
  assert.equal((await server.send('陈立', `${path}/disable`)).status, 403);
  assert.equal((await server.send('管理员', `${path}/disable`)).status, 200);
  assert.equal((await server.get('王经理', '/api/me')).status, 401);
  assert.equal(code(await server.send('管理员', `${path}/disable`)), 'people.already_disabled');
  assert.equal((await server.send('管理员', `${path}/enable`)).status, 200);
  assert.equal((await server.get('王经理', '/api/me')).status, 401, 'the session is gone');
  assert.equal(code(await server.send('管理员', `${path}/enable`)), 'people.not_disabled');
  assert.deepEqual(await server.eventsOf(people.王经理.id), ['people.disabled', 'people.enabled']);
  const gone = await server.send('管理员', `POST /api/people/${contacts.小吴.user}/disable`);
  assert.equal(code(gone), 'people.not_found', 'contacts are the customers module’s');
});

test('R70 sessions are listed and ended by their holder and by administrators, and by nobody else', async () => {
  const own = (await server.get('林海', '/api/sessions')).body as {
    items: { id: string; is_this_one: boolean }[];
  };
  assert.equal(own.items.length, 1);
  assert.equal(own.items[0]?.is_this_one, true);
  const id = own.items[0]?.id as string;
  assert.equal(code(await server.send('周敏', `POST /api/sessions/${id}/revoke`)), 'people.session_unknown');
  assert.equal(code(await server.send('孙悦', `POST /api/sessions/${id}/revoke`)), 'people.session_unknown');
  assert.equal((await server.get('周敏', `/api/sessions?user_id=${people.林海.id}`)).status, 404);
  assert.equal((await server.get('管理员', `/api/sessions?user_id=${people.林海.id}`)).status, 200);
  assert.equal((await server.send('管理员', `POST /api/sessions/${id}/revoke`)).status, 200);
  assert.equal((await server.get('林海', '/api/me')).status, 401);
  assert.deepEqual(await server.eventsOf(people.林海.id), ['people.session_revoked']);
  const contact = (await server.get('小吴', '/api/sessions')).body as { items: { id: string }[] };
  assert.equal(contact.items.length, 1);
  assert.equal((await server.send('小吴', 'POST /api/sessions/revoke-others')).status, 200);
});

test('R70 an API key does what its scopes and its owner may, and no more', async () => {
  const body = { id: newId(), name: '看板', scopes: ['tickets:read'], expires_at: null };
  const created = (await server.send('赵工', 'POST /api/api-keys', body)).body as { secret: string };
  assert.match(created.secret, /^cpk_[\w-]{43}$/);
  const stored = JSON.stringify([
    await server.db.selectFrom('api_keys').selectAll().execute(),
    await server.db.selectFrom('verdicts').selectAll().execute(),
    await server.db.selectFrom('events').selectAll().execute(),
  ]);
  assert.ok(!stored.includes(created.secret));
  const headers = { authorization: `Bearer ${created.secret}` };
  const read = (path: string) => server.server.inject({ method: 'GET', url: path, headers });
  assert.equal((await read('/api/tickets')).statusCode, 200);
  assert.equal((await read('/api/me')).json().name, '赵工');
  assert.equal((await read('/api/customers')).json().code, 'ground.scope_missing');
  const write = await server.send(null, 'POST /api/tickets', {}, { headers });
  assert.equal(code(write), 'ground.scope_missing');
  for (const line of [
    'POST /api/api-keys',
    `POST /api/api-keys/${body.id}/revoke`,
    'POST /api/sessions/revoke-others',
  ]) {
    assert.equal((await server.send(null, line, {}, { headers })).status, 403, line);
  }
  const foreign = { ...body, id: newId(), scopes: ['audit:read', 'firm:write'] };
  assert.equal(code(await server.send('赵工', 'POST /api/api-keys', foreign)), 'people.scope_not_yours');
  assert.equal((await server.send('小吴', 'POST /api/api-keys', { ...body, id: newId() })).status, 404);
  assert.equal(code(await server.send('周敏', `POST /api/api-keys/${body.id}/revoke`)), 'people.key_unknown');
  assert.equal((await server.send('赵工', `POST /api/api-keys/${body.id}/revoke`)).status, 200);
  assert.equal((await read('/api/me')).statusCode, 401);
  assert.deepEqual(await server.eventsOf(body.id), ['api_key.created', 'api_key.revoked']);
  const list = (await server.get('赵工', '/api/api-keys')).body as { items: { name: string }[] };
  assert.deepEqual(
    list.items.map((key) => key.name),
    ['看板'],
  );
});

test('R70 an API key ends with its date and with its owner', async () => {
  const make = async (expires_at: string | null) => {
    const body = { id: newId(), name: '短', scopes: ['tickets:read'], expires_at };
    return (await server.send('赵工', 'POST /api/api-keys', body)).body as {
      id: string;
      secret: string;
      code?: string;
    };
  };
  assert.equal((await make(new Date(Date.now() - 1_000).toISOString())).code, 'people.key_ends_in_past');
  const key = await make(new Date(Date.now() + 60_000).toISOString());
  const status = async () =>
    (await server.server.inject({ url: '/api/me', headers: { authorization: `Bearer ${key.secret}` } }))
      .statusCode;
  assert.equal(await status(), 200);
  await server.db
    .updateTable('api_keys')
    .set({ expires_at: new Date(Date.now() - 1_000).toISOString() })
    .where('id', '=', key.id)
    .execute();
  assert.equal(await status(), 401);
  await server.db.updateTable('api_keys').set({ expires_at: null }).where('id', '=', key.id).execute();
  assert.equal(await status(), 200);
  await server.send('管理员', `POST /api/people/${people.赵工.id}/disable`);
  assert.equal(await status(), 401);
  for (const wrong of [
    '',
    'Bearer',
    'Bearer ',
    'Basic abc',
    `Bearer ${key.secret} x`,
    'Bearer cpk_nothing',
  ]) {
    const answer = await server.server.inject({ url: '/api/me', headers: { authorization: wrong } });
    assert.equal(answer.statusCode, 401, wrong);
  }
});

test('R70 one’s own name, language and zone are edited by oneself', async () => {
  const edit = (who: '孙悦' | '周敏', changes: unknown) => server.send(who, 'PATCH /api/me', { changes });
  const changed = await edit('孙悦', {
    locale: { from: 'zh-CN', to: 'en' },
    name: { from: '孙悦', to: '孙悦悦' },
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal((changed.body as { locale: string }).locale, 'en');
  assert.equal(
    code(await edit('周敏', { zone: { from: 'Asia/Shanghai', to: 'Mars/Base' } })),
    'people.unknown_zone',
  );
  assert.equal(
    code(await edit('周敏', { roles: { from: ['engineer'], to: ['administrator'] } })),
    'ground.invalid',
  );
  assert.deepEqual(await server.eventsOf(contacts.孙悦.user), ['people.edited']);
});

test('R70 the firm’s name is for everybody, its changes are the administrator’s', async () => {
  const empty = await startTestServer({ cast: false });
  try {
    const status = () =>
      empty.get(null, '/api/setup').then((answer) => answer.body as { needs_setup: boolean });
    assert.deepEqual(await status(), { needs_setup: true });
    const body = (id: string) => ({
      id,
      firm_name: '汀蓝技术服务',
      name: '沈知远',
      email: 'shen@firm.example',
      password,
      locale: 'zh-CN',
      zone: 'Asia/Shanghai',
      start: 'empty',
    });
    const weak = await empty.send(null, 'POST /api/setup', { ...body(newId()), password: '1111111111' });
    assert.equal(code(weak), 'people.password_too_common');
    const ids = [newId(), newId(), newId()];
    const answers = await Promise.all(ids.map((id) => empty.send(null, 'POST /api/setup', body(id))));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409, 409]);
    assert.deepEqual(await status(), { needs_setup: false });
    const first = ids[answers.findIndex((answer) => answer.status === 201)] as string;
    assert.deepEqual(await empty.eventsOf(first), ['setup.completed']);
    assert.equal(code(await empty.send(null, 'POST /api/setup', body(newId()))), 'people.already_set_up');
    const firm = (await empty.get(null, '/api/firm')).body as { name: string };
    assert.equal(firm.name, '汀蓝技术服务');
    const signedIn = await empty.send(null, 'POST /api/auth/sign-in/email', {
      email: 'shen@firm.example',
      password,
    });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] as string;
    const changes = { accent_color: { from: '#1f6feb', to: '#0b7285' } };
    const edited = await empty.send(null, 'PATCH /api/firm', { changes }, { headers: { cookie } });
    assert.equal((edited.body as { accent_color: string }).accent_color, '#0b7285');
    assert.equal((await empty.send(null, 'PATCH /api/firm', { changes })).status, 401);
    assert.equal((await empty.get(null, '/api/firm/logo')).status, 404);
  } finally {
    await empty.stop();
  }
  assert.equal((await server.send('林海', 'PATCH /api/firm', { changes: {} })).status, 401);
  assert.equal((await server.send('周敏', 'PATCH /api/firm', { changes: {} })).status, 403);
});
