import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, fromDevice, openVisit, visitIn, wrapUpOf } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const forToday = { promised_today: 'nothing', comes_back: true };
const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const leave = (id: string, body: Record<string, unknown>) =>
  server.send('林海', `POST /api/visits/${id}/leave`, body);

test('R26 a visit is left for today and gone to again: each day takes its own wrap-up or reason', async () => {
  const { id } = await visitIn(server, 'working');
  await act(server, '林海', id, 'wrap_up', wrapUpOf());
  await act(server, '林海', id, 'leave', forToday);
  const { visit: evening } = await openVisit(server, id);
  assert.deepEqual([evening.state, evening.left_at, evening.days?.length], ['dispatched', null, 1]);
  for (const name of ['depart', 'arrive', 'start']) await act(server, '林海', id, name);
  const refused = await leave(id, { promised_today: 'nothing' });
  assert.deepEqual([refused.status, code(refused)], [409, 'visits.wrap_up_missing']);
  await act(server, '林海', id, 'wrap_up', wrapUpOf());
  await act(server, '林海', id, 'leave', { promised_today: 'nothing' });
  const { visit } = await openVisit(server, id);
  assert.equal(visit.state, 'done');
  const events = await server.eventsOf(id);
  assert.deepEqual(
    events.filter((name) => ['visit.arrived', 'visit.left'].includes(name)),
    ['visit.arrived', 'visit.left', 'visit.arrived', 'visit.left'],
  );
});

test('R26 R28 two days that a phone brings home together stand as they were done; leaving as an older app queued it ends the visit', async () => {
  const { id } = await visitIn(server, 'dispatched');
  const device_id = newId();
  let seq = 0;
  const queued = (hoursAgo: number, name: string, body: Record<string, unknown> = {}) => {
    seq += 1;
    return act(server, '林海', id, name, body, fromDevice(hoursAgo, { device_id, seq }));
  };
  await queued(30, 'arrive');
  await queued(26, 'leave', { ...forToday, no_wrap_up_reason: '客户提前下班' });
  await queued(25, 'wrap_up', wrapUpOf());
  await queued(6, 'arrive');
  await queued(2, 'wrap_up', wrapUpOf());
  await queued(1, 'leave', { promised_today: 'nothing' });
  const { visit } = await openVisit(server, id);
  const [day] = visit.days ?? [];
  assert.deepEqual([visit.state, day?.no_wrap_up_reason, day?.held.length], ['done', '客户提前下班', 1]);
  const hoursBetween = (from: string | null | undefined, to: string | null | undefined) =>
    Math.round((Date.parse(to ?? '') - Date.parse(from ?? '')) / 3_600_000);
  assert.deepEqual(
    [hoursBetween(day?.arrived_at, day?.left_at), hoursBetween(visit.arrived_at, visit.left_at)],
    [4, 5],
  );
});

test('R26 what nobody needs to go to again is ended from home, and what is over is not left again', async () => {
  const { id } = await visitIn(server, 'working');
  await act(server, '林海', id, 'leave', { ...forToday, no_wrap_up_reason: '下雨' });
  const again = await leave(id, forToday);
  assert.equal(code(again), 'visits.not_arrived');
  await act(server, '林海', id, 'leave', { promised_today: 'nothing' });
  const { visit } = await openVisit(server, id);
  assert.deepEqual([visit.state, visit.left_at], ['done', visit.days?.[0]?.left_at]);
  assert.equal(code(await leave(id, forToday)), 'visits.over');
});
