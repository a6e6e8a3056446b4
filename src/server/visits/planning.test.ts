import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { plusMinutes } from '#domain/ground/instant.ts';
import type { VisitRow } from '#domain/visits/views.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import {
  act,
  askTicket,
  freeSpan,
  hours,
  openVisit,
  planOf,
  planVisit,
  succeed,
  visitIn,
} from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const refusedPlan = async (overrides: Record<string, unknown>) =>
  code(await server.send('周敏', 'POST /api/visits', planOf(await askTicket(server), overrides)));

test('a visit is planned from its ticket with number, engineer and times, and stands in the list by when it begins', async () => {
  const plan = planOf(await askTicket(server));
  const made = await server.send('周敏', 'POST /api/visits', plan);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal((made.body as { version: number }).version, 1);
  const { visit, about } = await openVisit(server, plan.id);
  assert.deepEqual([visit.state, visit.engineer_name, visit.goal], ['planned', '林海', '收银机恢复正常']);
  assert.ok(visit.number > 100);
  assert.equal(about.site?.name, '总店');
  assert.equal(about.messages[0]?.body, '收银机卡住，要人来看');
  assert.ok(about.contacts.some(({ name }) => name === '孙悦'));
  assert.deepEqual(await server.eventsOf(plan.id), ['visit.planned']);
  const later = await planVisit(server);
  const { items } = await succeed<{ items: VisitRow[] }>(server.get('王经理', '/api/visits?limit=100'));
  const at = (id: string) => items.findIndex((row) => row.id === id);
  assert.ok(at(plan.id) >= 0 && at(plan.id) < at(later.id));
  assert.deepEqual(items[at(plan.id)]?.engineer, { id: people.林海.id, name: '林海' });
});

test('a ticket is not closed while somebody is to travel for it; called off with a reason, it closes', async () => {
  const plan = planOf(await askTicket(server));
  await succeed(server.send('周敏', 'POST /api/visits', plan));
  const closing = { outcome: 'solved', done_for_customer: '在电话里解决了。' };
  const close = () => server.send('周敏', `POST /api/tickets/${plan.ticket_id}/close`, closing);
  const refused = await close();
  const { visit } = await openVisit(server, plan.id);
  assert.deepEqual([refused.status, code(refused)], [409, 'tickets.visits_to_come']);
  assert.deepEqual((refused.body as { params: { visits: unknown } }).params.visits, [
    { id: plan.id, number: visit.number, planned_from: visit.planned_from, engineer_name: '林海' },
  ]);
  await act(server, '周敏', plan.id, 'cancel', { reason: '电话里解决了' });
  assert.equal((await close()).status, 200);
  const again = await server.send('周敏', 'POST /api/visits', planOf(plan.ticket_id));
  assert.equal(code(again), 'visits.ticket_closed');
});

test('only those who lead plan; what a plan names has to be there and this customer’s', async () => {
  const plan = planOf(await askTicket(server));
  for (const who of ['林海', '王经理'] as const)
    assert.equal(code(await server.send(who, 'POST /api/visits', plan)), 'ground.forbidden');
  assert.equal((await server.send('小吴', 'POST /api/visits', plan)).status, 404);
  assert.equal(await refusedPlan({ ticket_id: newId() }), 'ground.not_found');
  assert.equal(await refusedPlan({ engineer_id: newId() }), 'people.no_engineer');
  assert.equal(await refusedPlan({ engineer_id: people.周敏.id }), 'people.no_engineer');
  assert.equal(await refusedPlan({ engineer_id: contacts.小吴.user }), 'people.no_engineer');
  assert.equal(await refusedPlan({ site_id: customers.华安医院.site }), 'visits.site_unknown');
  assert.equal(await refusedPlan({ interface_contact_id: contacts.李医生.id }), 'visits.contact_unknown');
  assert.equal(
    await refusedPlan({ signer_ids: [contacts.小吴.id, contacts.李医生.id] }),
    'visits.contact_unknown',
  );
  assert.equal(await refusedPlan({ planned_to: hours(0) }), 'visits.times_reversed');
  assert.equal((await server.get('周敏', `/api/visits/${plan.id}`)).status, 404, 'nothing of it stands');
});

