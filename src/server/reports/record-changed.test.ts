import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ReportFacts } from '#domain/reports/report.ts';
import { newId } from '#server/platform/ids.ts';
import { customers } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, logOf, openVisit, signatureOf, succeed, visitIn, wrapUpOf } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer({ worker: true });
});
after(() => server.stop());

async function factsOf(visit: string): Promise<ReportFacts> {
  const { id } = await succeed<{ id: string }>(
    server.send('林海', `POST /api/visits/${visit}/reports`, { id: newId() }),
  );
  const row = await server.db
    .selectFrom('report_versions')
    .select('facts')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.facts as unknown as ReportFacts;
}

test('R26 R27 a report of two days tells both, one after the other, each with its wrap-up', async () => {
  const { id } = await visitIn(server, 'working');
  await act(server, '林海', id, 'wrap_up', wrapUpOf({ rested_on: '第一天的依据' }));
  await act(server, '林海', id, 'leave', { promised_today: 'nothing', comes_back: true });
  const one = await factsOf(id);
  assert.equal(one.visit.days, undefined, 'one day is told as ever');
  for (const name of ['depart', 'arrive', 'start']) await act(server, '林海', id, name);
  await act(server, '林海', id, 'wrap_up', wrapUpOf({ rested_on: '第二天的依据' }));
  await act(server, '林海', id, 'leave', { promised_today: 'nothing' });
  const { visit } = await openVisit(server, id);
  const facts = await factsOf(id);
  assert.deepEqual(facts.visit.days, [
    { arrived_at: one.visit.arrived_at, left_at: one.visit.left_at },
    { arrived_at: visit.arrived_at, left_at: visit.left_at },
  ]);
  assert.deepEqual([facts.visit.arrived_at, facts.visit.left_at], [one.visit.arrived_at, visit.left_at]);
  assert.deepEqual(
    facts.wrap_ups.map(({ rested_on }) => rested_on),
    ['第一天的依据', '第二天的依据'],
  );
});

test('R27 a signed version is marked when what it prints changed afterwards, and never by leaving; it keeps its hash', async () => {
  const { id, ticket } = await visitIn(server, 'working');
  type Listed = { items: { version: number; sha256: string }[]; record_changed: boolean };
  const listed = () => succeed<Listed>(server.get('周敏', `/api/visits/${id}/reports`));
  const inPortal = async () => {
    const path = `/api/portal/tickets/${ticket}`;
    const { visits } = await succeed<{ visits: { reports: { record_changed: boolean }[] }[] }>(
      server.get('小吴', path),
    );
    return visits[0]?.reports.map(({ record_changed }) => record_changed);
  };
  assert.equal((await listed()).record_changed, false, 'no version, nothing to mark');
  const line = logOf();
  await act(server, '林海', id, 'log', line);
  await act(server, '林海', id, 'wrap_up', wrapUpOf());
  await act(server, '林海', id, 'sign', await signatureOf(server, id));
  let signed = await listed();
  for (let round = 0; round < 300 && signed.items.length === 0; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    signed = await listed();
  }
  const [version] = signed.items;
  await act(server, '林海', id, 'leave', { promised_today: 'nothing' });
  await act(server, '林海', id, 'note', { id: newId(), body: '只给同事' });
  assert.deepEqual([(await listed()).record_changed, await inPortal()], [false, [false]]);
  const changes = { customer_line: { from: line.customer_line, to: '换了两根网线' } };
  await act(server, '林海', id, 'edit_log', { id: newId(), entry_id: line.id, changes });
  const now = await listed();
  assert.deepEqual([now.record_changed, now.items], [true, [version]]);
  assert.deepEqual(await inPortal(), [true]);
  await succeed(server.send('林海', `POST /api/visits/${id}/reports`, { id: newId() }));
  const renewed = await listed();
  assert.deepEqual([renewed.record_changed, renewed.items[1]], [false, version]);
  assert.deepEqual(await inPortal(), [false, false]);
});

/** A further contact of the customer at whose place these visits are. */
async function newContact(name: string): Promise<string> {
  const id = newId();
  const path = `POST /api/customers/${customers.鲁味餐饮.id}/contacts`;
  await succeed(server.send('周敏', path, { id, name, title: '店长' }));
  return id;
}

test('R27 whom a report names stays named when they leave the customer, and however many colleagues they have; that is no change of the record', async () => {
  const [li, wang, qian] = [await newContact('李岚'), await newContact('王倩'), await newContact('钱进')];
  const { id, ticket } = await visitIn(server, 'working', { interface_contact_id: li });
  const wait = { kind: 'waiting', waiting_for: '机房钥匙', waiting_on_contact_id: wang };
  await act(server, '林海', id, 'log', logOf({ ...wait, ended_at: new Date().toISOString() }));
  await act(server, '林海', id, 'promise', { id: newId(), words: '周五前寄来', to_contact_id: qian });
  const namesIn = ({ interface_person, work, promises }: ReportFacts) => [
    interface_person,
    work[0]?.waiting_on,
    promises[0]?.to,
  ];
  const named = [{ name: '李岚', title: '店长' }, '王倩', '钱进'];
  assert.deepEqual(namesIn(await factsOf(id)), named);
  const isMarked = async () => {
    const desk = await succeed<{ record_changed: boolean }>(server.get('周敏', `/api/visits/${id}/reports`));
    const portal = await succeed<{ visits: { reports: { record_changed: boolean }[] }[] }>(
      server.get('小吴', `/api/portal/tickets/${ticket}`),
    );
    return [desk.record_changed, portal.visits[0]?.reports[0]?.record_changed];
  };
  for (const contact of [li, wang]) await succeed(server.send('周敏', `POST /api/contacts/${contact}/leave`));
  assert.deepEqual(await isMarked(), [false, false]);
  const colleagues = Array.from({ length: 500 }, (_, n) => ({
    id: newId(),
    customer_id: customers.鲁味餐饮.id,
    name: `A${n}`,
    created_at: new Date().toISOString(),
  }));
  await server.db.insertInto('contacts').values(colleagues).execute();
  assert.deepEqual(await isMarked(), [false, false]);
  await act(server, '林海', id, 'log', logOf());
  assert.deepEqual(namesIn(await factsOf(id)), named);
});
