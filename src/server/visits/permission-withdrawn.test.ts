import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { StaffRole } from '#domain/ground/policy.ts';
import type { ActAnswer } from '#domain/visits/commands.ts';
import type { QuarantinedAct } from '#domain/visits/views.ts';
import { newId } from '#server/platform/ids.ts';
import { addSession, type CastName, people } from '#test/cast.ts';
import { upload } from '#test/fuzz/desk.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, fromDevice, hours, logOf, openVisit, succeed, visitIn } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
afterEach(() =>
  server.db
    .updateTable('users')
    .set({ roles: ['engineer'] })
    .where('id', '=', lin)
    .execute(),
);
after(() => server.stop());

const lin = people.林海.id;
const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

/** 林海 is what an administrator makes them. */
async function becomes(...to: StaffRole[]) {
  const changes = { roles: { from: ['engineer'], to } };
  await succeed(server.send('管理员', `PATCH /api/people/${lin}`, { changes }));
}

const keptOf = async (id: string, who: CastName = '周敏') =>
  (await openVisit(server, id, who)).about.quarantined;
const decide = (id: string, body: Record<string, unknown>) =>
  server.send('周敏', `POST /api/quarantined-acts/${id}/decide`, body);
const note = (body = '备件留在前台') => ({ id: newId(), body });

test('R28 what an engineer did comes home after the permission was withdrawn: kept with its photo and time, in the leads’ sight, applied by nobody', async () => {
  const { id } = await visitIn(server, 'working');
  const { visit: before } = await openVisit(server, id);
  await becomes('sales');
  const file = await upload(server, '林海', '机柜.png');
  const entry = logOf({ started_at: hours(-3), photos: [{ file_id: file, caption: '机柜' }] });
  const acted = await act(server, '林海', id, 'log', entry, fromDevice(2));
  assert.equal(acted.outcome, 'quarantined');
  assert.deepEqual((await openVisit(server, id)).visit, before);
  for (const who of ['林海', '周敏', '陈立'] as const) {
    const [kept] = await keptOf(id, who);
    assert.deepEqual(
      [kept?.act, kept?.by_name, kept?.reason, kept?.decided],
      ['log', '林海', 'permission_withdrawn', null],
      who,
    );
    assert.ok(Math.abs(Date.parse(kept?.happened_at ?? '') - Date.parse(hours(-2))) < 5_000);
  }
  assert.deepEqual(await keptOf(id, '王经理'), []);
  assert.equal((await openVisit(server, id)).about.files[0]?.id, file, 'its photo is safe');
  assert.ok((await server.eventsOf(id)).includes('visit.quarantined'));

  const [kept] = (await keptOf(id)) as [QuarantinedAct];
  await succeed(decide(kept.id, { verdict: 'apply' }));
  const logged = (await openVisit(server, id)).visit.log.find((one) => one.id === entry.id);
  assert.deepEqual(
    [logged?.by_name, logged?.at, logged?.photos[0]?.file_id],
    ['林海', kept.happened_at, file],
  );
});

test('R28 all that waited comes home so, in one exchange too, and each once; a lead drops what does not count', async () => {
  const { id } = await visitIn(server, 'working');
  await becomes('sales');
  const device = JSON.parse(fromDevice(1).headers['x-device']);
  const acts = [
    { name: 'find', body: { id: newId(), what: '线头外露', risk: 'low' } },
    { name: 'promise', body: { id: newId(), words: '明天回电' } },
    // What the phone makes of a refused act.
    { name: 'note', body: note('没有被接受的：巡检') },
  ].map((one, index) => ({ visit_id: id, key: newId(), device: { ...device, seq: index + 1 }, ...one }));
  for (const _ of [1, 2]) {
    const { answers } = await succeed<{ answers: ActAnswer[] }>(
      server.send('林海', 'POST /api/visits/acts', { acts }),
    );
    assert.deepEqual(
      answers.map(({ status, body }) => [status, JSON.parse(body).outcome]),
      acts.map(() => [200, 'quarantined']),
    );
  }
  const kept = await keptOf(id);
  assert.deepEqual(
    kept.map((one) => one.act),
    ['find', 'promise', 'note'],
  );
  await succeed(decide(kept[2]?.id as string, { verdict: 'drop', reason: '重复' }));
  // With the permission back, what is done from now on is done; what waits still waits.
  await server.db
    .updateTable('users')
    .set({ roles: ['engineer'] })
    .where('id', '=', lin)
    .execute();
  assert.equal((await act(server, '林海', id, 'note', note())).outcome, 'done');
  assert.equal((await keptOf(id)).filter(({ decided }) => decided === null).length, 2);
});

test('R28 a disabled account brings nothing in; enabled with another role, what waited on its phone is kept', async () => {
  const { id } = await visitIn(server, 'working');
  const words = note();
  await succeed(server.send('管理员', `POST /api/people/${lin}/disable`));
  const late = () => server.send('林海', `POST /api/visits/${id}/note`, words, fromDevice(1));
  // A phone reads this as “sign in”, and keeps everything.
  assert.equal((await late()).status, 401);
  await addSession(server.db, lin);
  assert.equal((await late()).status, 401, 'a session that was left over opens nothing either');
  assert.deepEqual(await keptOf(id), []);
  await succeed(server.send('管理员', `POST /api/people/${lin}/enable`));
  await becomes('sales');
  assert.equal((await succeed<{ outcome: string }>(late())).outcome, 'quarantined');
  assert.equal((await keptOf(id))[0]?.reason, 'permission_withdrawn');
});

