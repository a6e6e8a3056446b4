import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { climbLongWaiting, tickClocks } from './jobs.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

type Acted = {
  id: string;
  number: number;
  state: string;
  clocks: { kind: string; state: string; due_at: string | null }[];
};

async function createTicket(overrides: Record<string, unknown> = {}) {
  const body = {
    id: newId(),
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'incident',
    title: '收银机很慢',
    body: '收银机很慢，还会死机。',
    impact: 2,
    urgency: 1,
    felt_severity: 1,
    ...overrides,
  };
  const answer = await server.send('周敏', 'POST /api/tickets', body);
  return { ...answer, id: body.id };
}

test('R1 R7 a ticket is created with number, priority and three clocks, and stands in the queue', async () => {
  const { status, body, id } = await createTicket();
  assert.equal(status, 201, JSON.stringify(body));
  const acted = body as Acted;
  assert.equal(acted.state, 'new');
  assert.deepEqual(
    acted.clocks.map((clock) => [clock.kind, clock.state]),
    [
      ['first_response', 'running'],
      ['next_update', 'running'],
      ['resolution', 'running'],
    ],
  );
  const page = await server.get('林海', `/api/tickets/${id}`);
  assert.equal(page.status, 200, JSON.stringify(page.body));
  const ticket = page.body as { priority: number; messages: { body: string }[] };
  assert.equal(ticket.priority, 2);
  assert.equal(ticket.messages[0]?.body, '收银机很慢，还会死机。');
  assert.deepEqual(await server.eventsOf(id), ['ticket.created']);
  const queue = await server.get('林海', '/api/tickets?limit=100');
  assert.ok((queue.body as { items: { id: string }[] }).items.some((row) => row.id === id));
});

test('a repeat under the same key gets the first answer and makes nothing new', async () => {
  const body = {
    id: newId(),
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'question',
    title: '怎么退单',
    body: '怎么退单？',
    impact: 3,
    urgency: 3,
  };
  const key = newId();
  const first = await server.send('周敏', 'POST /api/tickets', body, { key });
  const second = await server.send('周敏', 'POST /api/tickets', body, { key });
  assert.equal(first.status, 201);
  assert.equal(second.status, 201);
  assert.deepEqual(second.body, first.body);
  assert.equal(second.headers['idempotency-replayed'], 'true');
  assert.deepEqual(await server.eventsOf(body.id), ['ticket.created']);
  const other = await server.send('周敏', 'POST /api/tickets', { ...body, title: '别的' }, { key });
  assert.equal((other.body as { code: string }).code, 'ground.key_reused');
});

