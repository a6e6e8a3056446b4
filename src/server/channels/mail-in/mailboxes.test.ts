import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { contacts, customers, people } from '#test/cast.ts';
import { type Dovecot, startDovecot, withoutDovecot } from '#test/dovecot.ts';
import { type MailServer, startMailServer } from '#test/mail-server.ts';
import { addMailbox, type MailParts, rawMail, readMailOf, waitFor } from '#test/mails.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { newId } from '../../platform/ids.ts';

describe('mail from a mailbox into tickets', { skip: withoutDovecot }, () => {
  let server: TestServer;
  let dovecot: Dovecot;
  let out: MailServer;
  let support: string;
  const wu = '小吴 <0301@cast.example>';
  const dashes = '-'.repeat(18);

  before(async () => {
    [dovecot, out] = await Promise.all([startDovecot(), startMailServer()]);
    server = await startTestServer({
      worker: true,
      env: { SMTP_URL: out.url, SMTP_FROM: '默认 <desk@yunfan.example>' },
    });
    support = await addMailbox(server, dovecot, 'support', {
      smtp_host: '127.0.0.1',
      smtp_port: out.port,
      smtp_security: 'plain',
      sender_name: '云帆售后',
      signature: '云帆售后服务台\n400-800-1234',
    });
  });
  after(async () => {
    await server.stop();
    await Promise.all([dovecot.stop(), out.close()]);
  });

  /** Sends a mail into the mailbox and waits until it was dealt with. */
  async function arrive(parts: MailParts, user = 'support') {
    const id = parts.id ?? `${newId()}@customer.example`;
    await dovecot.deliver(user, rawMail({ ...parts, id }));
    return readMailOf(server, id);
  }
  const ticket = (id: string | null) =>
    server.db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const messages = (id: string | null) =>
    server.db.selectFrom('messages').selectAll().where('ticket_id', '=', id).orderBy('id').execute();
  const ticketCount = async () =>
    (
      await server.db
        .selectFrom('tickets')
        .select(server.db.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n;

  test('R1 a customer’s mail becomes a ticket in their words, and the answer comes back into it', async () => {
    const mail = await arrive({ from: wu, subject: '收银机慢', text: '收银机从早上起很慢。' });
    assert.equal(mail.outcome, 'ticket');
    const row = await ticket(mail.ticket_id);
    assert.deepEqual(
      [row.title, row.channel, row.requester_id, row.customer_words],
      ['收银机慢', 'mail', contacts.小吴.id, '收银机从早上起很慢。'],
    );
    const receipt = await out.mailTo(
      '0301@cast.example',
      ({ subject }) => subject?.includes('收银机慢') ?? false,
    );
    assert.equal(receipt.subject, `Re: 收银机慢 [#${row.number}]`);
    assert.deepEqual(receipt.from, { address: 'support@yunfan.example', name: '云帆售后' });
    assert.equal(receipt.inReplyTo, `<${mail.message_id}>`);
    assert.match(receipt.source, /^Auto-Submitted: auto-replied/im);
    assert.match(receipt.text ?? '', /云帆售后服务台\n400-800-1234/);
    assert.doesNotMatch(receipt.text ?? '', /点上面的按钮回复/);

    const said = await server.send('林海', `POST /api/tickets/${row.id}/reply`, {
      id: newId(),
      body: '下午来换网线。',
    });
    assert.equal(said.status, 200);
    const answer = await out.mailTo('0301@cast.example', ({ text }) => /下午来换网线/.test(text ?? ''));
    assert.equal(answer.subject, receipt.subject);
    assert.ok(answer.references?.includes(`<${mail.message_id}>`));
    assert.doesNotMatch(answer.source, /^Auto-Submitted:/im);

    const back = await arrive({
      from: wu,
      subject: `回复：${answer.subject}`,
      text: `好的，三点以后。\n\n${dashes} 原始邮件 ${dashes}\n发件人: 云帆售后\n> 下午来换网线。`,
      headers: {
        'In-Reply-To': answer.messageId ?? '',
        References: `${answer.references} ${answer.messageId}`,
      },
    });
    assert.deepEqual([back.outcome, back.ticket_id], ['message', row.id]);
    assert.equal((await messages(row.id)).at(-1)?.body, '好的，三点以后。');
    const mails = (await server.get('林海', `/api/tickets/${row.id}/mails`)).body as never as {
      sent: { state: string }[];
      received: { id: string; file_id: string }[];
    };
    assert.deepEqual(
      mails.sent.map(({ state }) => state),
      ['sent'],
    );
    assert.equal(mails.received.length, 2);
    const whole = await server.get('林海', `/api/received-mails/${mails.received[1]?.id}`);
    assert.match((whole.body as { text: string }).text, /原始邮件/);
    const raw = await server.get('林海', `/api/files/${mails.received[1]?.file_id}`);
    assert.equal(raw.status, 200);
    assert.equal(raw.headers['content-type'], 'application/octet-stream');
  });

  test('R1 the same mail twice changes nothing, in one mailbox or two, and after the numbering began anew', async () => {
    await addMailbox(server, dovecot, 'second');
    const id = `${newId()}@customer.example`;
    const raw = rawMail({ from: wu, subject: '打印机不出纸', id });
    await dovecot.deliver('support', raw);
    const first = await readMailOf(server, id);
    const count = await ticketCount();
    await dovecot.deliver('support', raw);
    await dovecot.deliver('second', `X-Way: another\r\n${raw}`);
    const rows = await waitFor('three copies', async () => {
      const found = await server.db
        .selectFrom('received_mails')
        .select(['outcome', 'same_as_id', 'ticket_id'])
        .where('message_id', '=', id)
        .where('state', '=', 'done')
        .orderBy('id')
        .execute();
      return found.length === 3 && found;
    });
    assert.deepEqual(
      rows.map(({ outcome, ticket_id }) => [outcome, ticket_id === first.ticket_id]),
      [
        ['ticket', true],
        ['repeat', true],
        ['repeat', true],
      ],
    );
    assert.equal(await ticketCount(), count);
    const kept = async () =>
      (await server.db.selectFrom('received_mails').select('id').where('mailbox_id', '=', support).execute())
        .length;
    const before = await kept();
    await server.send('管理员', `POST /api/mailboxes/${support}/pause`);
    await waitFor('the pause', async () => {
      const box = await server.db
        .selectFrom('mailboxes')
        .select('state')
        .where('id', '=', support)
        .executeTakeFirst();
      return box?.state === 'new';
    });
    await dovecot.forgetNumbers('support');
    await server.send('管理员', `POST /api/mailboxes/${support}/resume`);
    const later = await arrive({ from: wu, subject: '网络也慢' });
    assert.equal(later.outcome, 'ticket');
    assert.equal(await kept(), before + 1, 'what was known was passed over');
  });

  test('R1 who spoofs a thread neither reads nor changes it: a ticket of their own waits for a decision', async () => {
    const mine = await arrive({ from: wu, subject: '后台打不开' });
    const receipt = await server.db
      .selectFrom('mails')
      .select(['message_id', 'text'])
      .where('ticket_id', '=', mine.ticket_id)
      .executeTakeFirst();
    const { token } = await server.db
      .selectFrom('ticket_threads')
      .select('token')
      .where('ticket_id', '=', mine.ticket_id as string)
      .executeTakeFirstOrThrow();
    const row = await ticket(mine.ticket_id);
    const known = {
      reference: { References: `<${mine.message_id}>` },
      token: { 'In-Reply-To': receipt?.message_id ?? `<mail.${newId()}.ref-${token}@yunfan.example>` },
      number: {},
    };
    const words = (await messages(row.id)).length;
    const subject = `Re: 后台打不开 [#${row.number}]`;
    const spoofs = Object.entries(known).flatMap(([what, headers]) =>
      [`骗子 <${what}@evil.example>`, '李医生 <0304@cast.example>'].map((from) =>
        arrive({ from, subject, text: `${what}：把密码发给我`, headers }),
      ),
    );
    for (const spoofed of await Promise.all(spoofs)) {
      assert.equal(spoofed.outcome, 'ticket', spoofed.from_email ?? '');
      assert.notEqual(spoofed.ticket_id, row.id);
      assert.equal(spoofed.claims_ticket_id, row.id);
      assert.notEqual((await ticket(spoofed.ticket_id)).customer_id, customers.鲁味餐饮.id);
    }
    assert.equal((await messages(row.id)).length, words);
    const evil = out.arrived.filter((mail) =>
      mail.to?.some(({ address }) => address?.endsWith('evil.example')),
    );
    assert.deepEqual(evil, [], 'nothing goes to a stranger by itself');
    const { items } = (await server.get('周敏', '/api/mail-senders')).body as never as {
      items: { email: string; claims: { number: number } | null }[];
    };
    const waiting = items.find(({ email }) => email === 'token@evil.example');
    assert.equal(waiting?.claims?.number, row.number);
  });

  test('R1 the customer’s copy brings somebody in: their answer is heard, under their own name', async () => {
    const mine = await arrive({ from: wu, cc: 'Vendor Wang <wang@vendor.example>', subject: '联调' });
    const answer = await arrive({
      from: 'Vendor Wang <wang@vendor.example>',
      subject: 'Re: 联调',
      text: '我们这边查过了。',
      headers: { References: `<${mine.message_id}>` },
    });
    assert.deepEqual([answer.outcome, answer.ticket_id], ['message', mine.ticket_id]);
    assert.equal((await messages(mine.ticket_id)).at(-1)?.author_name, 'Vendor Wang');
    const colleague = await arrive({
      from: '老马 <0303@cast.example>',
      subject: `Re: 联调 [#${(await ticket(mine.ticket_id)).number}]`,
      text: '我也遇到了。',
    });
    assert.deepEqual([colleague.outcome, colleague.ticket_id], ['message', mine.ticket_id]);
  });

  test('R1 programs’ answers and bounces open nothing; a bounce marks the answer and tells its author', async () => {
    const mine = await arrive({ from: wu, subject: '报表不对' });
    await server.send('林海', `POST /api/tickets/${mine.ticket_id}/reply`, {
      id: newId(),
      body: '报表已修好。',
    });
    const answer = await out.mailTo('0301@cast.example', ({ text }) => /报表已修好/.test(text ?? ''));
    const count = await ticketCount();
    const away = await arrive({
      from: wu,
      subject: '自动回复：休假',
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    assert.equal(away.outcome, 'auto_reply');
    const id = `${newId()}@mx.example`;
    await Promise.all([
      dovecot.deliver('support', answer.source),
      dovecot.deliver('support', bounceOf(answer.messageId ?? '', id)),
    ]);
    const loop = await readMailOf(server, (answer.messageId ?? '').slice(1, -1));
    assert.equal(loop.outcome, 'own_loop');
    const bounce = await readMailOf(server, id);
    assert.deepEqual([bounce.outcome, bounce.ticket_id], ['bounce', mine.ticket_id]);
    assert.equal(await ticketCount(), count);
    const { sent } = (await server.get('林海', `/api/tickets/${mine.ticket_id}/mails`)).body as never as {
      sent: { state: string; last_error: string }[];
    };
    assert.equal(sent[0]?.state, 'bounced');
    assert.match(sent[0]?.last_error ?? '', /5\.1\.1/);
    const told = await out.mailTo(`${people.林海.id.slice(-4)}@cast.example`, ({ subject }) =>
      /报表不对/.test(subject ?? ''),
    );
    assert.match(told.text ?? '', /0301@cast\.example/);
  });

  test('R1 a word after closing opens again, or begins a linked ticket where the mailbox says so', async () => {
    const close = async (id: string | null) => {
      const said = await server.send('林海', `POST /api/tickets/${id}/close`, {
        outcome: 'solved',
        done_for_customer: '换好了。',
      });
      assert.equal(said.status, 200, JSON.stringify(said.body));
    };
    const mine = await arrive({ from: wu, subject: '键盘坏了' });
    await close(mine.ticket_id);
    const again = await arrive({
      from: wu,
      subject: 'Re: 键盘坏了',
      text: '又坏了。',
      headers: { References: `<${mine.message_id}>` },
    });
    assert.deepEqual([again.outcome, again.ticket_id], ['message', mine.ticket_id]);
    assert.equal((await ticket(mine.ticket_id)).state, 'open');
    await close(mine.ticket_id);
    await server.send('管理员', `PATCH /api/mailboxes/${support}`, {
      changes: { after_closing: { from: 'reopen', to: 'new_ticket' } },
    });
    const anew = await arrive({
      from: wu,
      subject: 'Re: 键盘坏了',
      text: '第三次坏。',
      headers: { References: `<${again.message_id}>` },
    });
    assert.equal(anew.outcome, 'ticket');
    assert.equal((await ticket(mine.ticket_id)).state, 'closed');
    const { follows } = (await server.get('林海', `/api/tickets/${anew.ticket_id}/mails`)).body as never as {
      follows: { id: string };
    };
    assert.equal(follows.id, mine.ticket_id);
  });

  test('R1 what was just asked in the portal and mailed in the same words is one ticket', async () => {
    const words = '扫码枪没有反应，换了一把也一样。';
    const asked = await server.send('小吴', 'POST /api/portal/tickets', {
      id: newId(),
      message_id: newId(),
      words,
    });
    assert.equal(asked.status, 201);
    const count = await ticketCount();
    const mail = await arrive({ from: wu, subject: '扫码枪', text: `${words}\n` });
    assert.deepEqual([mail.outcome, mail.ticket_id], ['repeat', (asked.body as { id: string }).id]);
    assert.equal(await ticketCount(), count);
  });

  test('R1 what was just mailed and asked in the portal in the same words is one ticket that holds both', async () => {
    const words = '扫码枪读不出条码，换了电池也一样。';
    const mail = await arrive({ from: wu, subject: '扫码枪', text: words });
    const count = await ticketCount();
    const ask = (said: string) => ({ id: newId(), message_id: newId(), words: said, kind: 'incident' });
    const first = ask(`扫码枪读不出条码，\n换了电池也一样。`);
    const asked = await server.send('小吴', 'POST /api/portal/tickets', first);
    assert.equal(asked.status, 201, JSON.stringify(asked.body));
    assert.equal((asked.body as { id: string }).id, mail.ticket_id);
    assert.equal(await ticketCount(), count);
    assert.deepEqual(
      (await messages(mail.ticket_id)).map(({ id }) => id),
      [mail.about_message_id, first.message_id],
    );
    const other = await server.send('小吴', 'POST /api/portal/tickets', ask('扫码枪又好了'));
    assert.notEqual((other.body as { id: string }).id, mail.ticket_id);
  });

  test('R1 an alert of a customer’s program is a ticket without an automatic answer, a storm of them one ticket', async () => {
    const headers = { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk' };
    const alert = { from: '监控 <zabbix@luwei.example>', subject: 'PROBLEM: 磁盘 95%', headers };
    await server.db
      .updateTable('contacts')
      .set({ email: 'zabbix@luwei.example' })
      .where('id', '=', contacts.老马.id)
      .execute();
    const first = await arrive({ ...alert, text: '/var 95%' });
    assert.deepEqual([first.outcome, first.wants_no_answer], ['ticket', true]);
    const again = await arrive({ ...alert, text: '/var 96%' });
    assert.deepEqual([again.outcome, again.ticket_id], ['message', first.ticket_id]);
    assert.equal((await messages(first.ticket_id)).length, 2);
    const other = await arrive({ ...alert, subject: 'PROBLEM: CPU', text: '100%' });
    assert.deepEqual([other.outcome, other.ticket_id === first.ticket_id], ['ticket', false]);
    // One receipt a day and sender: had an alert got it, this person would get none.
    const person = await arrive({
      from: alert.from,
      subject: '告警怎么关',
      text: '值班的是我，告警怎么关？',
    });
    assert.equal(person.wants_no_answer, false);
    await out.mailTo('zabbix@luwei.example', ({ subject }) => /告警怎么关/.test(subject ?? ''));
    const told = out.arrived.filter(({ to }) =>
      to?.some(({ address }) => address === 'zabbix@luwei.example'),
    );
    assert.equal(told.length, 1);
  });

  test('R1 a sender not yet known is given to a customer, and what they wrote moves there with all of it', async () => {
    const mail = await arrive({ from: '钱会计 <qian@unknown.example>', subject: '发票打不出来' });
    const before = await ticket(mail.ticket_id);
    assert.notEqual(before.customer_id, customers.鲁味餐饮.id);
    await server.send('林海', `POST /api/tickets/${before.id}/note`, { id: newId(), body: '先记一笔' });
    const sender = await senderOf('qian@unknown.example', 'waiting');
    const refused = await server.send('林海', `POST /api/mail-senders/${sender.id}/give`, {
      customer_id: customers.鲁味餐饮.id,
      contact_id: null,
    });
    assert.equal(refused.status, 403);
    const foreign = await server.send('周敏', `POST /api/mail-senders/${sender.id}/give`, {
      customer_id: customers.鲁味餐饮.id,
      contact_id: contacts.李医生.id,
    });
    assert.equal((foreign.body as { code: string }).code, 'mail_senders.contact_unknown');
    const given = await server.send('周敏', `POST /api/mail-senders/${sender.id}/give`, {
      customer_id: customers.鲁味餐饮.id,
      contact_id: contacts.老马.id,
    });
    assert.equal(given.status, 200, JSON.stringify(given.body));
    const after = await ticket(before.id);
    assert.deepEqual(
      [after.customer_id, after.requester_id, after.contract_id],
      [customers.鲁味餐饮.id, contacts.老马.id, customers.鲁味餐饮.contract],
    );
    const seen = await server.get('老马', `/api/portal/tickets/${before.id}`);
    assert.equal((seen.body as { messages: { from: string }[] }).messages[0]?.from, 'me');
    assert.ok(!JSON.stringify(seen.body).includes('先记一笔'));
    assert.ok((await server.eventsOf(sender.id)).includes('mail_sender.given'));
    const again = await server.send('周敏', `POST /api/mail-senders/${sender.id}/dismiss`, {
      reason: '广告',
    });
    assert.equal((again.body as { code: string }).code, 'mail_senders.already_decided');
  });

  test('R1 who is no customer is dismissed without a word, and what they write again is set aside', async () => {
    const from = '推广 <ads@spam.example>';
    const mail = await arrive({ from, subject: '特价' });
    const sender = await senderOf('ads@spam.example', 'waiting');
    const said = await server.send('周敏', `POST /api/mail-senders/${sender.id}/dismiss`, { reason: '广告' });
    assert.equal(said.status, 200, JSON.stringify(said.body));
    assert.equal((await ticket(mail.ticket_id)).state, 'closed');
    const more = await arrive({ from, subject: '又来了' });
    assert.deepEqual([more.outcome, more.ticket_id], ['set_aside', null]);
    assert.deepEqual(
      out.arrived.filter((one) => one.to?.some(({ address }) => address === 'ads@spam.example')),
      [],
    );
  });

  test('R1 a mail that cannot be read stays in sight with its reason, and the mailbox goes on', async () => {
    await dovecot.deliver('support', 'Subject: nobody wrote this\r\n\r\ntext\r\n');
    const next = await arrive({ from: wu, subject: '下一封' });
    assert.equal(next.outcome, 'ticket');
    const { items } = (await server.get('周敏', '/api/received-mails?state=failed')).body as never as {
      items: { id: string; failure: string; file_id: string }[];
    };
    assert.deepEqual(
      items.map(({ failure }) => failure),
      ['unreadable'],
    );
    const again = await server.send('周敏', `POST /api/received-mails/${items[0]?.id}/read-again`);
    assert.equal(again.status, 200);
    const done = await server.send('周敏', `POST /api/received-mails/${next.id}/read-again`);
    assert.equal((done.body as { code: string }).code, 'received_mails.already_read');
  });

  async function senderOf(email: string, state: string): Promise<{ id: string }> {
    const { items } = (await server.get('周敏', `/api/mail-senders?state=${state}`)).body as never as {
      items: { id: string; email: string }[];
    };
    const found = items.find((one) => one.email === email);
    assert.ok(found, `${email} among ${JSON.stringify(items)}`);
    return found;
  }
});

function bounceOf(about: string, id: string): string {
  return [
    'From: MAILER-DAEMON@mx.example',
    'To: support@yunfan.example',
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${id}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'I could not deliver your mail.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; 0301@cast.example',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${about}`,
    'Subject: what came back',
    '',
    'text',
    '--b--',
    '',
  ].join('\r\n');
}
