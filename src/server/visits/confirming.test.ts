import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minutesOf, todayCardOf, todayConfirmation } from '#domain/visits/confirming.ts';
import { newId } from '#server/platform/ids.ts';
import { contacts } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { act, askTicket, fromDevice, openVisit, planOf, planVisit, visitIn } from '#test/visits.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const 小吴 = { contact_id: contacts.小吴.id, name: '小吴' };
const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const editOf = (field: string, from: unknown, to: unknown) => ({
  id: newId(),
  changes: { [field]: { from, to } },
});
const visitOf = async (id: string) => (await openVisit(server, id)).visit;
type Told = { data: Record<string, unknown>; visible_to_customer: boolean; actor_name: string | null };
const eventOf = async (id: string, name: string) =>
  (await server.db
    .selectFrom('events')
    .select(['data', 'visible_to_customer', 'actor_name'])
    .where('subject_id', '=', id)
    .where('name', '=', name)
    .execute()) as Told[];

test('R33 a card that was confirmed offline, while the desk changed it, is told as changed by whom, with the words that were read', async () => {
  const { id } = await visitIn(server, 'on_site');
  const onPhone = await visitOf(id);
  await act(server, '周敏', id, 'edit', editOf('goal', onPhone.goal, '收银机全部换新'));
  const read = todayCardOf(onPhone);
  await act(server, '林海', id, 'confirm_today', { ...小吴, read }, fromDevice(1));
  const late = await visitOf(id);
  assert.deepEqual(late.today_confirmed?.read, read);
  const since = todayConfirmation(late)?.since;
  assert.deepEqual(
    since?.map((one) => [one.path, one.read, one.changed?.by_name]),
    [['goal', '收银机恢复正常', '周敏']],
  );
  assert.deepEqual((await eventOf(id, 'visit.today_confirmed'))[0]?.data.read, read);

  await act(server, '林海', id, 'confirm_today', { ...小吴, read: todayCardOf(late) });
  assert.deepEqual(todayConfirmation(await visitOf(id))?.since, []);
  const events = await eventOf(id, 'visit.today_confirmed');
  assert.equal(events.length, 2, 'what was read before stays in the history');
});

test('R22 the minutes stay with what was read of them, whatever they come to say', async () => {
  const { id } = await visitIn(server, 'on_site');
  const our_people = { from: [], to: [{ name: '林海', duty: '换线' }] };
  await act(server, '林海', id, 'edit_kick_off', {
    id: newId(),
    changes: { plan: { from: '', to: '先看线' }, our_people },
  });
  const read = minutesOf((await visitOf(id)).kick_off);
  await act(server, '林海', id, 'acknowledge_kick_off', { ...小吴, read });
  await act(server, '周敏', id, 'edit_kick_off', editOf('plan', '先看线', '先换交换机'));
  const { kick_off, last_changed } = await visitOf(id);
  assert.deepEqual([kick_off.plan, kick_off.acknowledged?.read], ['先换交换机', read]);
  assert.equal(last_changed?.['kick_off.plan']?.by_name, '周敏');
});

test('R28 R33 a phone whose app is older does not say what was read: it is taken, and nothing is claimed', async () => {
  const { id } = await visitIn(server, 'on_site');
  await act(server, '林海', id, 'confirm_today', 小吴);
  const visit = await visitOf(id);
  assert.equal(visit.today_confirmed?.read, null);
  assert.equal(todayConfirmation(visit)?.since, null);
  await act(server, '周敏', id, 'edit', editOf('goal', visit.goal, '别的'));
  assert.equal((await visitOf(id)).today_confirmed, null);
});

