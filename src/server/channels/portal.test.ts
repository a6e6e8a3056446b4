import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { PortalConversation, PortalHome, PortalQuestion } from '#domain/channels/commands.ts';
import { type ContactName, contacts, customers, people } from '#test/cast.ts';
import { startTestServer, type TestServer } from '#test/server.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const canary = 'INTERNAL-CANARY-7c1f';
const words = '收银机今天特别慢，一到中午就卡住，客人都在排队';

async function ask(who: ContactName, over: Record<string, unknown> = {}) {
  const id = newId();
  const body = { id, message_id: newId(), words, felt_severity: 1, ...over };
  const answer = await server.send(who, 'POST /api/portal/tickets', body);
  return { id, ...answer } as { id: string; status: number; body: { code: string; number: number } };
}
const open = async (who: ContactName, id: string) =>
  (await server.get(who, `/api/portal/tickets/${id}`)) as {
    status: number;
    body: PortalConversation;
  };
const home = async (who: ContactName) => (await server.get(who, '/api/portal/home')).body as PortalHome;
const list = async (who: ContactName, query = '') =>
  (
    (await server.get(who, `/api/portal/tickets${query}`)).body as {
      items: PortalQuestion[];
      next: string | null;
    }
  ).items;

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function answer(id: string, body: string) {
  const message = newId();
  const sent = await server.send('林海', `POST /api/tickets/${id}/reply`, { id: message, body });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  return message;
}

