import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { VisitActed } from '#domain/visits/commands.ts';
import type { QuarantinedAct } from '#domain/visits/views.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, people } from '#test/cast.ts';
import { upload } from '#test/fuzz/desk.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import {
  act,
  fromDevice,
  hours,
  logOf,
  openVisit,
  resolutionFactsOf,
  succeed,
  visitIn,
} from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

/** A visit on which 林海 worked without signal, and which went to 赵工 meanwhile. */
async function givenAway() {
  const visit = await visitIn(server, 'working');
  await act(server, '周敏', visit.id, 'reassign', { engineer_id: people.赵工.id, engineer_name: '赵工' });
  return visit;
}

const quarantinedOf = async (id: string, who: '林海' | '赵工' | '周敏' | '王经理' = '周敏') =>
  (await succeed<{ items: QuarantinedAct[] }>(server.get(who, `/api/visits/${id}/quarantined`))).items;
const decide = (id: string, body: Record<string, unknown>, who: '周敏' | '赵工' = '周敏') =>
  server.send(who, `POST /api/quarantined-acts/${id}/decide`, body);

test('R28 work for a visit that was given away meanwhile is kept with its photo and time, applied by nobody, and visible', async () => {
  const { id } = await givenAway();
  const { visit: before } = await openVisit(server, id);
  const file = await upload(server, '林海', '机柜.png');
  const entry = logOf({ started_at: hours(-3), photos: [{ file_id: file, caption: '机柜' }] });
  const acted = await act(server, '林海', id, 'log', entry, fromDevice(2));
  assert.equal(acted.outcome, 'quarantined');
  assert.deepEqual((await openVisit(server, id)).visit, before);
  for (const who of ['林海', '赵工', '周敏'] as const) {
    const [kept] = await quarantinedOf(id, who);
    assert.deepEqual([kept?.act, kept?.by_name, kept?.decided], ['log', '林海', null], who);
    assert.equal(kept?.body.line, entry.line);
    assert.ok(Math.abs(Date.parse(kept?.happened_at ?? '') - Date.parse(hours(-2))) < 5_000);
    assert.equal((await openVisit(server, id, who)).about.quarantined.length, 1, who);
  }
  assert.equal((await server.get('王经理', `/api/visits/${id}/quarantined`)).status, 403);
  assert.deepEqual((await openVisit(server, id, '王经理')).about.quarantined, []);
  const { items } = (await server.get('周敏', '/api/visits?state=all&limit=100')).body as {
    items: { id: string; open_quarantined: number }[];
  };
  assert.equal(items.find((row) => row.id === id)?.open_quarantined, 1);
  assert.equal((await openVisit(server, id)).about.files[0]?.id, file, 'its photo is safe');
  assert.ok((await server.eventsOf(id)).includes('visit.quarantined'));
});

test('R28 a lead applies it: in the name of whoever did it, at its own time; once', async () => {
  const { id } = await givenAway();
  const file = await upload(server, '林海', '机柜.png');
  const entry = logOf({ started_at: hours(-3), photos: [{ file_id: file, caption: '机柜' }] });
  await act(server, '林海', id, 'log', entry, fromDevice(2));
  const [kept] = (await quarantinedOf(id)) as [QuarantinedAct];
  assert.equal(code(await decide(kept.id, { verdict: 'apply' }, '赵工')), 'ground.forbidden');
  const decided = await succeed<QuarantinedAct>(decide(kept.id, { verdict: 'apply' }));
  assert.deepEqual([decided.decided?.verdict, decided.decided?.by_name], ['applied', '周敏']);
  const { visit } = await openVisit(server, id);
  const logged = visit.log.find((one) => one.id === entry.id);
  assert.deepEqual([logged?.by_name, logged?.at], ['林海', kept.happened_at]);
  const events = await server.db
    .selectFrom('events')
    .select(['name', 'actor_name', 'happened_at'])
    .where('subject_id', '=', id)
    .orderBy('id', 'desc')
    .limit(2)
    .execute();
  assert.deepEqual(
    events.map((event) => [event.name, event.actor_name]),
    [
      ['visit.quarantine_decided', '周敏'],
      ['visit.logged', '林海'],
    ],
  );
  assert.equal(events[1]?.happened_at, kept.happened_at);
  assert.equal(code(await decide(kept.id, { verdict: 'drop', reason: '不要' })), 'visits.already_decided');
});

