import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ClockExplanation } from '#domain/tickets/why-due.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function ask(): Promise<string> {
  const id = newId();
  const answer = await server.send('林海', 'POST /api/tickets', {
    id,
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'incident',
    title: '收银机很慢',
    body: '点完单要等很久，有时卡死。',
    impact: 2,
    urgency: 2,
    channel: 'phone',
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return id;
}

test('R7 “why is it due then” explains every span of a clock, pauses with for what and whom', async () => {
  const id = await ask();
  const waiting = { waiting_for: '错误日志', contact_id: contacts.小吴.id };
  await server.send('林海', `POST /api/tickets/${id}/wait`, waiting);
  const { body, status } = await server.get('林海', `/api/tickets/${id}/clocks/resolution/why`);
  assert.equal(status, 200, JSON.stringify(body));
  const { days, state, due_at, due_by, calendar_name } = body as unknown as ClockExplanation;
  assert.deepEqual([state, due_at, due_by, calendar_name], ['paused', null, 'open', '全天候']);
  const pieces = days.flatMap((day) => day.pieces);
  assert.deepEqual(pieces.at(-1)?.why, { code: 'waiting', waiting_for: '错误日志', asked_of: '小吴' });
  const first = (await server.get('林海', `/api/tickets/${id}/clocks/first_response/why`))
    .body as unknown as ClockExplanation;
  assert.equal(first.days.at(-1)?.pieces.at(-1)?.to, first.due_at);
});

test('a clock that is not there, and a contact who asks for one, get nothing', async () => {
  const id = await ask();
  assert.equal((await server.get('林海', `/api/tickets/${newId()}/clocks/resolution/why`)).status, 404);
  assert.equal((await server.get('林海', `/api/tickets/${id}/clocks/egg_timer/why`)).status, 422);
  assert.equal((await server.get('孙悦', `/api/tickets/${id}/clocks/resolution/why`)).status, 404);
});
