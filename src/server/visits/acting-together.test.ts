import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import type { ActAnswer } from '#domain/visits/commands.ts';
import { newId } from '#server/platform/ids.ts';
import { type CastName, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { logOf, openVisit, succeed, visitIn } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

let seq = 0;
function device() {
  seq += 1;
  const at = new Date().toISOString();
  const heard = { last_server_time: at, since_server_ms: 0, offset_ms: 0 };
  return {
    device_id: '0192f000-0000-7000-8000-0000000000d1',
    seq,
    device_time: at,
    ...heard,
    schema: 1,
    depends_on: [],
  };
}

const actOf = (visit_id: string, name: string, body: object) => ({
  visit_id,
  name,
  key: newId(),
  device: device(),
  body,
});
const logged = (visit: string, line: string) =>
  actOf(visit, 'log', logOf({ line, ended_at: new Date().toISOString() }));
const sendTogether = (acts: unknown[], who: CastName | null = '林海', headers: Record<string, string> = {}) =>
  server.send(who, 'POST /api/visits/acts', { acts }, { headers });
const answersTo = async (acts: unknown[], who: CastName = '林海') =>
  (await succeed<{ answers: ActAnswer[] }>(sendTogether(acts, who))).answers;
const linesOf = async (visit: string) => (await openVisit(server, visit)).visit.log.map(({ line }) => line);

test('R28 acts that come together are played in their order, each with a verdict under its key', async () => {
  const { id } = await visitIn(server, 'working');
  const { version } = (await openVisit(server, id)).visit;
  const acts = ['先', '再', '后'].map((line) => logged(id, line));
  const answers = await answersTo(acts);
  assert.deepEqual(
    answers.map(({ key, status }) => [key, status]),
    acts.map(({ key }) => [key, 200]),
  );
  assert.deepEqual(
    answers.map(({ body }) => JSON.parse(body).version),
    [version + 1, version + 2, version + 3],
  );
  assert.deepEqual(await linesOf(id), ['先', '再', '后']);
  // Together again, or alone: the verdict of then, and nothing twice.
  const again = await answersTo(acts.toReversed());
  assert.deepEqual(again, answers.toReversed());
  const [first] = acts as [(typeof acts)[0]];
  const alone = await server.send('林海', `POST /api/visits/${id}/log`, first.body, { key: first.key });
  assert.deepEqual(alone.body, JSON.parse(answers[0]?.body ?? ''));
  assert.equal((await linesOf(id)).length, 3);
});

test('R28 one that is refused among them keeps the others from nothing', async () => {
  const { id } = await visitIn(server, 'working');
  const twice = logged(id, '一');
  const acts = [
    twice,
    { ...twice, key: newId() },
    actOf(id, 'note', {}),
    actOf(newId(), 'depart', {}),
    logged(id, '二'),
  ];
  const answers = await answersTo(acts);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 409, 422, 404, 200],
  );
  assert.equal(JSON.parse(answers[1]?.body ?? '').code, 'visits.entry_exists');
  assert.deepEqual(await linesOf(id), ['一', '二']);
});

test('R28 what the server fails at ends it there, and none of the later ones overtakes it', async () => {
  const { id } = await visitIn(server, 'working');
  const broken = actOf(id, 'find', { id: newId(), what: '坏', risk: 'low' });
  const acts = [logged(id, '前'), broken, logged(id, '后')];
  const owner = new pg.Client({ connectionString: server.databaseUrl });
  await owner.connect();
  await owner.query(`create function broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
    create trigger broken before insert on visit_findings for each row execute function broken()`);
  const statuses = async () => (await answersTo(acts)).map(({ status }) => status);
  assert.deepEqual(await statuses(), [200, 500]);
  assert.deepEqual(await linesOf(id), ['前']);
  await owner.query('drop trigger broken on visit_findings');
  await owner.end();
  assert.deepEqual(await statuses(), [200, 200, 200]);
  assert.deepEqual(await linesOf(id), ['前', '后']);
});

test('R28 what somebody may not do alone, they may not do together with other things', async () => {
  const { id } = await visitIn(server, 'working');
  const refused = async (who: CastName) =>
    (await answersTo([logged(id, '不该有')], who)).map(({ status }) => status);
  assert.deepEqual(await refused('王经理'), [403]);
  const strangers = [
    await sendTogether([logged(id, '不该有')], null),
    await sendTogether([logged(id, '不该有')], '小吴'),
    await sendTogether([logged(id, '不该有')], '林海', { 'x-acting-as': people.周敏.id }),
    await sendTogether([logged(id, '不该有')], '林海', { 'sec-fetch-site': 'cross-site' }),
  ];
  assert.deepEqual(
    strangers.map(({ status }) => status),
    [401, 404, 401, 403],
  );
  assert.deepEqual(await linesOf(id), []);
});

test('R28 an act that is nested too deep to be written again is refused before any other is played', async () => {
  const { id } = await visitIn(server, 'working');
  const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
  const acts = JSON.stringify([logged(id, '前'), { ...logged(id, '后'), body: 'deep' }]);
  const payload = `{"acts":${acts.replace('"deep"', () => deep)}}`;
  const answer = await server.send('林海', 'POST /api/visits/acts', payload, {
    headers: { 'content-type': 'application/json' },
  });
  assert.deepEqual([answer.status, (answer.body as { code: string }).code], [422, 'ground.unreadable']);
  assert.deepEqual(await linesOf(id), []);
});

test('R28 what is no list of acts is refused whole', async () => {
  const { id } = await visitIn(server, 'working');
  const good = logged(id, '好的');
  const bad: unknown[][] = [
    [],
    [good, { ...good, name: 'plan' }],
    [good, { ...good, name: '../../tickets' }],
    [good, { ...good, visit_id: `${id}/log?x=` }],
    [good, { ...good, key: '锅' }],
    [good, { ...good, device: { ...good.device, device_time: '1970' } }],
    Array.from({ length: 41 }, () => good),
  ];
  for (const acts of bad) {
    const { status, body } = await sendTogether(acts);
    assert.deepEqual(
      [status, (body as { code: string }).code],
      [422, 'ground.invalid'],
      JSON.stringify(acts).slice(0, 300),
    );
  }
  const { status } = await server.send('林海', 'POST /api/visits/acts', [good]);
  assert.equal(status, 422);
  assert.deepEqual(await linesOf(id), []);
});