test('nobody is planned for a closed ticket, nor is anybody who is disabled', async () => {
  const ticket = await askTicket(server);
  const closing = { outcome: 'solved', done_for_customer: '好了' };
  await succeed(server.send('周敏', `POST /api/tickets/${ticket}/close`, closing));
  assert.equal(await refusedPlan({ ticket_id: ticket }), 'visits.ticket_closed');
  const disable = (at: string | null) =>
    server.db.updateTable('users').set({ disabled_at: at }).where('id', '=', people.赵工.id).execute();
  await disable(hours(-1));
  assert.equal(await refusedPlan({ engineer_id: people.赵工.id }), 'people.engineer_disabled');
  await disable(null);
});

test('R20 two spans of one engineer never overlap: at planning, at moving, at reassigning; they may touch', async () => {
  const first = freeSpan();
  const { id } = await planVisit(server, first);
  assert.equal(await refusedPlan({ ...first }), 'visits.overlap');
  assert.equal(
    await refusedPlan({ ...first, planned_from: hours(0.1), planned_to: hours(3_000) }),
    'visits.overlap',
  );
  const elsewhere = await planVisit(server, { ...first, engineer_id: people.赵工.id });
  const taken = await server.send('周敏', `POST /api/visits/${elsewhere.id}/reassign`, {
    engineer_id: people.林海.id,
    engineer_name: '林海',
  });
  assert.equal(code(taken), 'visits.overlap');
  const after = await planVisit(server, {
    engineer_id: people.赵工.id,
    planned_from: first.planned_to,
    planned_to: plusMinutes(first.planned_to, 5),
  });
  const { visit } = await openVisit(server, after.id);
  const earlier = { planned_from: { from: visit.planned_from, to: first.planned_from } };
  const moved = await server.send('周敏', `POST /api/visits/${after.id}/edit`, {
    id: newId(),
    changes: earlier,
  });
  assert.equal(code(moved), 'visits.overlap');
  await act(server, '周敏', id, 'cancel', { reason: '改期' });
  await act(server, '周敏', elsewhere.id, 'reassign', { engineer_id: people.林海.id, engineer_name: '林海' });
  assert.equal((await openVisit(server, elsewhere.id)).visit.engineer_name, '林海');
});

test('R20 of two plans at once for one engineer and one time, exactly one stands', async () => {
  for (let round = 0; round < 5; round += 1) {
    const span = freeSpan();
    const plans = await Promise.all([1, 2, 3].map(async () => planOf(await askTicket(server), span)));
    const answers = await Promise.all(plans.map((plan) => server.send('周敏', 'POST /api/visits', plan)));
    assert.deepEqual(answers.map(code).sort(), [undefined, 'visits.overlap', 'visits.overlap'].sort());
  }
});

test('two spans of one engineer are refused by the database itself, too', async () => {
  const { id } = await planVisit(server);
  const other = await planVisit(server);
  const { visit } = await openVisit(server, id);
  const force = server.db
    .updateTable('visits')
    .set({ planned_from: visit.planned_from, planned_to: visit.planned_to })
    .where('id', '=', other.id)
    .execute();
  await assert.rejects(force, /visits_engineer_span_excl/);
});

test('a colleague’s name comes from their record, whatever the body says', async () => {
  const { id } = await planVisit(server);
  await act(server, '周敏', id, 'reassign', { engineer_id: people.赵工.id, engineer_name: '总经理' });
  assert.equal((await openVisit(server, id)).visit.engineer_name, '赵工');
  await act(server, '周敏', id, 'confirm_today', { contact_id: contacts.小吴.id, name: '总经理' });
  assert.equal((await openVisit(server, id)).visit.today_confirmed?.name, '小吴');
});

