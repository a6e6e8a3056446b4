import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { ListMails, MailPage, MailRow } from '#domain/channels/commands.ts';
import { type ContactName, contacts, customers, people, type StaffName } from '#test/cast.ts';
import { type MailServer, startMailServer } from '#test/mail-server.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let mails: MailServer;
const canary = 'INTERNAL-CANARY-51fd';

before(async () => {
  mails = await startMailServer();
  server = await startTestServer({
    worker: true,
    env: {
      SMTP_URL: mails.url,
      SMTP_FROM: 'service@firm.example',
      PUBLIC_URL: 'http://service.firm.example',
    },
  });
  await sql`insert into firm (id, name, accent_color, created_at, updated_at)
    values (${newId()}, '云帆科技', '#0b7a75', now(), now())
    on conflict (only_one) do update set name = excluded.name`.execute(server.db);
});
after(async () => {
  await server.stop();
  await mails.close();
});

const addressOf = (who: ContactName | StaffName) =>
  `${(who in people ? people[who as StaffName].id : contacts[who as ContactName].user).slice(-4)}@cast.example`;

async function ask(who: ContactName, words: string): Promise<string> {
  const id = newId();
  const sent = await server.send(who, 'POST /api/portal/tickets', { id, message_id: newId(), words });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  return id;
}

async function act(who: StaffName, line: string, body: object): Promise<void> {
  const sent = await server.send(who, line, body);
  assert(sent.status < 300, `${line}: ${JSON.stringify(sent.body)}`);
}

async function promise(ticket: string, over: object = {}): Promise<string> {
  const id = newId();
  await act('林海', 'POST /api/promises', {
    id,
    subject: { kind: 'ticket', id: ticket },
    words: '明天中午前换好网线',
    to_contact_id: contacts.小吴.id,
    owner_id: people.林海.id,
    due_at: new Date(Date.now() + 3_600_000).toISOString(),
    ...over,
  });
  return id;
}

const about = (title: string) => (mail: { subject?: string }) => (mail.subject ?? '').includes(title);

test('asking brings a receipt in her own words: what happens next and by when', async () => {
  const id = await ask('小吴', '收银机一到中午就卡');
  const mail = await mails.mailTo(addressOf('小吴'), about('收银机一到中午就卡'));
  assert.equal(mail.subject, '已收到：收银机一到中午就卡');
  assert.match(mail.text ?? '', /> 收银机一到中午就卡/);
  assert.match(mail.text ?? '', /最晚 \d+月\d+日 周. \d\d:\d\d 给您消息/);
  assert.match(mail.text ?? '', new RegExp(`http://service.firm.example/portal/questions/${id}`));
  assert.match(mail.text ?? '', /云帆科技/);
});

test('R4 our answer comes whole, a note among colleagues never, and both mails are one thread', async () => {
  const id = await ask('小吴', '打印机不出纸');
  await act('林海', `POST /api/tickets/${id}/note`, { id: newId(), body: `${canary} 又没装纸` });
  await act('林海', `POST /api/tickets/${id}/reply`, { id: newId(), body: '请先打开后盖，取出卡住的纸' });
  const answer = await mails.mailTo(addressOf('小吴'), about('有新的答复：打印机不出纸'));
  assert.match(answer.text ?? '', /林海 答复您/);
  assert.match(answer.text ?? '', /> 请先打开后盖/);
  const receipt = await mails.mailTo(addressOf('小吴'), about('已收到：打印机不出纸'));
  assert.equal(answer.references, receipt.messageId);
  assert(mails.arrived.every((mail) => !mail.source.includes(canary) && !(mail.text ?? '').includes(canary)));
});

test('R8 "no answer yet" tells the next time', async () => {
  const id = await ask('小吴', '扫码枪没反应');
  const next = new Date(Date.now() + 7_200_000).toISOString();
  const body = { id: newId(), body: '还在查', no_answer_yet: true, next_update_at: next };
  await act('林海', `POST /api/tickets/${id}/reply`, body);
  const mail = await mails.mailTo(addressOf('小吴'), about('有新的答复：扫码枪没反应'));
  assert.match(mail.text ?? '', /目前还没有结果.*最晚 .*再告诉您一次/);
});

