import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { contacts } from '#test/cast.ts';
import { type Dovecot, startDovecot, withoutDovecot } from '#test/dovecot.ts';
import { type MailServer, startMailServer } from '#test/mail-server.ts';
import { rawMail, waitFor } from '#test/mails.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { newId } from '../../platform/ids.ts';
import { sealPassword } from '../mailboxes/sealing.ts';

/** What a gateway between the two might take away: every word by which programs know each other. */
const programMarks = /^(Auto-Submitted|X-Auto-Response-Suppress|X-Desk-Origin|Precedence):.*\r?\n/gim;

describe('two desks that write to each other', { skip: withoutDovecot }, () => {
  let dovecot: Dovecot;
  let post: MailServer;
  let desks: TestServer[];
  let carried = 0;
  let strip = false;
  const users = ['left', 'right'];

  before(async () => {
    [dovecot, post] = await Promise.all([startDovecot(), startMailServer()]);
    const env = { SMTP_URL: post.url, SMTP_FROM: 'nobody@yunfan.example' };
    // Each with a secret of its own, as two firms have: it is what a desk knows itself by.
    desks = await Promise.all(
      users.map((user) =>
        startTestServer({ worker: true, env: { ...env, AUTH_SECRET: `the secret of the ${user} one` } }),
      ),
    );
    for (const [index, desk] of desks.entries()) {
      await layMailbox(desk, users[index] as string);
      // To each desk the other one's address is a customer's.
      const other = `${users[1 - index]}@yunfan.example`;
      await sql`update contacts set email = ${other} where id = ${contacts.小吴.id}`.execute(desk.db);
    }
  });
  after(async () => {
    await Promise.all(desks.map((desk) => desk.stop()));
    await Promise.all([dovecot.stop(), post.close()]);
  });

  /** The cast is not signed in under another secret, so the row is laid down as the screen would. */
  async function layMailbox(desk: TestServer, user: string): Promise<void> {
    const id = newId();
    const { imap_password, ...place } = dovecot.settings(user);
    await desk.db
      .insertInto('mailboxes')
      .values({
        id,
        name: user,
        address: `${user}@yunfan.example`,
        ticket_kind: 'question',
        after_closing: 'reopen',
        takes_existing: true,
        ...place,
        imap_password: await sealPassword(desk.settings, id, imap_password),
        smtp_host: '127.0.0.1',
        smtp_port: post.port,
        smtp_security: 'plain',
        created_at: new Date().toISOString(),
      })
      .execute();
  }

  /** Carries what left one desk into the other's mailbox, until nothing has come for a while. */
  async function carryUntilSilent(): Promise<number> {
    const before = carried;
    for (let quiet = 0; quiet < 25; quiet += 1) {
      for (const mail of post.arrived.slice(carried)) {
        carried += 1;
        quiet = 0;
        const user = users.find((name) =>
          mail.to?.some(({ address }) => address === `${name}@yunfan.example`),
        );
        if (user) await dovecot.deliver(user, strip ? mail.source.replace(programMarks, '') : mail.source);
        assert.ok(carried - before < 20, 'they do not fall silent');
      }
      await sleep(100);
    }
    return carried - before;
  }
  const ticketsOf = async (desk: TestServer) =>
    (await desk.db.selectFrom('tickets').select('id').where('channel', '=', 'mail').execute()).length;

  test('R1 two desks let loose on one another fall silent by themselves', async () => {
    await dovecot.deliver('left', rawMail({ from: 'right@yunfan.example', to: 'left@yunfan.example' }));
    await waitFor('the receipt', async () => post.arrived.length > 0);
    assert.equal(await carryUntilSilent(), 1, 'one receipt, and no answer to it');
    assert.deepEqual(await Promise.all(desks.map(ticketsOf)), [1, 0]);
  });

  test('R1 even where every mark of a program is lost on the way', async () => {
    strip = true;
    await dovecot.deliver(
      'right',
      rawMail({ from: 'left@yunfan.example', to: 'right@yunfan.example', subject: 'B' }),
    );
    await waitFor('the receipt', async () => post.arrived.length > carried);
    const mails = await carryUntilSilent();
    assert.ok(mails <= 2, `${mails} mails went to and fro`);
  });
});