test('lists answer by state, engineer, customer, ticket and time', async () => {
  const { id, ticket } = await visitIn(server, 'dispatched', { engineer_id: people.林海.id });
  const ids = async (query: string, who: '林海' | '赵工' = '林海') =>
    (await succeed<{ items: VisitRow[] }>(server.get(who, `/api/visits?limit=100&${query}`))).items.map(
      (row) => row.id,
    );
  const { visit } = await openVisit(server, id);
  assert.deepEqual(await ids(`ticket_id=${ticket}`), [id]);
  assert.ok((await ids('state=dispatched')).includes(id));
  assert.ok(!(await ids('state=planned')).includes(id));
  assert.ok((await ids('engineer=me')).includes(id));
  assert.ok(!(await ids('engineer=me', '赵工')).includes(id));
  assert.deepEqual(await ids(`customer_id=${customers.华安医院.id}`), []);
  assert.ok((await ids(`from=${visit.planned_from}&to=${visit.planned_to}`)).includes(id));
  assert.ok(!(await ids(`to=${visit.planned_from}`)).includes(id));
  const page = await succeed<{ items: VisitRow[]; next: string }>(server.get('林海', '/api/visits?limit=1'));
  const rest = await ids(`after=${encodeURIComponent(page.next)}`);
  assert.ok(!rest.includes(page.items[0]?.id as string));
  await act(server, '周敏', id, 'cancel', { reason: '改期' });
  assert.ok(!(await ids('state=active')).includes(id));
  assert.ok((await ids('state=all')).includes(id));
});

test('R28 on board are one’s own visits of seven days that are not over; a word in the ticket moves them', async () => {
  const soon = await planVisit(server);
  const far = await planVisit(server, { planned_from: hours(24 * 8), planned_to: hours(24 * 8 + 1) });
  const over = await planVisit(server);
  await act(server, '周敏', over.id, 'cancel', { reason: '改期' });
  type Items = { items: { id: string; version: number; changed_at: string }[] };
  const carried = async (who: '林海' | '赵工') =>
    new Map(
      (await succeed<Items>(server.get(who, '/api/visits/on-board'))).items.map((one) => [one.id, one]),
    );
  const mine = await carried('林海');
  assert.ok(mine.has(soon.id) && !mine.has(far.id) && !mine.has(over.id));
  assert.ok(!(await carried('赵工')).has(soon.id));
  assert.equal((await server.get('王经理', '/api/visits/on-board')).status, 403);
  const reply = { id: newId(), body: '马上到' };
  await succeed(server.send('周敏', `POST /api/tickets/${soon.ticket}/reply`, reply));
  const worded = await carried('林海');
  assert.ok((worded.get(soon.id)?.changed_at ?? '') > (mine.get(soon.id)?.changed_at ?? ''));
  assert.equal(worded.get(soon.id)?.version, 1);
  await act(server, '林海', soon.id, 'note', { id: newId(), body: '带梯子' });
  assert.equal((await carried('林海')).get(soon.id)?.version, 2);
});

test('everything that happened on a visit stands in its timeline, latest first, page by page; for the staff', async () => {
  const { id } = await visitIn(server, 'dispatched');
  const read = async (query: string) =>
    succeed<{ items: { name: string; actor_name: string }[]; next: string | null }>(
      server.get('王经理', `/api/visits/${id}/timeline?${query}`),
    );
  const whole = await read('limit=50');
  assert.deepEqual(
    whole.items.map(({ name, actor_name }) => `${name} ${actor_name}`),
    [
      'visit.dispatched 周敏',
      'visit.readiness_checked 林海',
      'visit.readiness_checked 林海',
      'visit.planned 周敏',
    ],
  );
  const first = await read('limit=3');
  const rest = await read(`limit=3&after=${encodeURIComponent(first.next as string)}`);
  assert.deepEqual([...first.items, ...rest.items], whole.items);
  assert.equal((await server.get('小吴', `/api/visits/${id}/timeline`)).status, 404);
  assert.equal((await server.get('林海', `/api/visits/${newId()}/timeline`)).status, 404);
});
