import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { type Dovecot, startDovecot, withoutDovecot } from '#test/dovecot.ts';
import { addMailbox, rawMail, readMailOf, waitFor } from '#test/mails.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import type { Context } from '../../platform/context.ts';
import { clearUnclaimed } from '../../platform/files/clearing.ts';
import { FileStore } from '../../platform/files/store.ts';
import { newId } from '../../platform/ids.ts';
import type { JobTools } from '../../platform/jobs.ts';
import { forgetRawMails } from './forget-raw-mails.ts';

let server: TestServer;
let dovecot: Dovecot;
before(async () => {
  if (withoutDovecot) return;
  [server, dovecot] = await Promise.all([startTestServer({ worker: true }), startDovecot()]);
  await addMailbox(server, dovecot, 'support');
});
after(async () => {
  await server?.stop();
  await dovecot?.stop();
});

async function arrive(raw: string, id: string) {
  await dovecot.deliver('support', raw);
  return readMailOf(server, id);
}

test('R1 a raw mail is let go when its time is over; its words stay, and it is still known', {
  skip: withoutDovecot,
}, async () => {
  const id = `${newId()}@customer.example`;
  const raw = rawMail({ id, subject: '两年前的事', text: '两年前的事。' });
  const other = `${newId()}@customer.example`;
  const [old, young] = [
    await arrive(raw, id),
    await arrive(rawMail({ id: other, subject: '刚才的事' }), other),
  ];
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const age = (mail: string, days: number) =>
    server.db
      .updateTable('received_mails')
      .set({ created_at: daysAgo(days) })
      .where('id', '=', mail)
      .execute();
  await age(old.id, 731);
  await age(young.id, 729);
  await server.db
    .updateTable('files')
    .set({ created_at: daysAgo(731) })
    .where('id', '=', old.file_id)
    .execute();
  const tools = {
    db: server.db,
    settings: server.settings,
    asSystem: (work: (ctx: Context) => Promise<void>) =>
      work({ db: server.db, now: new Date().toISOString() } as Context),
  } as never as JobTools;
  await forgetRawMails.run(tools);
  const store = new FileStore(server.settings.dataDir);
  await clearUnclaimed(server.db, store, Date.now());
  assert.equal((await server.get('林海', `/api/files/${old.file_id}`)).status, 404);
  await assert.rejects(access(store.pathOf(old.sha256 ?? '')));
  assert.equal((await server.get('林海', `/api/files/${young.file_id}`)).status, 200);
  const page = await server.get('林海', `/api/received-mails/${old.id}`);
  assert.deepEqual([page.status, (page.body as { file_id: null }).file_id], [200, null]);
  assert.equal(
    (
      await server.db
        .selectFrom('messages')
        .select('body')
        .where('ticket_id', '=', old.ticket_id)
        .executeTakeFirst()
    )?.body,
    '两年前的事。',
  );
  await dovecot.deliver('support', raw);
  await waitFor('the repeat', () =>
    server.db
      .selectFrom('received_mails')
      .select('id')
      .where('message_id', '=', id)
      .where('outcome', '=', 'repeat')
      .executeTakeFirst(),
  );
});
