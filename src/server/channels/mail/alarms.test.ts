import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { noteOverduePromises } from '../../promises/jobs.ts';
import { climbLongWaiting } from '../../tickets/jobs.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer({ worker: true });
});
after(() => server.stop());

async function ticketOf小吴(): Promise<string> {
  const id = newId();
  const { status } = await server.send('周敏', 'POST /api/tickets', {
    id,
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'incident',
    title: '收银机慢',
    body: '收银机慢',
    impact: 3,
    urgency: 2,
  });
  assert.equal(status, 201);
  return id;
}

async function mailsOf(template: string): Promise<string[]> {
  for (let tries = 0; tries < 300; tries += 1) {
    const rows = await server.db
      .selectFrom('mails')
      .select('to_name')
      .where('template', '=', template)
      .orderBy('to_name')
      .execute();
    if (rows.length > 0) return rows.map((row) => row.to_name ?? '');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return [];
}

test('R9 an overdue promise is mailed to the one who gave it and to the managers', async () => {
  const ticket = await ticketOf小吴();
  const promise = {
    id: newId(),
    subject: { kind: 'ticket', id: ticket },
    words: '下午回电话',
    to_contact_id: contacts.小吴.id,
    owner_id: people.林海.id,
    due_at: new Date(Date.now() + 60_000).toISOString(),
  };
  assert.equal((await server.send('林海', 'POST /api/promises', promise)).status, 201);
  const past = new Date(Date.now() - 60_000).toISOString();
  await server.db.updateTable('promises').set({ due_at: past }).where('id', '=', promise.id).execute();
  await noteOverduePromises({
    db: server.db,
    settings: server.settings,
    asSystem: server.asSystem,
    log: undefined as never,
  });
  assert.deepEqual((await mailsOf('promise_overdue')).sort(), ['林海', '陈立'].sort());
});

test('R7 three days of waiting are mailed to our managers', async () => {
  const ticket = await ticketOf小吴();
  const waiting = { waiting_for: '日志', contact_id: contacts.小吴.id };
  assert.equal((await server.send('林海', `POST /api/tickets/${ticket}/wait`, waiting)).status, 200);
  const since = new Date(Date.now() - 73 * 3_600_000).toISOString();
  await server.db.updateTable('tickets').set({ waiting_since: since }).where('id', '=', ticket).execute();
  await climbLongWaiting(server);
  assert.deepEqual(await mailsOf('waiting_climbed'), ['陈立']);
});
