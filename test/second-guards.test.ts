import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from './cast.ts';
import { upload } from './fuzz/desk.ts';
import { startTestServer, type TestServer } from './server.ts';

// Guards that the ordinary ways never need, because another one stands before them.

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

test('R70 whoever is disabled is refused even where a session of theirs is left', async () => {
  assert.equal((await server.get('赵工', '/api/me')).status, 200);
  const disable = (at: string | null) =>
    server.db.updateTable('users').set({ disabled_at: at }).where('id', '=', people.赵工.id).execute();
  await disable(new Date().toISOString());
  assert.equal((await server.get('赵工', '/api/tickets')).status, 401);
  await disable(null);
  assert.equal((await server.get('赵工', '/api/tickets')).status, 200);
});

test('a refusal after the first rows were written leaves none of them', async () => {
  const file = await upload(server, '小吴', 'a.png');
  const ask = (id: string) =>
    server.send('小吴', 'POST /api/portal/tickets', {
      id,
      message_id: newId(),
      words: '卡住',
      file_ids: [file],
    });
  const [first, second] = [newId(), newId()];
  assert.equal((await ask(first)).status, 201);
  const refused = await ask(second);
  assert.equal(code(refused), 'files.already_taken');
  for (const [table, column] of [
    ['tickets', 'id'],
    ['messages', 'ticket_id'],
    ['ticket_clocks', 'ticket_id'],
    ['events', 'subject_id'],
  ] as const) {
    const rows = await server.db
      .selectFrom(table)
      .select('id')
      .where(column as never, '=', second as never)
      .execute();
    assert.deepEqual(rows, [], table);
  }
});

test('a colleague’s upload is not placed by somebody else', async () => {
  const file = await upload(server, '林海', 'a.png');
  const id = newId();
  await server.send('林海', 'POST /api/tickets', {
    id,
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'incident',
    title: '卡住',
    body: '收银机卡住',
    impact: 2,
    urgency: 2,
  });
  const reply = (who: '周敏' | '林海') =>
    server.send(who, `POST /api/tickets/${id}/reply`, { id: newId(), body: '看图', file_ids: [file] });
  assert.equal(code(await reply('周敏')), 'files.not_found');
  assert.equal((await reply('林海')).status, 200);
});
