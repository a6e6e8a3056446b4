import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { plusMinutes } from '#domain/ground/instant.ts';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts, people } from '#test/cast.ts';
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

const waitingOf = (started_at: string) =>
  logOf({
    kind: 'waiting',
    started_at,
    ended_at: null,
    customer_line: '',
    waiting_for: '机房钥匙',
    waiting_on_contact_id: contacts.小吴.id,
  });
type Wait = ReturnType<typeof waitingOf> & Record<string, unknown>;

/** A visit at work whose engineer has waited for half an hour. */
async function waiting() {
  const visit = await visitIn(server, 'working');
  const entry: Wait = waitingOf(hours(-0.5));
  await act(server, '林海', visit.id, 'log', entry);
  return { ...visit, entry };
}

const editOf = (entry: Wait, to: Record<string, unknown>) => ({
  id: newId(),
  entry_id: entry.id,
  changes: Object.fromEntries(
    Object.entries(to).map(([field, value]) => [field, { from: entry[field], to: value }]),
  ),
});

/** The entry is written down otherwise; answers with what it says from then on. */
async function correct(visit: string, entry: Wait, to: Record<string, unknown>): Promise<Wait> {
  await act(server, '林海', visit, 'edit_log', editOf(entry, to));
  return { ...entry, ...to };
}

const ticketOf = (ticket: string) => succeed<TicketPage>(server.get('林海', `/api/tickets/${ticket}`));
const resolutionOf = async (ticket: string) =>
  (await ticketOf(ticket)).clocks.find(({ kind }) => kind === 'resolution');
const waitsOf = async (ticket: string) => {
  const { state, waiting_for, waiting_on, waiting_since } = await ticketOf(ticket);
  return [state, waiting_for, waiting_on?.name, waiting_since];
};

const rawFactsOf = async (ticket: string) => (await resolutionFactsOf(server, ticket)).slice(1);
const factsOf = async (ticket: string) => (await rawFactsOf(ticket)).map(({ kind, at }) => [kind, at]);

const earlier = hours(-0.6);
const corrections: [what: string, to: Record<string, unknown>, kept: [string, string, string | null]][] = [
  ['its start', { started_at: earlier }, ['机房钥匙', '小吴', earlier]],
  ['whom it waits for', { waiting_on_contact_id: contacts.孙悦.id }, ['机房钥匙', '孙悦', null]],
  ['what it waits for', { waiting_for: '机柜钥匙' }, ['机柜钥匙', '小吴', null]],
];
for (const [what, to, [words, whom, since]] of corrections)
  test(`R6 R7 a running waiting whose entry corrects ${what} is kept so by the ticket, moves no clock, and its end still ends it`, async () => {
    const { id, ticket, entry } = await waiting();
    const before = await factsOf(ticket);
    const corrected = await correct(id, entry, to);
    assert.deepEqual(await waitsOf(ticket), ['waiting_on_customer', words, whom, since ?? entry.started_at]);
    assert.deepEqual(await factsOf(ticket), before);
    const ended_at = hours(-0.25);
    await correct(id, corrected, { ended_at });
    assert.deepEqual(await waitsOf(ticket), ['open', null, undefined, null]);
    assert.equal((await resolutionOf(ticket))?.state, 'running');
    assert.deepEqual(await factsOf(ticket), [...before, ['resumed', ended_at]]);
  });

test('R6 R7 leaving the site ends a waiting that was corrected, and so does making it work', async () => {
  for (const end of ['leave', 'work']) {
    const { id, ticket, entry } = await waiting();
    const corrected = await correct(id, entry, { started_at: earlier });
    if (end === 'work') await correct(id, corrected, { kind: 'work' });
    else await act(server, '林海', id, 'leave', { promised_today: 'nothing', no_wrap_up_reason: '客户下班' });
    assert.equal((await ticketOf(ticket)).state, 'open', end);
    assert.equal((await resolutionOf(ticket))?.state, 'running', end);
  }
});

test('R7 whoever is asked after a correction hears of it once; words and times alone tell nobody', async () => {
  const { id, ticket, entry } = await waiting();
  const one = await correct(id, entry, { started_at: earlier, waiting_for: '机柜钥匙' });
  await correct(id, one, { waiting_on_contact_id: contacts.孙悦.id });
  const rows = await server.db
    .selectFrom('events')
    .select('data')
    .where('subject_id', '=', ticket)
    .where('name', '=', 'ticket.waited')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    rows.map(({ data }) => data),
    [
      { waiting_for: '机房钥匙', contact_id: contacts.小吴.id, contact_name: '小吴' },
      { waiting_for: '机柜钥匙', contact_id: contacts.孙悦.id, contact_name: '孙悦' },
    ],
  );
});