test('the one who is asked for something hears it, though a colleague asked us', async () => {
  const id = await ask('小吴', '会员积分不对');
  await act('林海', `POST /api/tickets/${id}/wait`, {
    waiting_for: '请发一张小票照片',
    contact_id: contacts.孙悦.id,
  });
  const mail = await mails.mailTo(addressOf('孙悦'), about('需要您帮忙：会员积分不对'));
  assert.match(mail.text ?? '', /> 请发一张小票照片/);
  await act('林海', `POST /api/tickets/${id}/resume`, {});
  // 老马 sees his own questions only: then a mail would tell him what the portal does not.
  await act('林海', `POST /api/tickets/${id}/wait`, {
    waiting_for: '请老马看一眼',
    contact_id: contacts.老马.id,
  });
  await act('林海', `POST /api/tickets/${id}/resume`, {});
  await act('林海', `POST /api/tickets/${id}/close`, {
    outcome: 'solved',
    done_for_customer: '积分已经补上',
  });
  const closing = await mails.mailTo(addressOf('小吴'), about('处理结果：会员积分不对'));
  assert.match(closing.text ?? '', /> 积分已经补上/);
  assert(!mails.arrived.some((sent) => sent.to?.[0]?.address === addressOf('老马')));
});

test('R9 a promise is told when it is whole, moved, kept and given up, each once', async () => {
  const id = await ask('小吴', '网线松了');
  const made = await promise(id, { due_at: null, to_contact_id: null });
  await act('林海', `POST /api/promises/${made}/complete`, { to_contact_id: contacts.小吴.id });
  const due = new Date(Date.now() + 3_600_000).toISOString();
  await act('林海', `POST /api/promises/${made}/complete`, { due_at: due });
  const told = await mails.mailTo(addressOf('小吴'), about('答应您的事：网线松了'));
  assert.match(told.text ?? '', /> 明天中午前换好网线\n\n最晚：\d+月\d+日/);
  const to = new Date(Date.now() + 86_400_000).toISOString();
  await act('林海', `POST /api/promises/${made}/move`, { to, agreed_by: '小吴', reason: `${canary} 没货` });
  await mails.mailTo(addressOf('小吴'), about('答应您的事改了时间：网线松了'));
  const settled = { told_how: 'phone', told_at: new Date().toISOString() };
  await act('林海', `POST /api/promises/${made}/keep`, settled);
  await mails.mailTo(addressOf('小吴'), about('答应您的事做到了：网线松了'));
  const other = await promise(id);
  await act('林海', `POST /api/promises/${other}/decline`, { ...settled, reason: `${canary} 不在合同里` });
  await mails.mailTo(addressOf('小吴'), about('有一件事做不到：网线松了'));
  const first = mails.arrived.filter(about('答应您的事：网线松了'));
  assert.equal(first.length, 2, 'one for each of the two promises');
  assert(mails.arrived.every((mail) => !(mail.text ?? '').includes(canary)));
});

