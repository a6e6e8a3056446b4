import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { CalendarPage } from '#domain/calendar/commands.ts';
import type { ClockExplanation } from '#domain/tickets/why-due.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer({ worker: true });
});
after(() => server.stop());

async function ask(of: { customer_id: string; requester_id: string }): Promise<string> {
  const id = newId();
  const body = {
    id,
    ...of,
    kind: 'incident',
    title: '收银机很慢',
    body: '点完单要等很久。',
    impact: 3,
    urgency: 3,
  };
  const answer = await server.send('林海', 'POST /api/tickets', body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return id;
}

async function newCustomer(): Promise<{ customer_id: string; requester_id: string }> {
  const [customer_id, requester_id] = [newId(), newId()];
  const customer = { id: customer_id, name: '没有合同的客户', zone: 'Asia/Shanghai' };
  assert.equal((await server.send('王经理', 'POST /api/customers', customer)).status, 201);
  const contact = { id: requester_id, name: '刘女士', roles: ['uses'] };
  const answer = await server.send('王经理', `POST /api/customers/${customer_id}/contacts`, contact);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { customer_id, requester_id };
}

const explain = async (id: string) =>
  (await server.get('林海', `/api/tickets/${id}/clocks/resolution/why`)).body as unknown as ClockExplanation;

/** The clock after it has heard of the edit; the worker takes it up within moments. */
async function explainAfterEdit(id: string): Promise<ClockExplanation> {
  for (let tries = 0; tries < 100; tries++) {
    const said = await explain(id);
    if (said.facts.some((fact) => fact.kind === 'calendar')) return said;
    await pause(100);
  }
  throw new Error('the clock never heard of the edit');
}

test('R7 a calendar edited in mid-flight moves running clocks from then on, with and without a contract, and is listed', async () => {
  const withContract = await ask({ customer_id: customers.鲁味餐饮.id, requester_id: contacts.小吴.id });
  const without = await ask(await newCustomer());
  const before = await explain(withContract);
  const { items } = (await server.get('陈立', '/api/calendars')).body as unknown as { items: CalendarPage[] };
  const calendar = items.find((one) => one.name === '全天候') as CalendarPage;
  const nights = { sun: [['02:00', '03:00']] };
  const edited = await server.send('陈立', `PATCH /api/calendars/${calendar.id}`, {
    changes: { hours: { from: calendar.plan.hours, to: nights } },
  });
  assert.equal(edited.status, 200, JSON.stringify(edited.body));
  for (const id of [withContract, without]) {
    const after = await explainAfterEdit(id);
    assert.ok((after.due_at as string) > (before.due_at as string), 'an hour a week takes longer');
    const [restatement] = after.restatements;
    assert.equal(restatement?.cause, 'calendar_edited');
    assert.equal(restatement?.to_due_at, after.due_at);
    const next = await server.db
      .selectFrom('tickets')
      .select('next_due_at')
      .where('id', '=', id)
      .executeTakeFirst();
    assert.ok(next?.next_due_at, 'the queue follows');
  }
});
