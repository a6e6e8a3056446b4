import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, planVisit } from '#test/visits.ts';
import { noteOverduePromises } from '../../promises/jobs.ts';
import { climbLongWaiting } from '../../tickets/jobs.ts';
import { noteOwedScopes } from '../../visits/jobs.ts';

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

test('R20 a short scope form left incomplete is mailed after a day to who sent off, after another to the managers', async () => {
  const scope = { what: '查收银机', hours: 4, night: false, verification: '', said_by: '老赵' };
  const emergency = async () => {
    const visit = await planVisit(server, { is_emergency: true, emergency_reason: '门店停业' });
    for (const item of ['kit', 'access'])
      await act(server, '林海', visit.id, 'check_readiness', { item, state: 'ticked' });
    await act(server, '周敏', visit.id, 'dispatch', { override_reason: '客户催得急' });
    return visit;
  };
  const owing = await emergency();
  const complete = await emergency();
  const early = await emergency();
  const called_off = await emergency();
  for (const party of ['sales', 'customer', 'interface']) {
    const to = { ...scope, said_at: new Date().toISOString() };
    await act(server, '周敏', complete.id, 'set_scope', { id: newId(), party, from: null, to });
  }
  await act(server, '周敏', called_off.id, 'cancel', { reason: '电话里解决了' });
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  for (const { id } of [owing, complete, called_off])
    await server.db
      .updateTable('visits')
      .set({ dispatched_at: ago(25) })
      .where('id', '=', id)
      .execute();
  await noteOwedScopes(server);
  await noteOwedScopes(server);
  assert.deepEqual(await mailsOf('scope_owed'), ['周敏']);
  const noted = { scope_owed_noted_at: ago(25) };
  await server.db.updateTable('visits').set(noted).where('id', '=', owing.id).execute();
  await noteOwedScopes(server);
  await noteOwedScopes(server);
  assert.deepEqual(await mailsOf('scope_owed_climbed'), ['陈立']);
  const told = async (id: string) => (await server.eventsOf(id)).filter((name) => /scope_owed/.test(name));
  assert.deepEqual(await told(owing.id), ['visit.scope_owed', 'visit.scope_owed_climbed']);
  for (const { id } of [complete, early, called_off]) assert.deepEqual(await told(id), []);
  const { html } = await server.db
    .selectFrom('mails')
    .select('html')
    .where('template', '=', 'scope_owed')
    .executeTakeFirstOrThrow();
  assert.match(html ?? '', new RegExp(`还缺：.*销售、客户联系人、接口人[^]*/visits/${owing.id}`));
});
