import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CustomerPage } from '#domain/customers/commands.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { findContractInForce } from './queries/customers.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

type Body = Record<string, never> & {
  code: string;
  params: Record<string, never>;
  items: never[];
  next: string;
};
const bodyOf = (answer: { body: never }) => answer.body as Body;

async function makeCustomer(name = `客户 ${newId().slice(-6)}`) {
  const id = newId();
  const answer = await server.send('王经理', 'POST /api/customers', { id, name, zone: 'Asia/Shanghai' });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return id;
}

const open = async (id: string): Promise<CustomerPage> =>
  (await server.get('林海', `/api/customers/${id}`)).body;

test('a customer is created, found by name and opened, and the event says so', async () => {
  const id = await makeCustomer('海雁面馆 100%');
  assert.deepEqual(await server.eventsOf(id), ['customer.created']);
  const found = bodyOf(await server.get('林海', `/api/customers?q=${encodeURIComponent('面馆 100%')}`));
  assert.deepEqual(
    found.items.map((row: { id: string }) => row.id),
    [id],
  );
  const page = await open(id);
  assert.equal(page.name, '海雁面馆 100%');
  assert.deepEqual([page.sites, page.contacts, page.assets, page.contracts], [[], [], [], []]);
});

test('two customers cannot have one name, and the refusal says whose it is', async () => {
  await makeCustomer('同名餐厅');
  const answer = await server.send('王经理', 'POST /api/customers', { id: newId(), name: '同名餐厅' });
  assert.equal(answer.status, 409);
  assert.equal(bodyOf(answer).code, 'customers.name_taken');
  assert.equal(bodyOf(answer).params.name, '同名餐厅');
});

test('an engineer makes no customers and agrees no contracts; a contact finds no such door', async () => {
  const body = { id: newId(), name: '不该有的客户' };
  assert.equal((await server.send('林海', 'POST /api/customers', body)).status, 403);
  assert.equal((await server.send('孙悦', 'POST /api/customers', body)).status, 404);
  assert.equal((await server.send(null, 'POST /api/customers', body)).status, 401);
  assert.equal((await server.get('孙悦', `/api/customers/${customers.鲁味餐饮.id}`)).status, 404);
  assert.equal((await server.get('孙悦', '/api/customers')).status, 404);
});

test('the list of customers pages by name without doubling or losing one', async () => {
  for (const n of [3, 1, 2]) await makeCustomer(`页 ${n}`);
  const names: string[] = [];
  let after = '';
  do {
    const page = bodyOf(
      await server.get('林海', `/api/customers?q=${encodeURIComponent('页')}&limit=2${after}`),
    );
    names.push(...page.items.map((row: { name: string }) => row.name));
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : '';
  } while (after);
  assert.deepEqual(names, ['页 1', '页 2', '页 3']);
  assert.equal((await server.get('林海', '/api/customers?after=rubbish')).status, 422);
});

test('different fields of a customer join silently, the same field is a clash that shows both', async () => {
  const id = await makeCustomer();
  const patch = (changes: object) => server.send('王经理', `PATCH /api/customers/${id}`, { changes });
  assert.equal((await patch({ trade: { from: null, to: '餐饮' } })).status, 200);
  assert.equal((await patch({ notes: { from: null, to: '午市不打电话' } })).status, 200);
  const clash = await patch({ trade: { from: null, to: '酒店' } });
  assert.equal(clash.status, 409);
  assert.equal(bodyOf(clash).code, 'ground.clash');
  assert.deepEqual(bodyOf(clash).params.clashes, [
    { field: 'trade', yours: '酒店', theirs: '餐饮', based_on: null },
  ]);
  const page = await open(id);
  assert.deepEqual([page.trade, page.notes], ['餐饮', '午市不打电话']);
  assert.deepEqual(await server.eventsOf(id), ['customer.created', 'customer.edited', 'customer.edited']);
  assert.equal((await server.send('林海', `PATCH /api/customers/${id}`, { changes: {} })).status, 403);
});

test('an owner is one of ours who still works here', async () => {
  const id = await makeCustomer();
  const set = (owner: string) =>
    server.send('王经理', `PATCH /api/customers/${id}`, { changes: { owner_id: { from: null, to: owner } } });
  assert.equal(bodyOf(await set(contacts.小吴.user)).code, 'customers.owner_unknown');
  assert.equal((await set(people.王经理.id)).status, 200);
  assert.deepEqual((await open(id)).owner, { id: people.王经理.id, name: '王经理' });
});