test('R28 given away and withdrawn as well, it says that the permission is gone; given away only, that', async () => {
  const { id } = await visitIn(server, 'working');
  await act(server, '周敏', id, 'reassign', { engineer_id: people.赵工.id, engineer_name: '赵工' });
  await act(server, '林海', id, 'note', note());
  await becomes('sales');
  await act(server, '林海', id, 'note', note());
  assert.deepEqual(
    (await keptOf(id, '赵工')).map(({ reason }) => reason),
    ['reassigned', 'permission_withdrawn'],
  );
});

test('R20 whoever sells now says what was sold, and no more, on the visit that was theirs', async () => {
  const { id } = await visitIn(server, 'working');
  await becomes('sales');
  const scope = {
    what: '换网线',
    hours: 2,
    night: false,
    verification: '',
    said_by: '王经理',
    said_at: hours(-20),
  };
  const say = (party: string) =>
    act(server, '林海', id, 'set_scope', { id: newId(), party, from: null, to: scope });
  assert.equal((await say('sales')).outcome, 'done');
  assert.equal((await say('interface')).outcome, 'quarantined');
});

test('R28 nobody gets anything into quarantine who never had the visit, or could never do such a thing', async () => {
  const { id } = await visitIn(server, 'working');
  await becomes('sales');
  const path = `POST /api/visits/${id}/note`;
  for (const [who, status, said] of [
    ['王经理', 403, 'ground.forbidden'],
    ['赵工', 403, 'visits.not_yours'],
    ['小吴', 404, 'ground.not_found'],
    ['李医生', 404, 'ground.not_found'],
    [null, 401, 'ground.sign_in_first'],
  ] as const) {
    const answer = await server.send(who, path, note(), fromDevice(1));
    assert.deepEqual([answer.status, code(answer)], [status, said], String(who));
  }
  assert.equal(
    code(await server.send('林海', `POST /api/visits/${newId()}/note`, note())),
    'ground.not_found',
  );
  // What an engineer could not do before, their having been one does not open.
  for (const [name, body] of [
    ['cancel', { reason: '不去了' }],
    ['reassign', { engineer_id: people.赵工.id, engineer_name: '赵工' }],
    ['dispatch', { override_reason: '急' }],
  ] as const)
    assert.equal(
      code(await server.send('林海', `POST /api/visits/${id}/${name}`, body)),
      'ground.forbidden',
      name,
    );
  assert.deepEqual(await keptOf(id), []);
});

test('R70 an API key without the scope brings nothing into quarantine either', async () => {
  const { id } = await visitIn(server, 'working');
  const key = { id: newId(), name: '看板', scopes: ['visits:read'], expires_at: null };
  const { secret } = await succeed<{ secret: string }>(server.send('林海', 'POST /api/api-keys', key));
  await becomes('sales');
  const answer = await server.server.inject({
    method: 'POST',
    url: `/api/visits/${id}/note`,
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': newId() },
    payload: note(),
  });
  assert.deepEqual([answer.statusCode, answer.json().code], [403, 'ground.scope_missing']);
  assert.deepEqual(await keptOf(id), []);
});

test('R28 the quarantine of a visit is not filled without end: one person has 500 there undecided, and others their own', async () => {
  const { id } = await visitIn(server, 'working');
  await act(server, '周敏', id, 'reassign', { engineer_id: people.赵工.id, engineer_name: '赵工' });
  await act(server, '周敏', id, 'reassign', { engineer_id: lin, engineer_name: '林海' });
  await becomes('sales');
  await act(server, '林海', id, 'note', note('第一条'));
  const [first] = (await keptOf(id)) as [QuarantinedAct];
  const row = await server.db
    .selectFrom('quarantined_acts')
    .selectAll()
    .where('id', '=', first.id)
    .executeTakeFirstOrThrow();
  const body = JSON.stringify(row.body);
  const insert = (count: number, as: Partial<typeof row> = {}) =>
    server.db
      .insertInto('quarantined_acts')
      .values(Array.from({ length: count }, () => ({ ...row, ...as, id: newId(), body })))
      .execute();
  await insert(499);
  const tooMuch = await server.send('林海', `POST /api/visits/${id}/note`, note('太多了'));
  assert.deepEqual([tooMuch.status, code(tooMuch)], [409, 'visits.too_many_waiting']);
  assert.equal((await keptOf(id)).length, 500);
  await succeed(decide(first.id, { verdict: 'drop', reason: '重复' }));
  assert.equal((await act(server, '林海', id, 'note', note('又有地方了'))).outcome, 'quarantined');
  // A thousand that were decided on never hide one that waits.
  const decided = { verdict: 'dropped', decided_at: row.created_at, decided_by_id: people.周敏.id };
  await insert(1_000, {
    ...decided,
    decision_reason: '重复',
    decided_by_name: '周敏',
    done_by_id: people.赵工.id,
  });
  assert.equal((await act(server, '赵工', id, 'note', note('也要看到'))).outcome, 'quarantined');
  assert.equal((await keptOf(id)).filter((one) => one.decided === null).length, 501);
});