test('a colleague who is given a ticket hears it, one who takes it does not', async () => {
  const id = await ask('李医生', '影像工作站打不开');
  await act('林海', `POST /api/tickets/${id}/assign`, { assignee_id: people.林海.id });
  await act('周敏', `POST /api/tickets/${id}/assign`, { assignee_id: people.赵工.id });
  const mail = await mails.mailTo(addressOf('赵工'), about('影像工作站打不开'));
  assert.match(mail.subject ?? '', /^派给你：#\d+ 影像工作站打不开$/);
  assert.match(mail.text ?? '', /周敏 把这张工单派给了你/);
  assert.match(mail.text ?? '', new RegExp(`http://service.firm.example/tickets/${id}`));
  assert(!mails.arrived.some((sent) => sent.to?.[0]?.address === addressOf('林海')));
});

test('mails go in the language of who reads them, and to nobody who has left or has no address', async () => {
  await sql`update users set locale = 'en' where id = ${contacts.李医生.user}`.execute(server.db);
  const id = await ask('李医生', 'The viewer is blank');
  const mail = await mails.mailTo(addressOf('李医生'), about('We have it: The viewer is blank'));
  assert.match(mail.text ?? '', /you hear from us by \w{3} \d+ \w{3}, \d\d:\d\d at the latest/);
  await sql`update contacts set left_at = now() where id = ${contacts.李医生.id}`.execute(server.db);
  await act('林海', `POST /api/tickets/${id}/reply`, { id: newId(), body: 'gone' });
  await sql`update contacts set left_at = null, email = null where id = ${contacts.李医生.id}`.execute(
    server.db,
  );
  await act('林海', `POST /api/tickets/${id}/reply`, { id: newId(), body: 'without address' });
  await act('林海', `POST /api/tickets/${await ask('小吴', '最后一个')}/reply`, {
    id: newId(),
    body: '好了',
  });
  await mails.mailTo(addressOf('小吴'), about('有新的答复：最后一个'));
  assert(!mails.arrived.some((sent) => about('New answer: The viewer')(sent)));
});

test('no customer’s mail names the product or another customer', () => {
  const toCustomers = mails.arrived.filter((mail) =>
    Object.keys(contacts).some((who) => mail.to?.[0]?.address === addressOf(who as ContactName)),
  );
  assert(toCustomers.length > 10);
  for (const mail of toCustomers) {
    assert.doesNotMatch(mail.source + mail.text + mail.html, /copperpea|nodemailer/i);
    if (mail.to?.[0]?.address !== addressOf('李医生'))
      assert.doesNotMatch(`${mail.text}${mail.html}`, /华安医院|viewer|影像/);
  }
});

test('the administrator sees what went out and sends again what failed; nobody else does', async () => {
  const page = async (query: Partial<ListMails> = {}) => {
    const search = new URLSearchParams(query as Record<string, string>);
    const answer = await server.get('管理员', `/api/mails?${search}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body as {
      items: MailRow[];
      next: string | null;
      server: { configured: boolean; from: string };
    };
  };
  // A mail has arrived before its sender has written down that it left.
  const allSent = (list: { items: MailRow[] }) => list.items.every((mail) => mail.state === 'sent');
  let all = await page();
  for (let tries = 0; tries < 100 && !allSent(all); tries += 1) {
    await new Promise((later) => setTimeout(later, 50));
    all = await page();
  }
  assert.deepEqual(all.server, { configured: true, from: 'service@firm.example' });
  assert(all.items.length > 10 && allSent(all));
  const [last] = all.items as [MailRow];
  assert.equal(last.customer_name, customers.鲁味餐饮 ? '鲁味餐饮' : '');
  const opened = (await server.get('管理员', `/api/mails/${last.id}`)).body as MailPage;
  assert.match(opened.text, /您好/);
  const retry = (who: StaffName, id: string) => server.send(who, `POST /api/mails/${id}/retry`);
  assert.equal((await retry('管理员', last.id)).status, 409);
  assert.equal((await retry('管理员', newId())).status, 404);
  await sql`update mails set state = 'failed', failure = 'refused', last_error = '550 no such mailbox', sent_at = null
    where id = ${last.id}`.execute(server.db);
  assert.deepEqual(
    (await page({ state: 'failed' })).items.map(({ id }) => id),
    [last.id],
  );
  const before = mails.arrived.length;
  assert.equal((await retry('管理员', last.id)).status, 200);
  for (let tries = 0; tries < 100 && mails.arrived.length === before; tries += 1)
    await new Promise((later) => setTimeout(later, 50));
  assert.equal(mails.arrived.length, before + 1);
  // That it left again is told a moment after it arrived.
  assert.deepEqual((await server.eventsOf(last.id)).slice(0, 2), ['mail.sent', 'mail.retried']);
  for (const who of ['林海', '周敏', '陈立', '王经理'] as const) {
    assert.equal((await server.get(who, '/api/mails')).status, 403);
    assert.equal((await retry(who, last.id)).status, 403);
  }
  assert.equal((await server.get('小吴', '/api/mails')).status, 404);
});