test('what is archived is read but not changed, and comes back when restored', async () => {
  const id = await makeCustomer();
  assert.equal((await server.send('王经理', `POST /api/customers/${id}/archive`)).status, 403);
  assert.equal((await server.send('陈立', `POST /api/customers/${id}/archive`)).status, 200);
  assert.equal(
    bodyOf(await server.send('陈立', `POST /api/customers/${id}/archive`)).code,
    'customers.already_archived',
  );
  const refused = [
    await server.send('王经理', `PATCH /api/customers/${id}`, {
      changes: { trade: { from: null, to: '餐饮' } },
    }),
    await server.send('林海', `POST /api/customers/${id}/sites`, { id: newId(), name: '总部' }),
    await server.send('林海', `POST /api/customers/${id}/contacts`, { id: newId(), name: '张三' }),
    await server.send('林海', `POST /api/customers/${id}/assets`, { id: newId(), name: '交换机' }),
  ];
  for (const answer of refused) assert.equal(bodyOf(answer).code, 'customers.archived');
  assert.equal((await open(id)).archived_by_name, '陈立');
  assert.equal((await server.send('陈立', `POST /api/customers/${id}/restore`)).status, 200);
  assert.equal(
    bodyOf(await server.send('陈立', `POST /api/customers/${id}/restore`)).code,
    'customers.not_archived',
  );
  assert.deepEqual(await server.eventsOf(id), ['customer.created', 'customer.archived', 'customer.restored']);
});

test('a site is added and edited, once under a name, in the customer’s zone unless said', async () => {
  const id = await makeCustomer();
  const site = newId();
  const add = (body: object) => server.send('林海', `POST /api/customers/${id}/sites`, body);
  assert.equal((await add({ id: site, name: '高铁站店', city: '云汀' })).status, 201);
  assert.equal(bodyOf(await add({ id: newId(), name: '高铁站店' })).code, 'customers.site_name_taken');
  assert.equal((await add({ id: newId(), name: '月球店', zone: 'Moon/Base' })).status, 422);
  const edit = { changes: { address: { from: null, to: '到达层 B12' } } };
  assert.equal((await server.send('林海', `PATCH /api/sites/${site}`, edit)).status, 200);
  assert.deepEqual((await open(id)).sites, [
    { id: site, name: '高铁站店', address: '到达层 B12', city: '云汀', zone: 'Asia/Shanghai' },
  ]);
  assert.deepEqual(await server.eventsOf(site), ['site.created', 'site.edited']);
  assert.equal((await server.send('孙悦', `PATCH /api/sites/${site}`, edit)).status, 404);
  assert.equal((await server.send('林海', `PATCH /api/sites/${newId()}`, edit)).status, 404);
});

test('R35 a contact keeps their roles in one order, and stands at a site of their own customer only', async () => {
  const id = await makeCustomer();
  const contact = newId();
  const add = (body: object) => server.send('林海', `POST /api/customers/${id}/contacts`, body);
  const foreign = await add({ id: newId(), name: '张三', site_id: customers.华安医院.site });
  assert.equal(bodyOf(foreign).code, 'customers.site_unknown');
  const full = { id: contact, name: '张三', email: 'Zhang@Haiyan.Example', roles: ['interface', 'pays'] };
  assert.equal((await add(full)).status, 201);
  assert.equal(
    bodyOf(await add({ id: newId(), name: '李四', email: 'zhang@haiyan.example' })).code,
    'contacts.email_taken',
  );
  const edit = {
    changes: {
      roles: { from: ['pays', 'interface'], to: ['runs', 'pays'] },
      reader_level: { from: 'lay', to: 'expert' },
    },
  };
  assert.equal((await server.send('林海', `PATCH /api/contacts/${contact}`, edit)).status, 200);
  const [shown] = (await open(id)).contacts;
  assert.deepEqual(
    [shown?.roles, shown?.reader_level, shown?.email],
    [['pays', 'runs'], 'expert', 'zhang@haiyan.example'],
  );
  assert.deepEqual(await server.eventsOf(contact), ['contact.created', 'contact.edited']);
  assert.equal((await server.send('小吴', `PATCH /api/contacts/${contact}`, edit)).status, 404);
});

test('an asset is added, edited and retired once; retired it is not edited', async () => {
  const id = await makeCustomer();
  const asset = newId();
  const line = `POST /api/customers/${id}/assets`;
  assert.equal(
    (await server.send('林海', line, { id: asset, name: '1 号收银机', serial: 'TP-1' })).status,
    201,
  );
  const edit = { changes: { version: { from: null, to: '5.8' } } };
  assert.equal((await server.send('林海', `PATCH /api/assets/${asset}`, edit)).status, 200);
  assert.equal((await server.send('林海', `POST /api/assets/${asset}/retire`)).status, 200);
  assert.equal(
    bodyOf(await server.send('林海', `POST /api/assets/${asset}/retire`)).code,
    'assets.already_retired',
  );
  assert.equal(
    bodyOf(await server.send('林海', `PATCH /api/assets/${asset}`, edit)).code,
    'assets.already_retired',
  );
  assert.deepEqual(await server.eventsOf(asset), ['asset.created', 'asset.edited', 'asset.retired']);
  assert.equal((await server.send('孙悦', `POST /api/assets/${asset}/retire`)).status, 404);
});

