import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

type Acted = { state: string; clocks: { kind: string; state: string }[] };
const codeOf = (answer: { body: unknown }) => (answer.body as { code: string }).code;

async function createTicket(title = '打印机少一截纸'): Promise<{ id: string; number: number }> {
  const id = newId();
  const answer = await server.send('周敏', 'POST /api/tickets', {
    id,
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'incident',
    title,
    body: title,
    impact: 3,
    urgency: 2,
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { id, number: (answer.body as { number: number }).number };
}

test('R7 a ticket opened again goes on with its resolution clock, and its event is recorded', async () => {
  const { id } = await createTicket();
  const early = await server.send('林海', `POST /api/tickets/${id}/reopen`, { reason: '没关过' });
  assert.deepEqual([early.status, codeOf(early)], [409, 'tickets.not_closed']);
  const closing = { outcome: 'solved', done_for_customer: '换了打印头。' };
  assert.equal((await server.send('林海', `POST /api/tickets/${id}/close`, closing)).status, 200);
  const { status, body } = await server.send('林海', `POST /api/tickets/${id}/reopen`, {
    reason: '又少了一截',
  });
  assert.equal(status, 200, JSON.stringify(body));
  const acted = body as Acted;
  assert.equal(acted.state, 'open');
  assert.equal(acted.clocks.find(({ kind }) => kind === 'resolution')?.state, 'running');
  const page = (await server.get('林海', `/api/tickets/${id}`)).body as { closed_at: null; outcome: null };
  assert.deepEqual([page.closed_at, page.outcome], [null, null]);
  assert.ok((await server.eventsOf(id)).includes('ticket.reopened'));
});

test('sales and contacts open nothing again', async () => {
  const { id } = await createTicket();
  const reason = { reason: '试试' };
  assert.equal((await server.send('王经理', `POST /api/tickets/${id}/reopen`, reason)).status, 403);
  assert.equal((await server.send('小吴', `POST /api/tickets/${id}/reopen`, reason)).status, 404);
  assert.equal((await server.send(null, `POST /api/tickets/${id}/reopen`, reason)).status, 401);
});

test('R14 a view is deleted by whoever saved it; for others it is not there to delete', async () => {
  const view = { id: newId(), name: '今晚到期', filters: { clock: 'due_soon' }, is_shared: true };
  assert.equal((await server.send('林海', 'POST /api/views', view)).status, 200);
  assert.equal((await server.send('赵工', `DELETE /api/views/${view.id}`)).status, 404);
  assert.equal((await server.send('林海', `DELETE /api/views/${view.id}`)).status, 200);
  const left = (await server.get('林海', '/api/views')).body as { items: { id: string }[] };
  assert.ok(!left.items.some(({ id }) => id === view.id));
  assert.deepEqual(await server.eventsOf(view.id), ['view.saved', 'view.deleted']);
});

test('R9 a promise has a page of its own', async () => {
  const { id } = await createTicket();
  const promise = { id: newId(), subject: { kind: 'ticket', id }, words: '明天带新打印头来' };
  assert.equal((await server.send('林海', 'POST /api/promises', promise)).status, 201);
  const { status, body } = await server.get('赵工', `/api/promises/${promise.id}`);
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal((body as { words: string }).words, promise.words);
  assert.equal((await server.get('小吴', `/api/promises/${promise.id}`)).status, 404);
  assert.equal((await server.get('赵工', `/api/promises/${newId()}`)).status, 404);
});