test('R4 a reply in the customer’s voice meets the first response; a note moves nothing', async () => {
  const { id } = await createTicket();
  const note = await server.send('林海', `POST /api/tickets/${id}/note`, {
    id: newId(),
    body: '内部：可能是网线',
  });
  assert.equal(note.status, 200, JSON.stringify(note.body));
  const reply = await server.send('林海', `POST /api/tickets/${id}/reply`, {
    id: newId(),
    body: '王店长您好，正在看。',
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  const { clocks, state } = reply.body as Acted;
  assert.equal(state, 'open');
  assert.equal(clocks.find((clock) => clock.kind === 'first_response')?.state, 'met');
  assert.deepEqual(await server.eventsOf(id), ['ticket.created', 'ticket.noted', 'ticket.replied']);
});

test('R8 “no answer yet” is refused without a next time, and with one that time is the due time', async () => {
  const { id } = await createTicket();
  const without = await server.send('林海', `POST /api/tickets/${id}/reply`, {
    id: newId(),
    body: '还没有结论',
    no_answer_yet: true,
  });
  assert.equal(without.status, 422);
  assert.equal((without.body as { code: string }).code, 'tickets.next_time_missing');
  const next = new Date(Date.now() + 3_600_000).toISOString();
  const withTime = await server.send('林海', `POST /api/tickets/${id}/reply`, {
    id: newId(),
    body: '还没有结论，一小时后再告诉您',
    no_answer_yet: true,
    next_update_at: next,
  });
  assert.equal(withTime.status, 200, JSON.stringify(withTime.body));
  const clock = (withTime.body as Acted).clocks.find(({ kind }) => kind === 'next_update');
  assert.equal(clock?.due_at, next);
});

test('R7 waiting on the customer pauses the clocks, says for what and of whom, and their word ends it', async () => {
  const { id } = await createTicket();
  const waited = await server.send('林海', `POST /api/tickets/${id}/wait`, {
    waiting_for: '错误截图',
    contact_id: contacts.小吴.id,
  });
  assert.equal(waited.status, 200, JSON.stringify(waited.body));
  const states = Object.fromEntries((waited.body as Acted).clocks.map((clock) => [clock.kind, clock.state]));
  assert.deepEqual(states, { first_response: 'running', next_update: 'paused', resolution: 'paused' });
  const resumed = await server.send('林海', `POST /api/tickets/${id}/resume`);
  assert.equal((resumed.body as Acted).state, 'open');
  const foreign = await server.send('林海', `POST /api/tickets/${id}/wait`, {
    waiting_for: '截图',
    contact_id: contacts.李医生.id,
  });
  assert.equal((foreign.body as { code: string }).code, 'tickets.contact_unknown');
});

test('R9 closing is refused while a promise is unsettled and names it; settled, it goes through', async () => {
  const { id } = await createTicket();
  const promise = {
    id: newId(),
    subject: { kind: 'ticket', id },
    words: '今天下班前把日志分析发给您',
    to_contact_id: contacts.小吴.id,
    owner_id: people.林海.id,
    due_at: new Date(Date.now() + 7_200_000).toISOString(),
  };
  const made = await server.send('林海', 'POST /api/promises', promise);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const close = { outcome: 'solved', done_for_customer: '更换了收银机的网线。' };
  const refused = await server.send('林海', `POST /api/tickets/${id}/close`, close);
  assert.equal(refused.status, 409);
  const problem = refused.body as { code: string; params: { promises: { id: string }[] } };
  assert.equal(problem.code, 'tickets.promises_unsettled');
  assert.equal(problem.params.promises[0]?.id, promise.id);
  const kept = await server.send('林海', `POST /api/promises/${promise.id}/keep`, {
    told_how: 'phone',
    told_at: new Date().toISOString(),
  });
  assert.equal(kept.status, 200, JSON.stringify(kept.body));
  const closed = await server.send('林海', `POST /api/tickets/${id}/close`, close);
  assert.equal(closed.status, 200, JSON.stringify(closed.body));
  assert.deepEqual(await server.eventsOf(promise.id), ['promise.made', 'promise.kept']);
  assert.deepEqual(await server.eventsOf(id), ['ticket.created', 'ticket.closed']);
  const timeline = await server.get('陈立', `/api/tickets/${id}/timeline`);
  const names = (timeline.body as { items: { name: string }[] }).items.map((item) => item.name);
  assert.deepEqual(names, ['ticket.closed', 'promise.kept', 'promise.made', 'ticket.created']);
});

test('two people change different fields and both stand; the same field is a clash that shows both values', async () => {
  const { id } = await createTicket();
  const first = await server.send('林海', `PATCH /api/tickets/${id}`, {
    changes: { title: { from: '收银机很慢', to: '三号收银机慢' } },
  });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const second = await server.send('周敏', `PATCH /api/tickets/${id}`, {
    changes: { impact: { from: 2, to: 1 } },
  });
  assert.equal(second.status, 200);
  const clash = await server.send('周敏', `PATCH /api/tickets/${id}`, {
    changes: { title: { from: '收银机很慢', to: '全店慢' } },
  });
  assert.equal(clash.status, 409);
  assert.deepEqual((clash.body as { params: { clashes: unknown[] } }).params.clashes, [
    { field: 'title', yours: '全店慢', theirs: '三号收银机慢', based_on: '收银机很慢' },
  ]);
});

test('what one may not see does not exist: contacts reach no route of the staff, strangers are asked to sign in', async () => {
  const { id } = await createTicket();
  assert.equal((await server.get('孙悦', `/api/tickets/${id}`)).status, 404);
  assert.equal((await server.get('孙悦', '/api/tickets')).status, 404);
  assert.equal((await server.get(null, `/api/tickets/${id}`)).status, 401);
  const sales = await server.send('王经理', `POST /api/tickets/${id}/close`, {
    outcome: 'solved',
    done_for_customer: '好了',
  });
  assert.equal(sales.status, 403);
});

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

function fromDevice(envelope: Record<string, unknown>) {
  const whole = {
    device_id: newId(),
    seq: 1,
    last_server_time: null,
    since_server_ms: null,
    offset_ms: null,
    schema: 1,
    depends_on: [],
    ...envelope,
  };
  return { headers: { 'x-device': JSON.stringify(whole) } };
}

test('R7 an act of the past from a device keeps its time, restates the clocks, and the restatement is listed', async () => {
  const { id } = await createTicket();
  await server.db
    .updateTable('ticket_clocks')
    .set({ facts: await startedHoursAgo(id, 5) })
    .where('ticket_id', '=', id)
    .where('kind', '=', 'first_response')
    .execute();
  const said = hoursAgo(2);
  const device = fromDevice({
    device_time: said,
    last_server_time: hoursAgo(3),
    since_server_ms: 3_600_000,
    offset_ms: 0,
  });
  const reply = await server.send(
    '林海',
    `POST /api/tickets/${id}/reply`,
    { id: newId(), body: '现场已经回复' },
    device,
  );
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  const page = await server.get('林海', `/api/tickets/${id}`);
  const { messages } = page.body as { messages: { happened_at: string; received_at: string }[] };
  const last = messages.at(-1);
  assert.ok(Math.abs(Date.parse(last?.happened_at ?? '') - Date.parse(said)) < 5_000);
  assert.ok(Date.parse(last?.received_at ?? '') > Date.parse(said) + 7_000_000);
  assert.ok((await server.eventsOf(id)).includes('ticket.clock_restated'));
});

async function startedHoursAgo(ticketId: string, hours: number): Promise<string> {
  const row = await server.db
    .selectFrom('ticket_clocks')
    .select('facts')
    .where('ticket_id', '=', ticketId)
    .where('kind', '=', 'first_response')
    .executeTakeFirstOrThrow();
  const facts = row.facts as { at: string; received_at: string }[];
  return JSON.stringify(
    facts.map((fact) => ({ ...fact, at: hoursAgo(hours), received_at: hoursAgo(hours) })),
  );
}

test('R7 a device time that nobody can believe: the clock uses the later, both are laid before a lead, who decides once', async () => {
  const { id } = await createTicket();
  const device = fromDevice({ device_time: '1970-01-01T00:00:00.000Z' });
  const reply = await server.send(
    '林海',
    `POST /api/tickets/${id}/reply`,
    { id: newId(), body: '时钟坏了' },
    device,
  );
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  assert.equal((await server.get('林海', '/api/doubtful-times')).status, 403);
  const { items } = (await server.get('陈立', '/api/doubtful-times')).body as {
    items: { id: string; ticket_id: string; doubt: string }[];
  };
  const doubt = items.find((item) => item.ticket_id === id);
  assert.equal(doubt?.doubt, 'too_old');
  const decided = await server.send('陈立', `POST /api/doubtful-times/${doubt?.id}/decide`, {
    use: 'received',
  });
  assert.equal(decided.status, 200, JSON.stringify(decided.body));
  const again = await server.send('陈立', `POST /api/doubtful-times/${doubt?.id}/decide`, { use: 'device' });
  assert.equal((again.body as { code: string }).code, 'tickets.time_already_decided');
  assert.ok((await server.eventsOf(id)).includes('ticket.time_decided'));
});

test('R7 the tick warns at shares of the target, notes the breach once, and says nothing twice', async () => {
  const { id } = await createTicket();
  const age = async (minutes: number) => {
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    const rows = await server.db
      .selectFrom('ticket_clocks')
      .select(['id', 'facts'])
      .where('ticket_id', '=', id)
      .where('kind', '=', 'first_response')
      .execute();
    for (const row of rows) {
      const facts = (row.facts as { at: string }[]).map((fact) => ({ ...fact, at, received_at: at }));
      await server.db
        .updateTable('ticket_clocks')
        .set({ facts: JSON.stringify(facts), next_check_at: at })
        .where('id', '=', row.id)
        .execute();
    }
  };
  await age(47);
  await tickClocks(server);
  await tickClocks(server);
  await age(61);
  await tickClocks(server);
  await tickClocks(server);
  const events = (await server.eventsOf(id)).filter((name) => name.startsWith('ticket.clock'));
  assert.deepEqual(events, ['ticket.clock_warned', 'ticket.clock_breached']);
  const page = await server.get('林海', `/api/tickets/${id}`);
  const { clocks } = page.body as { clocks: { kind: string; breached_at: string | null }[] };
  assert.ok(clocks.find((clock) => clock.kind === 'first_response')?.breached_at);
});

test('R7 three days of waiting for a customer climb once', async () => {
  const { id } = await createTicket();
  await server.send('林海', `POST /api/tickets/${id}/wait`, {
    waiting_for: '日志',
    contact_id: contacts.小吴.id,
  });
  await climbLongWaiting(server);
  await server.db
    .updateTable('tickets')
    .set({ waiting_since: hoursAgo(73) })
    .where('id', '=', id)
    .execute();
  await climbLongWaiting(server);
  await climbLongWaiting(server);
  const events = (await server.eventsOf(id)).filter((name) => name === 'ticket.waiting_climbed');
  assert.equal(events.length, 1);
});