test('R7 what a lead applies moves the ticket’s clocks at its own time, shows its photo to the customer, and makes its promise', async () => {
  const { id, ticket } = await givenAway();
  const file = await upload(server, '林海', '机柜.png');
  await act(
    server,
    '林海',
    id,
    'log',
    logOf({ started_at: hours(-0.02), photos: [{ file_id: file, caption: '' }] }),
  );
  const promise = { id: newId(), words: '明天回电', due_at: hours(20) };
  await act(server, '林海', id, 'promise', promise);
  type Page = { clocks: { kind: string; met_at: string | null }[] };
  const metAt = async () =>
    (await succeed<Page>(server.get('周敏', `/api/tickets/${ticket}`))).clocks.find(
      ({ kind }) => kind === 'first_response',
    )?.met_at;
  assert.equal(await metAt(), null);
  assert.equal((await server.get('小吴', `/api/files/${file}`)).status, 404);
  const [log, promised] = (await quarantinedOf(id)) as [QuarantinedAct, QuarantinedAct];
  await succeed(decide(log.id, { verdict: 'apply' }));
  await succeed(decide(promised.id, { verdict: 'apply' }));
  assert.equal(await metAt(), log.happened_at);
  assert.equal((await server.get('小吴', `/api/files/${file}`)).status, 200);
  const made = await server.db
    .selectFrom('promises')
    .select(['words', 'created_by_id', 'visit_id'])
    .where('id', '=', promise.id)
    .executeTakeFirst();
  assert.deepEqual(made, { words: '明天回电', created_by_id: people.林海.id, visit_id: id });
});

test('R28 a lead drops it, with a reason that is kept; what the rule refuses stays undecided', async () => {
  const { id } = await givenAway();
  await act(server, '林海', id, 'note', { id: newId(), body: '写错了地方' });
  await act(server, '林海', id, 'arrive');
  const [note, arrival] = (await quarantinedOf(id)) as [QuarantinedAct, QuarantinedAct];
  assert.equal(code(await decide(note.id, { verdict: 'drop' })), 'visits.drop_needs_reason');
  const dropped = await succeed<QuarantinedAct>(decide(note.id, { verdict: 'drop', reason: '不是这家' }));
  assert.deepEqual([dropped.decided?.verdict, dropped.decided?.reason], ['dropped', '不是这家']);
  assert.equal((await openVisit(server, id)).visit.notes.length, 0);
  assert.equal(code(await decide(arrival.id, { verdict: 'apply' })), 'visits.already_arrived');
  assert.equal((await quarantinedOf(id))[1]?.decided, null);
  assert.equal(code(await decide(newId(), { verdict: 'apply' })), 'ground.not_found');
});

test('R28 a repeat of a quarantined act is one, and whoever never had the visit is told whose it is', async () => {
  const { id } = await visitIn(server, 'working');
  const note = { id: newId(), body: '我也在' };
  assert.equal(code(await server.send('赵工', `POST /api/visits/${id}/note`, note)), 'visits.not_yours');
  await act(server, '周敏', id, 'reassign', { engineer_id: people.赵工.id, engineer_name: '赵工' });
  const key = newId();
  const first = await act(server, '林海', id, 'note', note, { key });
  const again: VisitActed = await act(server, '林海', id, 'note', note, { key });
  assert.deepEqual(again, first);
  assert.equal((await quarantinedOf(id)).length, 1);
  await act(server, '周敏', id, 'reassign', { engineer_id: people.林海.id, engineer_name: '林海' });
  assert.equal((await act(server, '林海', id, 'note', { id: newId(), body: '又是我的' })).outcome, 'done');
});

const waitingOf = (started_at: string) =>
  logOf({
    kind: 'waiting',
    started_at,
    customer_line: '',
    waiting_for: '机房钥匙',
    waiting_on_contact_id: contacts.小吴.id,
  });
const pausesOf = async (ticket: string) =>
  (await resolutionFactsOf(server, ticket)).filter(({ kind }) => kind === 'paused');
const doubtsOf = (ticket: string) =>
  server.db
    .selectFrom('doubtful_times')
    .select(['id', 'act', 'doubt', 'device_at', 'corrected_at', 'received_at', 'used_at'])
    .where('ticket_id', '=', ticket)
    .execute();

