import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { ContactActor } from '#domain/ground/actor.ts';
import { inTransaction } from '#server/platform/db/transaction.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

type Colleague = { id: string; name: string; portal: string; sees: string };
type Invited = { id: string; link: string | null; expires_at: string | null };
const codeOf = (answer: { body: never }) => (answer.body as { code: string }).code;
const password = '蒸不烂煮不熟捶不匾炒不爆';

async function colleagues(): Promise<Colleague[]> {
  const answer = await server.get('孙悦', '/api/portal/people');
  assert.equal(answer.status, 200);
  return (answer.body as { items: Colleague[] }).items;
}
const colleague = async (id: string) => (await colleagues()).find((one) => one.id === id);

async function addContact(email: string | null): Promise<string> {
  const id = newId();
  const body = { id, name: `同事 ${id.slice(-4)}`, email };
  const answer = await server.send('林海', `POST /api/customers/${customers.鲁味餐饮.id}/contacts`, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return id;
}

async function accept(link: string | null): Promise<number> {
  const token = String(link).split('/').at(-1);
  const body = { token, name: '新同事', password, locale: 'zh-CN', zone: 'Asia/Shanghai' };
  return (await server.send(null, 'POST /api/invitation-links/accept', body)).status;
}

/** A hash of all rows of what a contact's act could have changed. */
async function fingerprint(): Promise<string> {
  const tables = ['contacts', 'users', 'invitations', 'events', 'sessions'] as const;
  const rows = [];
  for (const table of tables)
    rows.push(await server.db.selectFrom(table).selectAll().orderBy('id').execute());
  const seen = JSON.stringify(rows, (key, value) =>
    key === 'last_seen_at' || key === 'expires_at' ? null : value,
  );
  return createHash('sha256').update(seen).digest('hex');
}

test('R70 we invite a contact, who is then let in by the link', async () => {
  const id = await addContact('new1@luwei.example');
  const answer = await server.send('林海', `POST /api/contacts/${id}/invite`, { invitation_id: newId() });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const { link, expires_at } = answer.body as Invited;
  assert.match(String(link), /^http.*\/invitation\//);
  assert.ok(expires_at);
  assert.equal((await colleague(id))?.portal, 'invited');
  assert.equal(await accept(link), 201);
  assert.equal((await colleague(id))?.portal, 'active');
  assert.deepEqual(await server.eventsOf(id), ['contact.created', 'contact.invited']);
  const again = await server.send('林海', `POST /api/contacts/${id}/invite`, { invitation_id: newId() });
  assert.equal(codeOf(again), 'contacts.already_active');
});

test('R70 a repeated invitation request gets the same answer without the link', async () => {
  const id = await addContact('new2@luwei.example');
  const body = { invitation_id: newId() };
  const first = await server.send('林海', `POST /api/contacts/${id}/invite`, body, { key: `repeat-${id}` });
  const second = await server.send('林海', `POST /api/contacts/${id}/invite`, body, { key: `repeat-${id}` });
  assert.ok((first.body as Invited).link);
  assert.deepEqual(second.body, { ...(first.body as Invited), link: null });
});

test('R70 nobody is invited without an address, or to one that somebody else signs in with', async () => {
  const without = await addContact(null);
  const invite = (id: string) =>
    server.send('林海', `POST /api/contacts/${id}/invite`, { invitation_id: newId() });
  assert.equal(codeOf(await invite(without)), 'contacts.email_missing');
  const foreign = await server.db
    .selectFrom('users')
    .select('email')
    .where('id', '=', contacts.李医生.user)
    .executeTakeFirstOrThrow();
  assert.equal(codeOf(await invite(await addContact(foreign.email))), 'contacts.email_unusable');
});

test('R35 who left is out at once: sessions end, no invitation opens, and nothing more is changed', async () => {
  const { id, user } = contacts.老马;
  assert.equal((await server.get('老马', '/api/me')).status, 200);
  assert.equal((await server.send('孙悦', `POST /api/contacts/${id}/leave`)).status, 404);
  assert.equal((await server.send('林海', `POST /api/contacts/${id}/leave`)).status, 200);
  assert.equal((await server.get('老马', '/api/me')).status, 401);
  assert.equal(codeOf(await server.send('林海', `POST /api/contacts/${id}/leave`)), 'contacts.already_left');
  const edit = { changes: { title: { from: null, to: '顾问' } } };
  assert.equal(codeOf(await server.send('林海', `PATCH /api/contacts/${id}`, edit)), 'contacts.already_left');
  assert.deepEqual(await server.eventsOf(id), ['contact.left']);
  const account = await server.db
    .selectFrom('users')
    .select('disabled_at')
    .where('id', '=', user)
    .executeTakeFirstOrThrow();
  assert.ok(account.disabled_at);
  const invited = await addContact('new3@luwei.example');
  const answer = await server.send('林海', `POST /api/contacts/${invited}/invite`, {
    invitation_id: newId(),
  });
  await server.send('林海', `POST /api/contacts/${invited}/leave`);
  assert.equal(await accept((answer.body as Invited).link), 409);
});

test('R70 a contact without the office of administrator manages nobody', async () => {
  const before = await fingerprint();
  const line = `POST /api/portal/people/${contacts.孙悦.id}`;
  const body = { id: newId(), invitation_id: newId(), name: '谁', email: 'who@luwei.example' };
  const answers = [
    await server.send('小吴', `${line}/visibility`, { sees: 'own' }),
    await server.send('小吴', `${line}/end-access`),
    await server.send('小吴', `${line}/invite`, { invitation_id: newId() }),
    await server.send('小吴', 'POST /api/portal/people', body),
    await server.get('小吴', '/api/portal/people'),
  ];
  for (const answer of answers) assert.equal(answer.status, 404);
  assert.equal(await fingerprint(), before);
});

test('R70 we set what a contact sees and who manages people, and end access', async () => {
  const { id } = contacts.小吴;
  const set = (who: '林海' | '王经理') =>
    server.send(who, `POST /api/contacts/${id}/access`, { sees: 'all', is_customer_administrator: true });
  assert.equal((await set('林海')).status, 403);
  assert.equal((await server.get('小吴', '/api/portal/people')).status, 404);
  assert.equal((await set('王经理')).status, 200);
  assert.equal((await server.get('小吴', '/api/portal/people')).status, 200);
  assert.equal((await server.send('王经理', `POST /api/contacts/${id}/end-access`)).status, 200);
  assert.equal((await server.get('小吴', '/api/me')).status, 401);
  assert.equal(
    codeOf(await server.send('王经理', `POST /api/contacts/${id}/end-access`)),
    'contacts.no_access',
  );
  const back = await server.send('王经理', `POST /api/contacts/${id}/invite`, { invitation_id: newId() });
  assert.deepEqual(back.body, { id, link: null, expires_at: null });
  assert.deepEqual(await server.eventsOf(id), [
    'contact.access_set',
    'contact.access_ended',
    'contact.access_opened',
  ]);
});

test('R70 a customer’s administrator sees the names of their own people and nothing we think of them', async () => {
  const answer = await server.get('孙悦', '/api/portal/people');
  const { items } = answer.body as { items: Record<string, unknown>[] };
  assert.ok(items.some((one) => one.name === '孙悦' && one.is_me === true));
  assert.ok(!items.some((one) => one.name === '李医生'));
  for (const one of items) {
    assert.deepEqual(Object.keys(one).sort(), [
      'email',
      'id',
      'is_customer_administrator',
      'is_me',
      'name',
      'portal',
      'sees',
      'title',
    ]);
  }
  for (const who of ['林海', '管理员'] as const) {
    assert.equal((await server.get(who, '/api/portal/people')).status, 404);
  }
  assert.equal((await server.get(null, '/api/portal/people')).status, 401);
});

test('R70 the administrator invites a colleague, widens what they see, ends and reopens their access', async () => {
  const id = newId();
  const body = {
    id,
    invitation_id: newId(),
    name: '新店长',
    title: '店长',
    email: 'dianzhang@luwei.example',
  };
  const answer = await server.send('孙悦', 'POST /api/portal/people', body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const twice = await server.send('孙悦', 'POST /api/portal/people', {
    ...body,
    id: newId(),
    invitation_id: newId(),
  });
  assert.equal(codeOf(twice), 'contacts.email_taken');
  const anew = await server.send('孙悦', `POST /api/portal/people/${id}/invite`, { invitation_id: newId() });
  assert.equal(await accept((answer.body as Invited).link), 409, 'the first link ended with the second');
  assert.equal(await accept((anew.body as Invited).link), 201);
  assert.equal(
    (await server.send('孙悦', `POST /api/portal/people/${id}/visibility`, { sees: 'all' })).status,
    200,
  );
  assert.equal((await colleague(id))?.sees, 'all');
  assert.equal((await server.send('孙悦', `POST /api/portal/people/${id}/end-access`)).status, 200);
  assert.equal((await colleague(id))?.portal, 'ended');
  const back = await server.send('孙悦', `POST /api/portal/people/${id}/invite`, { invitation_id: newId() });
  assert.equal((back.body as Invited).link, null);
  assert.equal((await colleague(id))?.portal, 'active');
  assert.deepEqual(await server.eventsOf(id), [
    'contact.created',
    'contact.invited',
    'contact.invited',
    'contact.access_set',
    'contact.access_ended',
    'contact.access_opened',
  ]);
});

test('R70 the administrator cannot shut themselves out', async () => {
  const answer = await server.send('孙悦', `POST /api/portal/people/${contacts.孙悦.id}/end-access`);
  assert.equal(codeOf(answer), 'contacts.not_oneself');
});

test('R70 another customer’s people do not exist for an administrator, and nothing changes', async () => {
  const before = await fingerprint();
  const foreign = contacts.李医生.id;
  const answers = [
    await server.send('孙悦', `POST /api/portal/people/${foreign}/visibility`, { sees: 'own' }),
    await server.send('孙悦', `POST /api/portal/people/${foreign}/end-access`),
    await server.send('孙悦', `POST /api/portal/people/${foreign}/invite`, { invitation_id: newId() }),
    await server.send('孙悦', `POST /api/contacts/${foreign}/leave`),
    await server.send('孙悦', `POST /api/portal/people/${newId()}/end-access`),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 404);
    assert.equal(codeOf(answer), 'ground.not_found');
  }
  assert.equal(await fingerprint(), before);
});

function actorOf(name: '孙悦' | '老马'): ContactActor {
  const { id, user, customer, sees, administrator } = contacts[name];
  return {
    kind: 'contact',
    id: user,
    name,
    contact_id: id,
    customer_id: customers[customer].id,
    sees,
    is_customer_administrator: administrator,
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
    session_id: newId(),
  };
}

/** What plain SQL meets in a portal transaction: the rows it touched, or the database's refusal. */
const asContact = (name: '孙悦' | '老马', query: string) =>
  inTransaction(server.db, actorOf(name), async (db) => {
    const result = await sql.raw(query).execute(db);
    return result.numAffectedRows ? Number(result.numAffectedRows) : result.rows.length;
  }).catch((error: { code: string }) => error.code);

test('R70 row security alone keeps a contact to their own people, and to what they may change of them', async () => {
  const own = customers.鲁味餐饮.id;
  const foreign = customers.华安医院.id;
  const insert = (customer: string) =>
    `insert into contacts (id, customer_id, name, locale, portal_sees, created_at)
      values ('${newId()}', '${customer}', '谁', 'zh-CN', 'own', now())`;
  const update = (customer: string) =>
    `update contacts set portal_sees = 'own' where customer_id = '${customer}'`;
  const cases: [Parameters<typeof asContact>[0], string, (got: number | string) => boolean][] = [
    ['孙悦', `select id from contacts where customer_id = '${own}'`, (got) => Number(got) > 0],
    ['孙悦', `select id from contacts where customer_id = '${foreign}'`, (got) => got === 0],
    ['孙悦', `select id from sites where customer_id = '${foreign}'`, (got) => got === 0],
    ['孙悦', `select id from customers where id = '${foreign}'`, (got) => got === 0],
    ['孙悦', update(own), (got) => Number(got) > 0],
    ['孙悦', update(foreign), (got) => got === 0],
    ['孙悦', insert(own), (got) => got === 1],
    ['孙悦', insert(foreign), (got) => got === '42501'],
    ['老马', update(own), (got) => got === 0],
    ['老马', insert(own), (got) => got === '42501'],
    ['孙悦', 'select reader_level from contacts', (got) => got === '42501'],
    ['孙悦', 'select roles from contacts', (got) => got === '42501'],
    ['孙悦', 'select notes from customers', (got) => got === '42501'],
    ['孙悦', 'select targets from contracts', (got) => got === '42501'],
    ['孙悦', 'update contacts set is_customer_administrator = true', (got) => got === '42501'],
    ['孙悦', 'delete from contacts', (got) => got === '42501'],
  ];
  for (const [who, query, isRight] of cases) {
    const got = await asContact(who, query);
    assert.ok(isRight(got), `${who}: ${query} gave ${got}`);
  }
});
