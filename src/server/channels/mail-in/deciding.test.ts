import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { whileWaiting } from '#test/at-once.ts';
import { contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

test('R1 whoever decides on a sender while a colleague gives it to a customer hears that it is decided, not that there is none', async () => {
  const now = new Date().toISOString();
  const unknown = { id: newId(), name: '尚未认识', stands_for: 'unknown_senders', created_at: now };
  await server.db.insertInto('customers').values(unknown).execute();
  const writer = { email: 'qian@unknown.example', name: '钱会计' };
  const contact = { id: newId(), customer_id: unknown.id, ...writer, created_at: now };
  await server.db.insertInto('contacts').values(contact).execute();
  const of = { customer_id: unknown.id, contact_id: contact.id };
  const sender = { id: newId(), ...of, ...writer, state: 'waiting', last_mail_at: now, created_at: now };
  await server.db.insertInto('mail_senders').values(sender).execute();

  const given = {
    text: `update mail_senders set state = 'given', customer_id = $2, contact_id = $3, decided_at = now(), decided_by_id = $4
      where id = $1`,
    values: [sender.id, customers.鲁味餐饮.id, contacts.老马.id, people.陈立.id],
  };
  const answer = await whileWaiting(server, given, () =>
    server.send('周敏', `POST /api/mail-senders/${sender.id}/dismiss`, { reason: '广告' }),
  );
  assert.equal((answer.body as { code: string }).code, 'mail_senders.already_decided');
  const again = await server.send('周敏', `POST /api/mail-senders/${sender.id}/give`, {
    customer_id: customers.鲁味餐饮.id,
    contact_id: contacts.老马.id,
  });
  assert.equal((again.body as { code: string }).code, 'mail_senders.already_given');
});
