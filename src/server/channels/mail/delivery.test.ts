import assert from 'node:assert/strict';
import net from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Email } from 'postal-mime';
import { createTestDatabase, type TestDatabase } from '#test/database.ts';
import { startMailServer } from '#test/mail-server.ts';
import { connect, type Pools } from '../../platform/db/connect.ts';
import { newId } from '../../platform/ids.ts';
import { type JobTools, makeAsSystem } from '../../platform/jobs.ts';
import { LiveHub } from '../../platform/live.ts';
import { makeLog } from '../../platform/log.ts';
import { readSettings } from '../../platform/settings.ts';
import { deliver, sendDueMails } from './delivery.ts';
import type { Letter } from './letter.ts';
import { writeOrderedMail } from './orders.ts';
import { type NewMail, postMail } from './outbox.ts';

let database: TestDatabase;
let pools: Pools;
const log = makeLog('silent');
const customer = newId();
const ticket = newId();

before(async () => {
  database = await createTestDatabase();
  pools = connect({ url: database.url, max: 5, name: 'mail test' });
  await sql`insert into firm (id, name, name_en, accent_color, contact_phone, created_at, updated_at)
    values (${newId()}, '云帆科技', 'Yunfan Tech', '#0b7a75', '400-800-1234', now(), now())`.execute(
    pools.db,
  );
  const contact = newId();
  await sql`insert into customers (id, name, created_at) values (${customer}, '蜀香小馆', now())`.execute(
    pools.db,
  );
  await sql`insert into contacts (id, customer_id, name, created_at) values (${contact}, ${customer}, '小吴', now())`.execute(
    pools.db,
  );
  await sql`insert into tickets (id, customer_id, requester_id, kind, title, state, impact, urgency, priority, channel,
    created_by_kind, created_at, updated_at) values (${ticket}, ${customer}, ${contact}, 'incident', '收银机慢', 'new', 3, 3, 4,
    'portal', 'contact', now(), now())`.execute(pools.db);
});
after(async () => {
  await pools.end();
  await database.drop();
});
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function mailServer(answers: Parameters<typeof startMailServer>[0] = {}) {
  const server = await startMailServer(answers);
  closing.push(server.close);
  return server;
}

function toolsFor(env: Record<string, string>): JobTools {
  const settings = readSettings({ LOG_LEVEL: 'silent', PUBLIC_URL: 'https://service.example.com', ...env });
  const live = new LiveHub({ url: database.url, log });
  const asSystem = makeAsSystem({ db: pools.db, settings, listening: new Map(), live });
  return { db: pools.db, settings, log, asSystem };
}
const toolsOf = (port: number, credentials = '') =>
  toolsFor({ SMTP_URL: `smtp://${credentials}127.0.0.1:${port}`, SMTP_FROM: 'service@yunfan.example' });

const letter = (over: Partial<Letter> = {}): Letter => ({
  locale: 'zh-CN',
  subject: '有新的答复：收银机慢',
  greeting: '王女士，您好：',
  blocks: [
    { kind: 'text', text: '林海 答复您：' },
    { kind: 'quote', text: '换了网线\n<script>alert(1)</script>' },
    { kind: 'button', label: '查看并回复', link: 'https://service.example.com/portal/questions/1?a=1&b=2' },
  ],
  foot: '请点上面的按钮回复。',
  ...over,
});

async function post(tools: JobTools, over: Partial<NewMail> = {}): Promise<string> {
  const occasion = over.occasion ?? `test:${newId()}`;
  await tools.asSystem((ctx) =>
    postMail(ctx, {
      to: { email: 'wang@customer.example', name: '王女士' },
      locale: 'zh-CN',
      template: 'ticket_replied',
      letter: letter(),
      ticket: { id: ticket, customer_id: customer },
      ...over,
      occasion,
    }),
  );
  return (
    await pools.db.selectFrom('mails').select('id').where('occasion', '=', occasion).executeTakeFirstOrThrow()
  ).id;
}

const rowOf = (id: string) =>
  pools.db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const makeDue = (id: string) =>
  sql`update mails set next_try_at = now() where id = ${id} and state = 'waiting'`.execute(pools.db);

