import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import sharp from 'sharp';
import type { PortalConversation, PortalHome } from '#domain/channels/commands.ts';
import type { ContactActor } from '#domain/ground/actor.ts';
import type { ReportRow } from '#domain/reports/commands.ts';
import { inReadTransaction } from '#server/platform/db/transaction.ts';
import { newId } from '#server/platform/ids.ts';
import { type CastName, contacts, cookieOf, customers } from '#test/cast.ts';
import { wordsOfDocx, wordsOfPdf } from '#test/paper-words.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { canary } from '#test/told-visit.ts';
import { act, hours, logOf, openVisit, planVisit, succeed, visitIn, wrapUpOf } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const home = (who: CastName) => succeed<PortalHome>(server.get(who, '/api/portal/home'));
const question = (who: CastName, id: string) =>
  succeed<PortalConversation>(server.get(who, `/api/portal/tickets/${id}`));
const fetched = async (who: CastName, url: string) => {
  const answer = await server.server.inject({ url, headers: { cookie: cookieOf(who) } });
  return { status: answer.statusCode, bytes: answer.rawPayload };
};

async function photo(who: CastName): Promise<string> {
  const id = newId();
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#36a' } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.set('id', id);
  form.set('customer_id', customers.鲁味餐饮.id);
  form.set('file', new Blob([new Uint8Array(bytes)]), 'photo.png');
  const request = new Request('http://x/', { method: 'POST', body: form });
  const type = request.headers.get('content-type') as string;
  const answer = await server.server.inject({
    method: 'POST',
    url: '/api/files',
    headers: { cookie: cookieOf(who), 'idempotency-key': id, 'content-type': type },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  assert.equal(answer.statusCode, 201, answer.body);
  return id;
}

test('R53 the customer sees who comes when, and what was done line by line as it happens', async () => {
  const { id, ticket } = await planVisit(server);
  const [coming] = (await home('小吴')).coming.filter((visit) => visit.id === id);
  assert.deepEqual([coming?.stage, coming?.engineer_name, coming?.site_name], ['planned', '林海', '总店']);
  const working = await visitIn(server, 'working');
  const before = (await question('小吴', working.ticket)).visits[0];
  assert.deepEqual([before?.stage, before?.lines], ['on_site', []]);
  const entry = logOf({ kind: 'work', customer_line: '换了三根网线' });
  await act(server, '林海', working.id, 'log', entry);
  const line = (await question('小吴', working.ticket)).visits[0]?.lines[0];
  assert.deepEqual([line?.words, line?.kind, line?.ended_at], ['换了三根网线', 'work', null]);
  await act(server, '林海', working.id, 'wrap_up', wrapUpOf());
  await act(server, '林海', working.id, 'leave', { promised_today: 'nothing' });
  const over = await home('小吴');
  assert.ok(!over.coming.some((visit) => visit.id === working.id));
  const deed = over.done.find((each) => each.id === working.id);
  assert.deepEqual([deed?.kind, deed?.words, deed?.ticket_id], ['visit', '换了三根网线', working.ticket]);
  assert.equal((await question('小吴', ticket)).visits[0]?.goal, '收银机恢复正常');
});

test('R53 between two days the customer reads that the engineer left and comes back, and when they come once that is planned anew', async () => {
  const { id, ticket } = await visitIn(server, 'working');
  const move = async (from: string, to: string) => {
    const { planned_from, planned_to } = (await openVisit(server, id)).visit;
    const changes = {
      planned_from: { from: planned_from, to: from },
      planned_to: { from: planned_to, to },
    };
    await act(server, '周敏', id, 'edit', { id: newId(), changes });
  };
  await move(hours(-3_002), hours(-3_000));
  const reason = { promised_today: 'nothing', comes_back: true, no_wrap_up_reason: canary };
  await act(server, '林海', id, 'leave', reason);
  const asked = await question('小吴', ticket);
  const [between] = asked.visits;
  assert.deepEqual([between?.stage, typeof between?.left_at], ['between_days', 'string']);
  const { coming } = await home('小吴');
  assert.equal(coming.find((visit) => visit.id === id)?.stage, 'between_days');
  assert.ok(!JSON.stringify([asked, coming]).includes(canary), 'of a day its end alone is told');
  await move(hours(3_000), hours(3_002));
  assert.equal((await question('小吴', ticket)).visits[0]?.stage, 'planned');
});

test('R24 the customer reads the gravest finding first, whenever it was noted', async () => {
  const { id, ticket } = await visitIn(server, 'working');
  for (const risk of ['low', 'critical', 'medium'])
    await act(server, '林海', id, 'find', { id: newId(), what: `发现：${risk}`, risk });
  const [visit] = (await question('小吴', ticket)).visits;
  assert.deepEqual(
    visit?.findings.map(({ risk }) => risk),
    ['critical', 'medium', 'low'],
  );
});

test('no word that was written for colleagues reaches the portal, its photos or its papers', async () => {
  const { id, ticket } = await visitIn(server, 'working');
  const [seen, inside] = [await photo('林海'), await photo('林海')];
  const told = { file_id: seen, caption: '更换后' };
  await act(server, '林海', id, 'log', logOf({ line: canary, customer_line: '换了网线', photos: [told] }));
  const hidden = { line: canary, customer_line: '', photos: [{ file_id: inside, caption: canary }] };
  await act(server, '林海', id, 'log', logOf(hidden));
  await act(server, '林海', id, 'note', { id: newId(), body: canary });
  const scope = {
    what: canary,
    hours: 3,
    night: false,
    verification: canary,
    said_by: canary,
    said_at: hours(-1),
  };
  await act(server, '周敏', id, 'set_scope', { id: newId(), party: 'sales', from: null, to: scope });
  await act(server, '林海', id, 'find', {
    id: newId(),
    what: '服务停电后不自启',
    risk: 'high',
    obstacle: canary,
    advice: '改为自动启动',
  });
  const report = await succeed<ReportRow>(
    server.send('林海', `POST /api/visits/${id}/reports`, { id: newId() }),
  );
  const page = await question('小吴', ticket);
  assert.ok(!JSON.stringify([page, await home('小吴'), await home('孙悦')]).includes(canary));
  const [visit] = page.visits;
  assert.deepEqual(
    visit?.lines.map(({ words, photos }) => [words, photos.map(({ caption, file }) => [caption, file.id])]),
    [['换了网线', [['更换后', seen]]]],
  );
  assert.deepEqual(
    visit?.findings.map(({ what, risk }) => [what, risk]),
    [['服务停电后不自启', 'high']],
  );
  assert.equal((await fetched('小吴', `/api/files/${seen}`)).status, 200);
  assert.equal((await fetched('小吴', `/api/files/${inside}`)).status, 404);
  assert.deepEqual(
    visit?.reports.map(({ version, is_signed }) => [version, is_signed]),
    [[1, false]],
  );
  const paper = `/api/portal/reports/${report.id}/download`;
  const pdf = await fetched('小吴', paper);
  const words = wordsOfPdf(pdf.bytes);
  assert.ok(
    words.some((text) => text.includes('换了网线')) && !words.some((text) => text.includes('CANARY')),
  );
  const docx = wordsOfDocx((await fetched('小吴', `${paper}?format=docx`)).bytes);
  assert.ok(docx.text.includes('换了网线') && !docx.xml.includes('CANARY'));
});

test('visits and reports of others do not exist: neither the other customer’s nor a colleague’s own matter', async () => {
  const { id, ticket } = await visitIn(server, 'working');
  await act(server, '林海', id, 'log', logOf());
  const report = await succeed<ReportRow>(
    server.send('林海', `POST /api/visits/${id}/reports`, { id: newId() }),
  );
  const paper = `/api/portal/reports/${report.id}/download`;
  assert.equal((await fetched('孙悦', paper)).status, 200, 'sees everything of the chain');
  for (const who of ['老马', '李医生'] as const) {
    assert.equal((await fetched(who, paper)).status, 404, who);
    assert.equal((await server.get(who, `/api/portal/tickets/${ticket}`)).status, 404, who);
    assert.ok(!JSON.stringify(await home(who)).includes(id), who);
  }
  assert.equal((await fetched('周敏', paper)).status, 404, 'the door of customers is not for staff');
  assert.equal((await fetched('小吴', '/api/portal/reports/nonsense/download')).status, 404);
  assert.equal((await fetched('小吴', `${paper}?language=fr`)).status, 422);
});

test('row security alone lets a contact see no report of another, and of none what it says', async () => {
  const { id } = await visitIn(server, 'working');
  await act(server, '林海', id, 'log', logOf());
  await succeed(server.send('林海', `POST /api/visits/${id}/reports`, { id: newId() }));
  const asContact = (name: '小吴' | '老马' | '李医生'): ContactActor => ({
    kind: 'contact',
    id: contacts[name].user,
    name,
    contact_id: contacts[name].id,
    customer_id: customers[contacts[name].customer].id,
    sees: contacts[name].sees,
    is_customer_administrator: contacts[name].administrator,
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
    session_id: newId(),
  });
  const counted = (name: '小吴' | '老马' | '李医生') =>
    inReadTransaction(server.db, asContact(name), async (db) => {
      const rows = await db.selectFrom('report_versions').select('id').where('visit_id', '=', id).execute();
      return rows.length;
    });
  assert.deepEqual([await counted('小吴'), await counted('老马'), await counted('李医生')], [1, 0, 0]);
  for (const column of ['facts', 'made_by_name'])
    await assert.rejects(
      inReadTransaction(server.db, asContact('小吴'), (db) =>
        sql`select ${sql.ref(column)} from report_versions`.execute(db),
      ),
      /permission denied/,
    );
});