test('what was read is a card and no more: nothing endless, nothing beside it, no card without its goal', async () => {
  const { id } = await visitIn(server, 'on_site');
  const card = todayCardOf(await visitOf(id));
  const said = async (name: string, read: unknown) =>
    code(await server.send('林海', `POST /api/visits/${id}/${name}`, { ...小吴, read }));
  for (const read of [
    { ...card, goal: 'x'.repeat(2_001) },
    { ...card, note: '内部' },
    { ...card, goal: 3 },
    { goal: card.goal },
    'goal',
    [card],
  ])
    assert.equal(await said('confirm_today', read), 'ground.invalid', JSON.stringify(read).slice(0, 40));
  assert.equal(await said('confirm_today', { ...card, goal: ' ' }), 'visits.today_card_empty');
  assert.equal(await said('acknowledge_kick_off', card), 'ground.invalid');
  const hostile = '#panic("x") *粗* <b>$x$</b> \\';
  assert.equal(await said('confirm_today', { ...card, goal: hostile }), undefined);
  assert.equal((await visitOf(id)).today_confirmed?.read?.goal, hostile);
});

test('R28 a clash in which both sides say the same by now is settled, with an event', async () => {
  const { id } = await visitIn(server, 'on_site');
  const { goal } = await visitOf(id);
  await act(server, '周敏', id, 'edit', editOf('goal', goal, '换一台'));
  const late = editOf('goal', goal, '换两台');
  assert.equal((await act(server, '林海', id, 'edit', late, fromDevice(1))).outcome, 'conflict');
  await act(server, '周敏', id, 'edit', editOf('goal', '换一台', '换两台'));
  const [clash] = (await visitOf(id)).clashes;
  assert.deepEqual([clash?.settled?.keep, clash?.settled?.by_name], ['same', '周敏']);
  const events = await eventOf(id, 'visit.clash_agreed');
  assert.deepEqual(
    events.map(({ data, visible_to_customer }) => [data.clash_id, data.field, visible_to_customer]),
    [[`${late.id}:goal`, 'goal', false]],
  );
  // The phone that had not heard of it decides all the same.
  await act(server, '林海', id, 'settle_clash', { clash_id: `${late.id}:goal`, keep: 'mine' });
  assert.equal((await visitOf(id)).clashes[0]?.settled?.keep, 'mine');
});

test('R20 an emergency is planned with its reason or not at all, and its event is for colleagues', async () => {
  const urgent = { is_emergency: true, emergency_reason: '门店停业' };
  for (const without of [{ is_emergency: true }, { ...urgent, emergency_reason: ' ' }]) {
    const plan = planOf(await askTicket(server), without);
    const { emergency_reason: _none, ...old } = plan as Record<string, unknown>;
    for (const body of [plan, { ...old, id: newId() }])
      assert.equal(
        code(await server.send('周敏', 'POST /api/visits', body)),
        'visits.emergency_needs_reason',
      );
  }
  const { id } = await planVisit(server, urgent);
  const visit = await visitOf(id);
  assert.deepEqual(
    [visit.emergency_reason, visit.last_changed?.emergency_reason?.by_name],
    ['门店停业', '周敏'],
  );
  const [declared] = await eventOf(id, 'visit.emergency_declared');
  assert.deepEqual(
    [declared?.data.reason, declared?.actor_name, declared?.visible_to_customer],
    ['门店停业', '周敏', false],
  );
});

test('R20 R21 a planned visit becomes an emergency only with a reason, by name; then the short form is enough', async () => {
  const { id } = await planVisit(server);
  const edit = (changes: Record<string, { from: unknown; to: unknown }>) =>
    server.send('周敏', `POST /api/visits/${id}/edit`, { id: newId(), changes });
  const is_emergency = { from: false, to: true };
  assert.equal(code(await edit({ is_emergency })), 'visits.emergency_needs_reason');
  assert.equal((await visitOf(id)).is_emergency, false);
  assert.equal((await edit({ is_emergency, emergency_reason: { from: '', to: '门店停业' } })).status, 200);
  assert.equal((await visitOf(id)).last_changed?.emergency_reason?.by_name, '周敏');
  assert.deepEqual(
    (await eventOf(id, 'visit.emergency_declared')).map(({ data }) => data.reason),
    ['门店停业'],
  );
  assert.equal((await edit({ is_emergency: { from: true, to: false } })).status, 200);
  assert.equal((await eventOf(id, 'visit.emergency_declared')).length, 1, 'taking it back declares nothing');
  assert.equal(code(await edit({ is_emergency })), 'visits.emergency_needs_reason', 'not by the old reason');
});