test('R7 a waiting that was over before the clocks were told that it had begun lets them go on all the same', async () => {
  const { id, ticket, entry } = await waiting();
  const corrected = await correct(id, entry, { started_at: hours(-0.8) });
  await correct(id, corrected, { ended_at: hours(-0.7) });
  assert.equal((await ticketOf(ticket)).state, 'open');
  assert.equal((await resolutionOf(ticket))?.state, 'running');
  assert.deepEqual(await factsOf(ticket), [
    ['paused', entry.started_at],
    ['resumed', entry.started_at],
  ]);
});

test('R7 the end of a waiting by a clock that is not believed stays in doubt, so that a decision moves it', async () => {
  const { id, ticket } = await visitIn(server, 'working');
  const behind = hours(-20 * 24);
  const clock = { device_time: behind, last_server_time: null, since_server_ms: null, offset_ms: null };
  const entry = waitingOf(behind);
  await act(server, '林海', id, 'log', entry, fromDevice(0, clock));
  const ended_at = plusMinutes(behind, 60);
  await act(
    server,
    '林海',
    id,
    'edit_log',
    editOf(entry, { ended_at }),
    fromDevice(0, { ...clock, device_time: ended_at }),
  );
  const facts = await rawFactsOf(ticket);
  assert.deepEqual(
    facts.map(({ kind, doubtful, device_at }) => [kind, doubtful, device_at]),
    [
      ['paused', true, behind],
      ['resumed', true, ended_at],
    ],
  );
  assert.equal((await ticketOf(ticket)).state, 'open');
});

test('R7 of two waitings the ticket keeps the one that it heard of first, whatever is corrected in the other', async () => {
  const { id, ticket, entry: first } = await waiting();
  const second = waitingOf(hours(-0.4));
  await act(server, '林海', id, 'log', second);
  const other = await correct(id, second, { waiting_on_contact_id: contacts.孙悦.id });
  assert.deepEqual(await waitsOf(ticket), ['waiting_on_customer', '机房钥匙', '小吴', first.started_at]);
  const corrected = await correct(id, first, { started_at: earlier });
  await correct(id, other, { ended_at: hours(-0.2) });
  assert.deepEqual(await waitsOf(ticket), ['waiting_on_customer', '机房钥匙', '小吴', earlier]);
  await correct(id, corrected, { ended_at: hours(-0.1) });
  assert.equal((await ticketOf(ticket)).state, 'open');
});

test('R7 what the desk waits for is not written over from the site, nor a waiting that has ended woken by a correction', async () => {
  const { id, ticket, entry } = await waiting();
  await succeed(server.send('周敏', `POST /api/tickets/${ticket}/resume`));
  const again = await correct(id, entry, { started_at: earlier });
  assert.equal((await ticketOf(ticket)).state, 'open');
  const wait = { waiting_for: '错误截图', contact_id: contacts.孙悦.id };
  await succeed(server.send('周敏', `POST /api/tickets/${ticket}/wait`, wait));
  const over = await correct(id, again, { waiting_for: '机柜钥匙', ended_at: hours(-0.25) });
  const { waiting_since } = await ticketOf(ticket);
  await correct(id, over, { started_at: hours(-0.7), waiting_for: '门禁卡' });
  assert.deepEqual(await waitsOf(ticket), ['waiting_on_customer', '错误截图', '孙悦', waiting_since]);
});

test('R6 R7 R23 a correction that a lead applies, and one that comes twice, count once; the end is still heard', async () => {
  const { id, ticket, entry } = await waiting();
  const to = { engineer_id: people.赵工.id, engineer_name: '赵工' };
  await act(server, '周敏', id, 'reassign', to);
  const edit = editOf(entry, { started_at: earlier });
  const key = newId();
  for (const _ of [1, 2]) {
    const { outcome } = await act(server, '林海', id, 'edit_log', edit, { key });
    assert.equal(outcome, 'quarantined');
  }
  assert.deepEqual((await waitsOf(ticket))[3], entry.started_at, 'kept, and nothing changed');
  const [kept, ...more] = (await openVisit(server, id)).about.quarantined;
  assert.deepEqual(more, []);
  await succeed(server.send('周敏', `POST /api/quarantined-acts/${kept?.id}/decide`, { verdict: 'apply' }));
  assert.deepEqual((await waitsOf(ticket))[3], earlier);
  const end = editOf(entry, { ended_at: plusMinutes(earlier, 10) });
  await act(server, '赵工', id, 'edit_log', end);
  assert.equal((await ticketOf(ticket)).state, 'open');
  assert.equal((await resolutionOf(ticket))?.state, 'running');
});