test('a mail arrives whole: the firm as sender, Chinese subject, plain and HTML, markup of others as text', async () => {
  const { port, arrived } = await mailServer();
  const tools = toolsOf(port);
  const id = await post(tools);
  await deliver(tools, id);
  assert.equal(arrived.length, 1);
  const [mail] = arrived as [Email & { source: string }];
  assert.deepEqual(mail.from, { address: 'service@yunfan.example', name: '云帆科技' });
  assert.deepEqual(mail.to, [{ address: 'wang@customer.example', name: '王女士' }]);
  assert.equal(mail.subject, '有新的答复：收银机慢');
  assert.match(mail.text ?? '', /> 换了网线\n> <script>/);
  assert.match(mail.text ?? '', /400-800-1234/);
  assert.match(mail.html ?? '', /&lt;script&gt;/);
  assert.doesNotMatch(mail.html ?? '', /<script/);
  assert.match(mail.html ?? '', /#0b7a75/);
  const row = await rowOf(id);
  assert.deepEqual([row.state, row.attempts, row.failure], ['sent', 1, null]);
  assert(row.sent_at);
});

test('no mail names the product, in no header either', async () => {
  const { port, arrived } = await mailServer();
  const tools = toolsOf(port);
  await deliver(tools, await post(tools));
  assert.doesNotMatch(arrived[0]?.source ?? '', /copperpea|nodemailer/i);
});

test('the mails of one ticket make one thread', async () => {
  const { port, arrived } = await mailServer();
  const tools = toolsOf(port);
  await deliver(tools, await post(tools, { opens_thread: true, template: 'ticket_received' }));
  await deliver(tools, await post(tools));
  await deliver(tools, await post(tools));
  const [first, second, third] = arrived;
  assert.equal(first?.messageId, `<ticket.${ticket}@yunfan.example>`);
  assert.equal(second?.references, first?.messageId);
  assert.equal(third?.inReplyTo, first?.messageId);
  assert.notEqual(second?.messageId, third?.messageId);
});

test('a line break in a name, a subject or an address brings no header of its own', async () => {
  const { port, arrived } = await mailServer();
  const tools = toolsOf(port);
  const evil = 'x\r\nBcc: everybody@evil.example\r\n\r\nbody';
  await deliver(
    tools,
    await post(tools, {
      to: { email: 'wang@customer.example', name: evil },
      letter: letter({ subject: evil }),
    }),
  );
  assert.equal(arrived[0]?.bcc, undefined);
  assert.deepEqual(arrived[0]?.to?.length, 1);
  assert.doesNotMatch(arrived[0]?.source.split('\r\n\r\n')[0] ?? '', /^Bcc:/im);
  await assert.rejects(post(tools, { to: { email: 'a@b.example\r\nBcc: c@d.example', name: null } }));
});

test('an answer says that a person wrote it, a receipt that a program did', async () => {
  const { port, arrived } = await mailServer();
  const tools = toolsOf(port);
  await deliver(tools, await post(tools, { template: 'ticket_received' }));
  await deliver(tools, await post(tools, { template: 'ticket_replied' }));
  const auto = (mail?: Email) => mail?.headers.find(({ key }) => key === 'auto-submitted')?.value;
  assert.deepEqual([auto(arrived[0]), auto(arrived[1])], ['auto-replied', undefined]);
});

test('refused for now: it waits, is sent when the server accepts, and arrives once', async () => {
  let busy = true;
  const { port, arrived } = await mailServer({
    onRcptTo(_address, _session, done) {
      if (busy) done(Object.assign(new Error('4.2.1 mailbox busy, try later'), { responseCode: 451 }));
      else done();
    },
  });
  const tools = toolsOf(port);
  const id = await post(tools);
  await deliver(tools, id);
  const put = await rowOf(id);
  assert.deepEqual([put.state, put.failure, put.attempts], ['waiting', 'put_off', 1]);
  assert.match(put.last_error ?? '', /mailbox busy/);
  assert(Date.parse(put.next_try_at as string) > Date.now() + 50_000, 'not at once again');
  await deliver(tools, id);
  assert.equal((await rowOf(id)).attempts, 1, 'not before its time');
  busy = false;
  await makeDue(id);
  await sendDueMails.run(tools);
  await sendDueMails.run(tools);
  assert.equal((await rowOf(id)).state, 'sent');
  assert.equal(arrived.length, 1);
});

test('refused for good: it is not tried again by itself, and the reason stands there in the server’s words', async () => {
  const { port, arrived } = await mailServer({
    onRcptTo(_address, _session, done) {
      done(Object.assign(new Error('5.1.1 no such mailbox here'), { responseCode: 550 }));
    },
  });
  const tools = toolsOf(port);
  const id = await post(tools);
  await deliver(tools, id);
  const row = await rowOf(id);
  assert.deepEqual([row.state, row.failure, row.next_try_at], ['failed', 'refused', null]);
  assert.match(row.last_error ?? '', /no such mailbox here/);
  await deliver(tools, id);
  assert.equal((await rowOf(id)).attempts, 1);
  assert.equal(arrived.length, 0);
});

test('server away, silent or against our sign-in: each is told apart and tried again', async () => {
  const { port, close } = await mailServer();
  await close();
  const away = await post(toolsOf(port));
  await deliver(toolsOf(port), away);
  assert.deepEqual([(await rowOf(away)).state, (await rowOf(away)).failure], ['waiting', 'unreachable']);

  const guarded = await mailServer({
    authOptional: false,
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error('5.7.8 wrong password')),
  });
  const tools = toolsOf(guarded.port, 'service:wrong@');
  const stranger = await post(tools);
  await deliver(tools, stranger);
  assert.deepEqual(
    [(await rowOf(stranger)).state, (await rowOf(stranger)).failure],
    ['waiting', 'sign_in_refused'],
  );

  const dropper = net.createServer((socket) => socket.destroy());
  await new Promise<void>((ready) => dropper.listen(0, '127.0.0.1', ready));
  closing.push(() => new Promise((closed) => dropper.close(() => closed())));
  const rude = toolsOf((dropper.address() as net.AddressInfo).port);
  const dropped = await post(rude);
  await deliver(rude, dropped);
  assert.deepEqual(
    [(await rowOf(dropped)).state, (await rowOf(dropped)).failure],
    ['waiting', 'unreachable'],
  );
});