async function promise(id: string, to: ContactName, said = '明天中午前给您换好网线') {
  const promised = newId();
  const made = await server.send('林海', 'POST /api/promises', {
    id: promised,
    subject: { kind: 'ticket', id },
    words: said,
    to_contact_id: contacts[to].id,
    owner_id: people.林海.id,
    due_at: inAnHour(),
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return promised;
}

async function close(id: string, done = '换了收银机的网线，中午高峰测试不再卡') {
  const closed = await server.send('林海', `POST /api/tickets/${id}/close`, {
    outcome: 'solved',
    done_for_customer: done,
  });
  assert.equal(closed.status, 200, JSON.stringify(closed.body));
}

test('R1 her own words become a ticket at once, and she sees it received with what happens next', async () => {
  const { id, status, body } = await ask('小吴');
  assert.equal(status, 201);
  const { body: seen } = await open('小吴', id);
  assert.equal(seen.number, body.number);
  assert.equal(seen.state, 'received');
  assert.equal(seen.felt_severity, 1);
  assert.deepEqual(
    seen.messages.map(({ from, body }) => [from, body]),
    [['me', words]],
  );
  assert.match(seen.title, /^收银机今天特别慢/);
  assert(seen.next_update_at && seen.next_update_at > seen.created_at, 'she is told when she hears from us');
  assert.deepEqual(await server.eventsOf(id), ['ticket.created']);
  assert((await home('小吴')).open.some((question) => question.id === id));
});

test('asking needs words; a site of another customer and a repeat under another key are refused', async () => {
  assert.equal((await ask('小吴', { words: '  \n ' })).status, 422);
  assert.equal((await ask('小吴', { felt_severity: 5 })).status, 422);
  assert.equal((await ask('小吴', { priority: 1 })).status, 422);
  const foreign = await ask('小吴', { site_id: customers.华安医院.site });
  assert.equal(foreign.status, 422);
  assert.equal((await open('小吴', foreign.id)).status, 404);
  const own = await ask('小吴', { site_id: customers.鲁味餐饮.site });
  assert.equal(own.status, 201);
  assert.equal((await open('小吴', own.id)).body.site_name, '总店');
});

test('R4 the conversation holds the customer voice alone; not a word of an internal note leaves', async () => {
  const { id } = await ask('小吴');
  await answer(id, '您好，我们正在看');
  const noted = await server.send('林海', `POST /api/tickets/${id}/note`, {
    id: newId(),
    body: `${canary} 又是网线`,
  });
  assert.equal(noted.status, 200, JSON.stringify(noted.body));
  const { body } = await open('小吴', id);
  assert.deepEqual(
    body.messages.map(({ from, author_name }) => [from, author_name]),
    [
      ['me', '小吴'],
      ['firm', '林海'],
    ],
  );
  assert.equal(body.state, 'in_hand');
  for (const who of ['小吴', '孙悦'] as const) {
    const paths = [
      'home',
      'tickets',
      `tickets/${id}`,
      'promises',
      'promises?state=settled',
      'tickets?state=closed',
    ];
    for (const path of paths) {
      const text = JSON.stringify((await server.get(who, `/api/portal/${path}`)).body);
      assert(!text.includes(canary), `${who} ${path}`);
      for (const field of ['priority', 'impact', 'urgency', 'voice', 'assignee_id', 'reader_level'])
        assert(!text.includes(`"${field}"`), `${path} tells ${field}`);
    }
  }
});

test('her own questions or all of the customer’s, by setting; never another customer’s', async () => {
  const mine = await ask('小吴');
  const theirs = await ask('老马');
  const foreign = await ask('李医生');
  const ids = async (who: ContactName) => (await list(who)).map(({ id }) => id);
  assert((await ids('小吴')).includes(mine.id));
  assert(!(await ids('小吴')).includes(theirs.id));
  assert((await ids('孙悦')).includes(mine.id) && (await ids('孙悦')).includes(theirs.id));
  assert.equal((await open('孙悦', mine.id)).body.is_mine, false);
  assert.equal((await open('孙悦', mine.id)).body.messages[0]?.from, 'colleague');
  for (const who of ['小吴', '孙悦'] as const) {
    assert(!(await ids(who)).includes(foreign.id));
    assert.equal((await open(who, foreign.id)).status, 404);
  }
  assert.equal((await open('小吴', theirs.id)).status, 404);
});

test('a reply goes into the conversation and ends the waiting for them', async () => {
  const { id } = await ask('小吴');
  await answer(id, '请问是哪一台？');
  const waiting = { waiting_for: '哪一台收银机卡，拍张照', contact_id: contacts.小吴.id };
  assert.equal((await server.send('林海', `POST /api/tickets/${id}/wait`, waiting)).status, 200);
  const before = (await open('小吴', id)).body;
  assert.deepEqual(
    [before.state, before.waiting_for, before.waiting_on_me],
    ['needs_you', waiting.waiting_for, true],
  );
  const reply = { id: newId(), words: '门口第二台' };
  assert.equal((await server.send('小吴', `POST /api/portal/tickets/${id}/reply`, reply)).status, 201);
  const { body } = await open('小吴', id);
  assert.deepEqual([body.state, body.waiting_for], ['in_hand', null]);
  assert.equal(body.messages.at(-1)?.body, '门口第二台');
  assert.equal(
    (await server.send('孙悦', `POST /api/portal/tickets/${id}/reply`, { id: newId(), words: '快一点' }))
      .status,
    201,
  );
  assert.equal((await open('小吴', id)).body.messages.at(-1)?.from, 'colleague');
});

test('replying to a question of others, or to a closed one, is refused', async () => {
  const { id } = await ask('小吴');
  for (const who of ['老马', '李医生'] as const) {
    const refused = await server.send(who, `POST /api/portal/tickets/${id}/reply`, {
      id: newId(),
      words: '我也来说',
    });
    assert.equal(refused.status, 404, who);
  }
  await close(id);
  const late = await server.send('小吴', `POST /api/portal/tickets/${id}/reply`, {
    id: newId(),
    words: '还是卡',
  });
  assert.deepEqual([late.status, (late.body as { code: string }).code], [409, 'tickets.already_closed']);
});

test('R9 R53 what we owe stands there until it is kept, and then among what we did', async () => {
  const { id } = await ask('小吴');
  const promised = await promise(id, '小吴');
  const owed = (await home('小吴')).owed.find((row) => row.id === promised);
  assert.deepEqual([owed?.is_mine, owed?.ticket_id, owed?.state], [true, id, 'open']);
  assert((await open('小吴', id)).body.promises.some((row) => row.id === promised));
  assert(!(await home('老马')).owed.some((row) => row.id === promised));
  assert(!(await home('李医生')).owed.some((row) => row.id === promised));
  assert((await home('孙悦')).owed.some((row) => row.id === promised));
  const kept = { told_how: 'phone', told_at: new Date().toISOString() };
  assert.equal((await server.send('林海', `POST /api/promises/${promised}/keep`, kept)).status, 200);
  const after = await home('小吴');
  assert(!after.owed.some((row) => row.id === promised));
  assert(after.done.some((deed) => deed.id === promised && deed.kind === 'promise'));
  const settled = (await server.get('小吴', '/api/portal/promises?state=settled')).body as {
    items: { id: string }[];
  };
  assert(settled.items.some((row) => row.id === promised));
});

test('R9 a promise in a colleague’s question names neither the question nor its title to who may not see it', async () => {
  const { id } = await ask('老马', { words: `${canary} 老马的事` });
  const promised = await promise(id, '小吴', '顺便给小吴带一份说明书');
  const row = (await home('小吴')).owed.find((owed) => owed.id === promised);
  assert.deepEqual([row?.ticket_id, row?.ticket_title], [null, null]);
});

test('after closing, what was done stands there in her words, and she may rate it once', async () => {
  const { id } = await ask('小吴');
  const early = await server.send('小吴', `POST /api/portal/tickets/${id}/rate`, { id: newId(), score: 5 });
  assert.deepEqual([early.status, (early.body as { code: string }).code], [409, 'tickets.not_closed']);
  await close(id, '换了网线，现在不卡了');
  const before = (await open('小吴', id)).body;
  assert.deepEqual(
    [before.state, before.can_rate, before.done_for_customer],
    ['done', true, '换了网线，现在不卡了'],
  );
  assert((await home('小吴')).done.some((deed) => deed.id === id && deed.words === '换了网线，现在不卡了'));
  const rate = (who: ContactName, body: object) =>
    server.send(who, `POST /api/portal/tickets/${id}/rate`, { id: newId(), ...body });
  assert.equal((await rate('老马', { score: 1 })).status, 404);
  assert.equal((await rate('小吴', { score: 6 })).status, 422);
  assert.equal((await rate('小吴', { score: 4, words: '来得很快 ' })).status, 201);
  assert.equal((await rate('小吴', { score: 1 })).status, 409);
  const after = (await open('小吴', id)).body;
  assert.deepEqual([after.rating?.score, after.rating?.words, after.can_rate], [4, '来得很快', false]);
  assert.deepEqual(await server.eventsOf(id), ['ticket.created', 'ticket.closed', 'ticket.rated']);
});

test('a screenshot goes with the question, and with nobody else’s', async () => {
  const upload = async (who: ContactName) => {
    const id = newId();
    await sql`insert into file_contents (sha256, size_bytes, media_type, created_at)
      values (${'a'.repeat(64)}, 3, 'image/png', now()) on conflict do nothing`.execute(server.db);
    await sql`insert into files (id, customer_id, uploaded_by_kind, uploaded_by_id, name, sha256, media_type, size_bytes, created_at)
      values (${id}, ${customers[contacts[who].customer].id}, 'contact', ${contacts[who].id}, '截图.png', ${'a'.repeat(64)},
        'image/png', 3, now())`.execute(server.db);
    return id;
  };
  const file = await upload('小吴');
  const { id, status } = await ask('小吴', { file_ids: [file] });
  assert.equal(status, 201);
  assert.deepEqual(
    (await open('小吴', id)).body.messages[0]?.files.map((shown) => shown.name),
    ['截图.png'],
  );
  assert.equal((await ask('小吴', { file_ids: [file] })).body.code, 'files.already_taken');
  assert.equal((await ask('小吴', { file_ids: [await upload('老马')] })).body.code, 'files.not_found');
  const more = await upload('小吴');
  const reply = await server.send('小吴', `POST /api/portal/tickets/${id}/reply`, {
    id: newId(),
    words: '再发一张',
    file_ids: [more],
  });
  assert.equal(reply.status, 201);
  assert.equal((await open('小吴', id)).body.messages.at(-1)?.files.length, 1);
});

test('the portal is for contacts: staff are told it does not exist, and nobody gets in without signing in', async () => {
  const { id } = await ask('小吴');
  for (const path of ['home', 'tickets', `tickets/${id}`, 'promises']) {
    assert.equal((await server.get('林海', `/api/portal/${path}`)).status, 404);
    assert.equal((await server.get(null, `/api/portal/${path}`)).status, 401);
  }
  assert.equal(
    (await server.send('林海', 'POST /api/portal/tickets', { id: newId(), message_id: newId(), words }))
      .status,
    404,
  );
  for (const path of ['tickets', `tickets/${id}`, 'promises', 'mails', 'customers']) {
    assert.equal((await server.get('小吴', `/api/${path}`)).status, 404, path);
  }
});

test('lists go on by key and never twice over the same question', async () => {
  for (let n = 0; n < 5; n += 1) await ask('李医生', { words: `问题 ${n}` });
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const query: string = `?limit=2${next ? `&after=${next}` : ''}`;
    const page = (await server.get('李医生', `/api/portal/tickets${query}`)).body as {
      items: { id: string }[];
      next: string | null;
    };
    seen.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  assert(seen.length >= 5);
  assert.equal(new Set(seen).size, seen.length);
});

test('row security alone keeps others out: without any scope in the query the portal role sees nothing foreign', async () => {
  const { id: theirs } = await ask('李医生');
  const { id: colleagues } = await ask('老马');
  const { id: own } = await ask('小吴');
  await server.send('林海', `POST /api/tickets/${own}/note`, { id: newId(), body: canary });
  const promised = await promise(theirs, '李医生');
  const actor = {
    kind: 'contact' as const,
    id: contacts.小吴.user,
    name: '小吴',
    contact_id: contacts.小吴.id,
    customer_id: customers.鲁味餐饮.id,
    sees: 'own' as const,
    is_customer_administrator: false,
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
    session_id: newId(),
  };
  const as = <T>(query: (db: TestServer['db']) => Promise<T>) => inTransaction(server.db, actor, query);
  const ids = async (table: 'tickets' | 'promises' | 'contacts' | 'customers') =>
    (await as((db) => db.selectFrom(table).select('id').execute())).map(({ id }) => id);
  assert((await ids('tickets')).includes(own));
  const tickets = await ids('tickets');
  assert(!tickets.includes(theirs) && !tickets.includes(colleagues));
  assert(!(await ids('promises')).includes(promised));
  assert.deepEqual(await ids('customers'), [customers.鲁味餐饮.id]);
  assert(!(await ids('contacts')).includes(contacts.李医生.id));
  const messages = await as((db) =>
    db.selectFrom('messages').select(['ticket_id', 'voice', 'body']).execute(),
  );
  assert(
    messages.length > 0 &&
      messages.every(({ voice, ticket_id }) => voice === 'customer' && tickets.includes(ticket_id)),
  );
  assert(!messages.some(({ body }) => body.includes(canary)));
  for (const table of ['mails', 'events', 'verdicts', 'contracts', 'sessions'])
    await assert.rejects(
      as((db) => sql.raw(`select * from ${table} limit 1`).execute(db)),
      { code: '42501' },
      table,
    );
  await assert.rejects(
    as((db) => sql`select priority from tickets`.execute(db)),
    { code: '42501' },
  );
  await assert.rejects(
    as((db) => sql`update tickets set state = 'closed' where id = ${own}`.execute(db)),
    { code: '42501' },
  );
});
