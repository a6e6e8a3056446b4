import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

type Listed = {
  items: { id: string; name: string; subject_id: string; actor_name: string; customer_id: string | null }[];
  next: string | null;
};

async function ask(customer: keyof typeof customers, requester: keyof typeof contacts): Promise<string> {
  const id = newId();
  const answer = await server.send('周敏', 'POST /api/tickets', {
    id,
    customer_id: customers[customer].id,
    requester_id: contacts[requester].id,
    kind: 'question',
    title: '怎么退单',
    body: '怎么退单？',
    impact: 3,
    urgency: 3,
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return id;
}

const list = async (query = '') => (await server.get('陈立', `/api/audit${query}`)).body as Listed;

test('R70 the audit says who did what, the latest first, page by page', async () => {
  const first = await ask('鲁味餐饮', '小吴');
  const second = await ask('华安医院', '李医生');
  const { items, next } = await list('?limit=1');
  assert.deepEqual(
    [items[0]?.name, items[0]?.subject_id, items[0]?.actor_name],
    ['ticket.created', second, '周敏'],
  );
  const following = await list(`?limit=1&after=${next}`);
  assert.equal(following.items[0]?.subject_id, first);
});

test('R70 the audit is narrowed by event, person, customer and time', async () => {
  await ask('鲁味餐饮', '小吴');
  const byCustomer = await list(`?name=ticket.created&customer_id=${customers.鲁味餐饮.id}`);
  assert.ok(byCustomer.items.length > 0);
  assert.ok(byCustomer.items.every(({ customer_id }) => customer_id === customers.鲁味餐饮.id));
  assert.deepEqual((await list(`?actor_id=${people.赵工.id}`)).items, []);
  assert.deepEqual((await list('?from=2999-01-01T00:00:00.000Z')).items, []);
  const names = (await server.get('管理员', '/api/audit/names')).body as { items: string[] };
  assert.ok(names.items.includes('ticket.created'));
});

test('R70 the audit is for managers and administrators; to a contact it does not exist', async () => {
  for (const path of ['/api/audit', '/api/audit/names']) {
    assert.equal((await server.get('林海', path)).status, 403);
    assert.equal((await server.get('王经理', path)).status, 403);
    assert.equal((await server.get('孙悦', path)).status, 404);
    assert.equal((await server.get(null, path)).status, 401);
  }
});