test('after about two days of trying it is given up, and says why', async () => {
  const { port, close } = await mailServer();
  await close();
  const tools = toolsOf(port);
  const id = await post(tools);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await makeDue(id);
    await deliver(tools, id);
  }
  const row = await rowOf(id);
  assert.deepEqual([row.state, row.failure, row.attempts], ['failed', 'unreachable', 8]);
});

test('without a mail server a mail waits; with one it leaves, save news of more than a week ago', async () => {
  const without = toolsFor({});
  const [fresh, old] = [await post(without), await post(without)];
  await deliver(without, fresh);
  await sendDueMails.run(without);
  assert.deepEqual([(await rowOf(fresh)).state, (await rowOf(fresh)).attempts], ['waiting', 0]);
  await sql`update mails set created_at = now() - interval '8 days' where id = ${old}`.execute(pools.db);
  const { port, arrived } = await mailServer();
  await sql`update mails set state = 'failed', failure = 'other', next_try_at = null
    where state = 'waiting' and id not in (${fresh}, ${old})`.execute(pools.db);
  await sendDueMails.run(toolsOf(port));
  assert.deepEqual([(await rowOf(fresh)).state, (await rowOf(old)).state], ['sent', 'failed']);
  assert.equal((await rowOf(old)).failure, 'stale');
  assert.equal(arrived.length, 1);
});

test('one occasion makes one mail, however often its job runs; two workers send it once', async () => {
  const { port, arrived } = await mailServer();
  const tools = toolsOf(port);
  const occasion = `ticket.replied:${newId()}`;
  const id = await post(tools, { occasion });
  await post(tools, { occasion });
  await Promise.all([deliver(tools, id), deliver(tools, id), deliver(tools, id)]);
  assert.equal(arrived.length, 1);
  const { rows } = await sql`select from mails where occasion = ${occasion}`.execute(pools.db);
  assert.equal(rows.length, 1);
});

test('an ordered letter (invitation, reset) is in the recipient’s language, comes once, and keeps no key to the door', async () => {
  const { port, arrived } = await mailServer();
  const tools = toolsOf(port);
  const token = 'Z'.repeat(43);
  const order = {
    to: 'new@customer.example',
    locale: 'en',
    template: 'portal_invitation',
    params: {
      name: 'Anna',
      firm: '云帆科技',
      invited_by: '林海',
      link: `https://service.example.com/invitation/${token}`,
      expires_at: '2026-12-06T08:00:00.000Z',
    },
  };
  await writeOrderedMail.run(order, tools);
  await writeOrderedMail.run(order, tools);
  const rows = await pools.db.selectFrom('mails').selectAll().where('to_email', '=', order.to).execute();
  assert.equal(rows.length, 1);
  assert.match(rows[0]?.text ?? '', new RegExp(token));
  await deliver(tools, rows[0]?.id as string);
  assert.equal(arrived[0]?.subject, 'Yunfan Tech invites you to its service portal');
  assert.match(arrived[0]?.text ?? '', new RegExp(token));
  assert.match(arrived[0]?.text ?? '', /Sun 6 Dec, 16:00/);
  const kept = await rowOf(rows[0]?.id as string);
  assert.doesNotMatch(kept.text + kept.html, new RegExp(token));
  assert.equal(kept.secret, null);
});

test('every letter that may be ordered has its sentences', async () => {
  const tools = toolsFor({});
  for (const template of ['portal_invitation', 'staff_invitation', 'password_reset', 'password_changed']) {
    for (const locale of ['zh-CN', 'en']) {
      const to = `${template}-${locale}@customer.example`.toLowerCase();
      const params = { name: '王', firm: 'x', invited_by: '林海', link: 'https://x.example/y', minutes: 60 };
      await writeOrderedMail.run({ to, locale, template, params }, tools);
      const mail = await pools.db
        .selectFrom('mails')
        .select(['subject', 'text'])
        .where('to_email', '=', to)
        .executeTakeFirstOrThrow();
      assert.doesNotMatch(mail.subject + mail.text, /\{\{|mail\.\w|undefined/, `${template} ${locale}`);
    }
  }
  await assert.rejects(
    writeOrderedMail.run({ to: 'a@b.example', locale: 'en', template: 'nothing', params: {} }, tools),
  );
});