const each = { first_response: 30, resolution: 240 };
const targets = { p1: each, p2: each, p3: each, p4: each };

async function calendarId(): Promise<string> {
  const row = await server.db.selectFrom('calendars').select('id').executeTakeFirstOrThrow();
  return row.id;
}

test('R37 a contract is agreed and edited, and the event tells what changed', async () => {
  const id = await makeCustomer();
  const contract = newId();
  const body = {
    id: contract,
    name: '维保',
    calendar_id: await calendarId(),
    targets,
    starts_on: '2026-01-01',
  };
  const line = `POST /api/customers/${id}/contracts`;
  assert.equal((await server.send('林海', line, body)).status, 403);
  assert.equal(
    bodyOf(await server.send('王经理', line, { ...body, calendar_id: newId() })).code,
    'contracts.calendar_unknown',
  );
  assert.equal(
    bodyOf(await server.send('王经理', line, { ...body, ends_on: '2025-01-01' })).code,
    'contracts.ends_before_start',
  );
  assert.equal((await server.send('王经理', line, body)).status, 201);
  const faster = { ...targets, p1: { first_response: 10, resolution: 120 } };
  const edit = { changes: { targets: { from: targets, to: faster } } };
  assert.equal((await server.send('王经理', `PATCH /api/contracts/${contract}`, edit)).status, 200);
  const event = await server.db
    .selectFrom('events')
    .select(['data', 'subject_kind'])
    .where('subject_id', '=', contract)
    .where('name', '=', 'contract.edited')
    .executeTakeFirstOrThrow();
  assert.equal(event.subject_kind, 'contract');
  assert.deepEqual(event.data, { from: { targets }, to: { targets: faster } });
  const shown = (await open(id)).contracts;
  assert.deepEqual(shown[0]?.targets, faster);
  assert.equal(shown[0]?.calendar_name, '全天候');
  const reversed = {
    changes: { targets: { from: faster, to: { ...faster, p2: { first_response: 300, resolution: 240 } } } },
  };
  assert.equal(
    bodyOf(await server.send('王经理', `PATCH /api/contracts/${contract}`, reversed)).code,
    'contracts.response_after_resolution',
  );
});

test('R37 covered items are added and removed, and both are events of the contract', async () => {
  const contract = customers.鲁味餐饮.contract;
  const item = newId();
  const line = `POST /api/contracts/${contract}/covered-items`;
  const body = { id: item, name: '收银机', kind: 'product' };
  assert.equal((await server.send('林海', line, body)).status, 403);
  assert.equal((await server.send('王经理', line, body)).status, 201);
  const [shown] = (await open(customers.鲁味餐饮.id)).contracts;
  assert.deepEqual(shown?.covered_items, [
    { id: item, name: '收银机', kind: 'product', covered: true, remark: null },
  ]);
  assert.equal((await server.send('王经理', `POST /api/covered-items/${item}/remove`)).status, 200);
  assert.equal((await server.send('王经理', `POST /api/covered-items/${item}/remove`)).status, 404);
  assert.deepEqual(await server.eventsOf(item), ['covered_item.added', 'covered_item.removed']);
});

test('R37 the contract in force is the one that began last and has not ended', async () => {
  const id = await makeCustomer();
  const calendar_id = await calendarId();
  const agree = async (starts_on: string, ends_on: string | null) => {
    const contract = newId();
    const body = { id: contract, name: `${starts_on}`, calendar_id, targets, starts_on, ends_on };
    assert.equal((await server.send('王经理', `POST /api/customers/${id}/contracts`, body)).status, 201);
    return contract;
  };
  const old = await agree('2025-01-01', '2025-12-31');
  const long = await agree('2024-01-01', null);
  const inForce = async (on: string) => (await findContractInForce(server.db, { customer_id: id, on }))?.id;
  assert.equal(await inForce('2025-06-01'), old);
  assert.equal(await inForce('2026-06-01'), long);
  assert.equal(await inForce('2023-06-01'), undefined);
  // Half past midnight on New Year's Day in Shanghai is still the old year in UTC.
  assert.equal(await inForce('2025-12-31T16:30:00.000Z'), long);
  assert.equal(await inForce('2025-12-31T15:30:00.000Z'), old);
});