test('R28 what a phone’s wrong clock said is no more believed when a lead applies it than when it comes directly', async () => {
  const behind = hours(-20 * 24);
  const unheard = { device_time: behind, last_server_time: null, since_server_ms: null, offset_ms: null };
  const direct = await visitIn(server, 'working');
  await act(server, '林海', direct.id, 'log', waitingOf(behind), fromDevice(0, unheard));
  const { id, ticket } = await givenAway();
  await act(server, '林海', id, 'log', waitingOf(behind), fromDevice(0, unheard));
  assert.deepEqual([await pausesOf(ticket), await doubtsOf(ticket)], [[], []]);
  const [kept] = (await quarantinedOf(id)) as [QuarantinedAct];
  await succeed(decide(kept.id, { verdict: 'apply' }));

  const [pause] = await pausesOf(ticket);
  const received = kept.received_at;
  assert.deepEqual(
    [pause?.at, pause?.received_at, pause?.device_at, pause?.doubtful],
    [received, received, behind, true],
  );
  const [{ id: doubt, ...doubted } = assert.fail('no doubt'), ...others] = await doubtsOf(ticket);
  assert.deepEqual([doubted.received_at, doubted.used_at, others], [received, received, []]);
  const timeless = ({ received_at: _at, used_at: _used, ...rest }: Omit<typeof doubted, 'id'>) => rest;
  const [{ id: _id, ...directly } = assert.fail('no doubt')] = await doubtsOf(direct.ticket);
  assert.deepEqual(timeless(doubted), timeless(directly));

  await succeed(server.send('陈立', `POST /api/doubtful-times/${doubt}/decide`, { use: 'device' }));
  const [decided] = await pausesOf(ticket);
  assert.deepEqual([decided?.at, decided?.doubtful], [behind, undefined]);
});

test('R28 a clock that is told something else of the past by an applied act lists it, however soon that act came in', async () => {
  const { id, ticket } = await givenAway();
  await server.db
    .updateTable('ticket_clocks')
    .set({ facts: sql`jsonb_set(facts::jsonb, '{0,at}', to_jsonb(${hours(-5)}::text))` })
    .where('ticket_id', '=', ticket)
    .execute();
  await act(server, '林海', id, 'log', logOf({ started_at: hours(-3) }), fromDevice(0));
  const [kept] = (await quarantinedOf(id)) as [QuarantinedAct];
  const then = hours(-2);
  await server.db
    .updateTable('quarantined_acts')
    .set({
      happened_at: then,
      received_at: then,
      device_time: sql`device_time || ${JSON.stringify({ happened_at: then, received_at: then })}::jsonb`,
    })
    .where('id', '=', kept.id)
    .execute();
  await succeed(decide(kept.id, { verdict: 'apply' }));
  assert.ok((await server.eventsOf(ticket)).includes('ticket.clock_restated'));
});

/** Rows like one that was kept, each with a text of a million bytes. */
async function keepMillions(like: string, count: number, as: Record<string, unknown> = {}) {
  const row = await server.db
    .selectFrom('quarantined_acts')
    .selectAll()
    .where('id', '=', like)
    .executeTakeFirstOrThrow();
  const rows = Array.from({ length: count }, () => {
    const id = newId();
    return { ...row, ...as, id, body: JSON.stringify({ id, body: 'x'.repeat(1_000_000) }) };
  });
  await server.db.insertInto('quarantined_acts').values(rows).execute();
  return rows.map(({ id }) => id);
}

test('R28 what waits on a visit is bounded in bytes, whoever sent it: the next act is refused in words until a lead decides', async () => {
  const { id } = await givenAway();
  await act(server, '林海', id, 'note', { id: newId(), body: '第一条' });
  const [first] = (await quarantinedOf(id)) as [QuarantinedAct];
  const [big] = (await keepMillions(first.id, 20, { done_by_id: people.周敏.id })) as [string];
  const refused = await server.send('林海', `POST /api/visits/${id}/note`, { id: newId(), body: '太多了' });
  assert.deepEqual([refused.status, code(refused)], [409, 'visits.too_much_waiting']);
  assert.equal((await quarantinedOf(id)).length, 21, 'what waits is shown, all of it');
  await succeed(decide(big, { verdict: 'drop', reason: '太大' }));
  assert.equal(
    (await act(server, '林海', id, 'note', { id: newId(), body: '又有地方了' })).outcome,
    'quarantined',
  );
});

test('R28 of what was decided a visit’s page carries the newest and no more than it can bear; what waits is always there', async () => {
  const { id } = await givenAway();
  await act(server, '林海', id, 'note', { id: newId(), body: '等着' });
  const [waiting] = (await quarantinedOf(id)) as [QuarantinedAct];
  const dropped = { verdict: 'dropped', decided_by_id: people.周敏.id, decided_by_name: '周敏' };
  const decided = { ...dropped, decision_reason: '重复' };
  await keepMillions(waiting.id, 12, { ...decided, decided_at: hours(-2) });
  const newest = await keepMillions(waiting.id, 2, { ...decided, decided_at: hours(-1) });
  const { about } = await openVisit(server, id);
  const shown = about.quarantined.map((one) => one.id);
  assert.ok([waiting.id, ...newest].every((one) => shown.includes(one)));
  assert.ok(shown.length < 10, `${shown.length}`);
  assert.deepEqual(shown, shown.toSorted());
});
