import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { people, type StaffName } from '#test/cast.ts';
import { type MailServer, startMailServer } from '#test/mail-server.ts';
import { waitFor } from '#test/mails.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let smtp: MailServer;
before(async () => {
  [server, smtp] = await Promise.all([startTestServer({ worker: true }), startMailServer()]);
});
after(async () => {
  await server.stop();
  await smtp.close();
});

const box = (over: Record<string, unknown> = {}) => {
  const id = newId();
  return { id, name: `box ${id}`, address: `${id}@yunfan.example`, ...over };
};
const imap = (over: Record<string, unknown> = {}) => ({
  imap_host: '127.0.0.1',
  imap_port: 9,
  imap_security: 'plain',
  imap_user: 'support',
  imap_password: 'the imap password',
  ...over,
});
const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const create = (body: unknown) => server.send('管理员', 'POST /api/mailboxes', body);
async function view(id: string) {
  return (await server.get('管理员', `/api/mailboxes/${id}`)).body as never as Record<string, unknown>;
}

/** Something that answers, and is no mail server that one could sign in at. */
async function answering(greeting: string): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const listener: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.on('data', () => socket.destroy());
    socket.write(greeting);
  });
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
  return {
    port: (listener.address() as { port: number }).port,
    close: () =>
      new Promise((closed) => {
        listener.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

test('R1 a mailbox is added, changed, paused and resumed, and each of it is an event', async () => {
  const one = box(imap({ signature: '云帆\n400' }));
  assert.equal((await create(one)).status, 201);
  const edit = { changes: { signature: { from: '云帆\n400', to: '云帆' } } };
  assert.equal((await server.send('管理员', `PATCH /api/mailboxes/${one.id}`, edit)).status, 200);
  assert.equal((await server.send('管理员', `POST /api/mailboxes/${one.id}/pause`)).status, 200);
  assert.equal(
    code(await server.send('管理员', `POST /api/mailboxes/${one.id}/pause`)),
    'mailboxes.already_paused',
  );
  assert.equal((await view(one.id)).paused_by_name, '管理员');
  assert.equal((await server.send('管理员', `POST /api/mailboxes/${one.id}/resume`)).status, 200);
  assert.equal(
    code(await server.send('管理员', `POST /api/mailboxes/${one.id}/resume`)),
    'mailboxes.not_paused',
  );
  const events = (await server.eventsOf(one.id)).filter((name) => !/failed/.test(name));
  assert.deepEqual(events, ['mailbox.created', 'mailbox.edited', 'mailbox.paused', 'mailbox.resumed']);
});

test('R1 half a connection, one in the open and a second of the same address are refused', async () => {
  const one = box();
  await create(one);
  for (const [wrong, why] of [
    [box({ imap_host: 'imap.firm.example' }), 'mailboxes.incomplete'],
    [box({ smtp_host: 'smtp.firm.example', smtp_port: 25 }), 'mailboxes.incomplete'],
    [box(imap({ imap_host: 'imap.firm.example' })), 'mailboxes.plain_not_allowed'],
    [box({ address: one.address.toUpperCase() }), 'mailboxes.taken'],
    [box({ assignee_id: newId() }), 'mailboxes.assignee_unknown'],
    [box({ imap_host: 'a b' }), 'ground.invalid'],
  ] as const)
    assert.equal(code(await create(wrong)), why);
  const answered = box({ ...imap({ imap_host: 'imap.invalid' }), plain_allowed: true });
  assert.equal((await create(answered)).status, 201);
  const { id } = answered;
  const back = { changes: { plain_allowed: { from: true, to: false } } };
  assert.equal(
    code(await server.send('管理员', `PATCH /api/mailboxes/${id}`, back)),
    'mailboxes.plain_not_allowed',
  );
});

test('R70 passwords go in and never come out: not by reading, not in events, verdicts or the database', async () => {
  const secret = 'a password nobody may read';
  const one = box({
    ...imap({ imap_password: secret }),
    smtp_host: '127.0.0.1',
    smtp_port: smtp.port,
    smtp_security: 'plain',
  });
  const made = await create(one);
  assert.equal(made.status, 201);
  const set = await server.send('管理员', `POST /api/mailboxes/${one.id}/set-passwords`, {
    smtp_password: secret,
  });
  assert.equal(set.status, 200);
  const read = await server.get('管理员', '/api/mailboxes');
  assert.ok(!JSON.stringify([made.body, set.body, read.body, await view(one.id)]).includes(secret));
  assert.deepEqual(
    [(await view(one.id)).has_imap_password, (await view(one.id)).has_smtp_password],
    [true, true],
  );
  for (const table of ['mailboxes', 'events', 'verdicts'] as const) {
    const rows = await server.db.selectFrom(table).selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes(secret), table);
  }
  // Sent to another host it would be given away: it has to be entered again.
  const elsewhere = { changes: { imap_host: { from: '127.0.0.1', to: 'localhost' } } };
  await server.send('管理员', `PATCH /api/mailboxes/${one.id}`, elsewhere);
  assert.equal((await view(one.id)).has_imap_password, false);
});

test('R1 what stands in the way is said in words: by trying, on the mailbox, in the health of the whole', async () => {
  const talker = await answering('* OK here\r\n');
  const one = box({
    ...imap({ imap_port: talker.port }),
    smtp_host: '127.0.0.1',
    smtp_port: smtp.port,
    smtp_security: 'tls',
  });
  await create(one);
  const tried = await server.send('管理员', `POST /api/mailboxes/${one.id}/test`);
  const { receiving, sending } = tried.body as never as Record<string, { ok: boolean; failure: string }>;
  assert.deepEqual([receiving?.ok, receiving?.failure], [false, 'unreachable']);
  assert.deepEqual([sending?.ok, sending?.failure], [false, 'encryption_missing']);
  assert.ok((await server.eventsOf(one.id)).includes('mailbox.tested'));
  const failing = await waitFor('the failure', async () => {
    const now = await view(one.id);
    return now.state === 'failing' && now;
  });
  assert.equal(failing.failure, 'unreachable');
  const health = await server.get(null, '/api/health');
  assert.ok(
    (health.body as { notes: string[] }).notes.some((note) =>
      note.startsWith('mailboxes_failing:unreachable'),
    ),
  );
  const { body: metrics } = await server.get(null, '/metrics');
  assert.match(String(metrics), /^mailboxes_failing [1-9]/m);
  const works = box({ smtp_host: '127.0.0.1', smtp_port: smtp.port, smtp_security: 'plain' });
  await create(works);
  const good = await server.send('管理员', `POST /api/mailboxes/${works.id}/test`);
  assert.deepEqual(good.body, { receiving: null, sending: { ok: true, failure: null, words: null } });
  await talker.close();
});

test('R70 mailboxes are the administrator’s alone; senders and what came in are for leads', async () => {
  const one = box();
  await create(one);
  const lines = [
    `PATCH /api/mailboxes/${one.id}`,
    `POST /api/mailboxes/${one.id}/set-passwords`,
    `POST /api/mailboxes/${one.id}/pause`,
    `POST /api/mailboxes/${one.id}/test`,
  ];
  for (const who of ['林海', '周敏', '陈立', '王经理'] as const) {
    assert.equal((await server.get(who, '/api/mailboxes')).status, 403);
    assert.equal((await server.get(who, `/api/mailboxes/${one.id}`)).status, 403);
    for (const line of lines) assert.equal((await server.send(who, line, {})).status, 403, `${who} ${line}`);
  }
  const may = async (path: string) => {
    const names: string[] = [];
    for (const who of Object.keys(people) as StaffName[])
      if ((await server.get(who, path)).status === 200) names.push(who);
    return names;
  };
  assert.deepEqual(await may('/api/received-mails'), ['周敏', '陈立', '管理员']);
  assert.deepEqual(await may('/api/mail-senders'), ['周敏', '陈立', '王经理', '管理员']);
});

test('R1 a customer’s mail domains lead to one customer, and never from where anybody can write', async () => {
  const make = (name: string, mail_domains: string[]) =>
    server.send('管理员', 'POST /api/customers', { id: newId(), name, mail_domains });
  assert.equal((await make('甲', ['Luwei.example', '@shop.luwei.example'])).status, 201);
  assert.equal(code(await make('乙', ['luwei.example'])), 'customers.mail_domain_taken');
  assert.equal(code(await make('丙', ['qq.com'])), 'customers.free_mail_domain');
  assert.equal(code(await make('丁', ['no domain'])), 'ground.invalid');
});
