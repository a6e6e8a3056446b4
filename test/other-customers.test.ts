import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { enqueueReindex, reindex } from '#server/search/actions/reindex.ts';
import { type CastName, type ContactName, contacts, cookieOf, people, type StaffName } from './cast.ts';
import { fillDesk, idsOfCustomer, type Matter } from './fuzz/desk.ts';
import { listOperations, type Operation } from './fuzz/operations.ts';
import { randomFrom, sampleOf } from './fuzz/samples.ts';
import { wordsOfDocx } from './paper-words.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let operations: Operation[];
let matters: Map<ContactName, Matter>;
const contactNames = Object.keys(contacts) as ContactName[];
const staffNames = Object.keys(people) as StaffName[];
before(async () => {
  server = await startTestServer();
  matters = await fillDesk(server);
  // The search knows all of it, as a worker would have seen to.
  await server.asSystem((ctx) => enqueueReindex(ctx));
  await reindex(server);
  operations = (await listOperations(server)).filter(({ id }) => !id.startsWith('auth/'));
});
after(() => server.stop());

/** What a contact may not know of: all of the other customer and, for one who sees only their own, of colleagues. */
async function hiddenFrom(name: ContactName, most?: number): Promise<string[]> {
  const { customer, sees } = contacts[name];
  const other = customer === '鲁味餐饮' ? '华安医院' : '鲁味餐饮';
  const ids = await idsOfCustomer(server, other, most);
  if (sees === 'all') return ids;
  const colleagues = contactNames.filter((one) => one !== name && contacts[one].customer === customer);
  return [...ids, ...colleagues.flatMap((one) => matters.get(one)?.ids ?? [])];
}

/** Status and code, the path filled with `id` and each id in the body replaced by it. */
async function answerTo(who: CastName | null, operation: Operation, id: string) {
  // The same body each time but for the id in question: fresh ids of one's own must stay the same too.
  const random = randomFrom(7);
  const body = operation.body ? withIds(sampleOf(operation.body, random), id) : undefined;
  const answer = await server.server.inject({
    method: operation.method,
    url: operation.path.replace(/\{kind\}/g, 'resolution').replace(/\{\w+\}/g, id),
    headers: {
      ...(who ? { cookie: cookieOf(who) } : {}),
      ...(operation.method === 'GET' ? {} : { 'idempotency-key': newId() }),
    },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const code = answer.statusCode >= 400 ? (answer.json() as { code: string }).code : 'done';
  return `${answer.statusCode} ${code}`;
}

function withIds(value: unknown, id: string, field = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => withIds(one, id, field));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withIds(one, id, key)]));
  }
  return /(^|_)ids?$/.test(field) && field !== 'id' && field !== 'message_id' && typeof value === 'string'
    ? id
    : value;
}

const takesIds = (operation: Operation) =>
  operation.params.length > 0 || /"format":"uuid"/.test(JSON.stringify(operation.body ?? {}));

test('R70 to a contact another customer’s things, and those of colleagues they may not see, do not exist: by any operation', async () => {
  const differing: string[] = [];
  for (const name of contactNames) {
    const hidden = await hiddenFrom(name, 4);
    for (const operation of operations.filter(takesIds)) {
      // Files are for the portal as well; the staff's own routes don't exist for a contact: a few ids show it.
      const open = operation.path.startsWith('/api/portal') || operation.path.startsWith('/api/files');
      const random = await answerTo(name, operation, newId());
      for (const id of open ? hidden : hidden.slice(0, 3)) {
        const foreign = await answerTo(name, operation, id);
        if (foreign !== random)
          differing.push(`${name}, ${operation.id} with ${id}: ${foreign}, not ${random}`);
      }
    }
  }
  assert.deepEqual(differing, []);
});

// The doors that stand open to everybody, by their address: a new one has to be named here.
const openDoors = [
  '/api/health',
  '/metrics',
  '/api/openapi.json',
  '/api/docs',
  '/api/setup',
  '/api/firm',
  '/api/firm/logo',
  '/api/invitation-links/{token}',
  '/api/invitation-links/accept',
];

test('R70 without signing in only the named doors answer, and a contact finds no door but the portal’s and their own', async () => {
  const own = /^\/api\/(portal|files|me|sessions|firm|live)(\/|$)/;
  const wrong: string[] = [];
  for (const operation of operations) {
    const nobody = await answerTo(null, operation, newId());
    const isOpen = openDoors.includes(operation.path);
    const isEdit = operation.path === '/api/firm' && operation.method !== 'GET';
    if ((!isOpen || isEdit) && nobody !== '401 ground.sign_in_first')
      wrong.push(`nobody, ${operation.method} ${operation.path}: ${nobody}`);
    if (isOpen || own.test(operation.path)) continue;
    for (const name of ['小吴', '孙悦'] as const) {
      const said = await answerTo(name, operation, newId());
      if (said !== '404 ground.not_found')
        wrong.push(`${name}, ${operation.method} ${operation.path}: ${said}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('R70 nobody learns from a refusal whether a thing exists: without signing in, and staff on the portal', async () => {
  const ids = [...(await idsOfCustomer(server, '华安医院')), people.赵工.id];
  const differing: string[] = [];
  const portal = operations.filter(({ path }) => path.startsWith('/api/portal'));
  for (const [who, which] of [
    [null, operations.filter(({ path }) => !path.startsWith('/api/invitation-links'))],
    ...staffNames.map((name) => [name, portal] as const),
  ] as const) {
    for (const operation of which.filter(takesIds)) {
      const random = await answerTo(who, operation, newId());
      for (const id of ids.slice(0, who ? 3 : 8)) {
        const foreign = await answerTo(who, operation, id);
        if (foreign !== random) differing.push(`${who}, ${operation.id}: ${foreign}, not ${random}`);
      }
    }
  }
  assert.deepEqual(differing, []);
});

test('R70 what belongs to one of the staff alone does not exist for another', async () => {
  const view = newId();
  await server.send('林海', 'POST /api/views', { id: view, name: '我的', filters: {}, is_shared: false });
  const made = await server.send('林海', 'POST /api/api-keys', {
    id: newId(),
    name: '脚本',
    expires_at: null,
    scopes: ['tickets:read'],
  });
  const { items } = (await server.get('林海', '/api/sessions')).body as { items: { id: string }[] };
  const own: [string, string | undefined][] = [
    ['tickets.delete_view', view],
    ['api_keys.revoke', (made.body as { id: string }).id],
    ['sessions.revoke', items[0]?.id],
  ];
  for (const [operationId, id] of own) {
    const operation = operations.find((one) => one.id === operationId) as Operation;
    assert.ok(id, `${operationId}: ${JSON.stringify(made.body)}`);
    for (const who of ['赵工', '周敏', '小吴'] as const) {
      assert.equal(
        await answerTo(who, operation, id),
        await answerTo(who, operation, newId()),
        `${who} ${operationId}`,
      );
    }
  }
  assert.equal((await server.get('林海', '/api/me')).status, 200, 'still signed in');
});

test('R70 lists, counts and search tell a contact of nothing that is hidden from them', async () => {
  for (const name of contactNames) {
    const hidden = await hiddenFrom(name);
    const readable = [...matters.values()].filter(
      ({ contact }) =>
        contact === name ||
        (contacts[name].sees === 'all' && contacts[contact].customer === contacts[name].customer),
    );
    const secret = [...matters.values()].flatMap((matter) => [
      matter.internal,
      ...(readable.includes(matter) ? [] : [matter.words]),
    ]);
    const texts: string[] = [];
    for (const { path } of operations.filter(
      ({ method, params }) => method === 'GET' && params.length === 0,
    )) {
      for (const query of ['', '?limit=100', '?state=closed', '?q=WORDS', '?q=1']) {
        const answer = await server.get(name, `${path}${query}`);
        if (/^\/(api\/(openapi|docs)|metrics)/.test(path)) continue;
        if (answer.status === 200) texts.push(JSON.stringify(answer.body));
      }
    }
    for (const asked of secret)
      texts.push(
        JSON.stringify((await server.get(name, `/api/portal/search?q=${encodeURIComponent(asked)}`)).body),
      );
    for (const { openTicket } of readable) {
      texts.push(JSON.stringify((await server.get(name, `/api/portal/tickets/${openTicket}`)).body));
    }
    for (const { report } of readable) {
      const paper = await server.server.inject({
        url: `/api/portal/reports/${report}/download?format=docx`,
        headers: { cookie: cookieOf(name) },
      });
      assert.equal(paper.statusCode, 200, `${name} has the report`);
      texts.push(wordsOfDocx(paper.rawPayload).text);
    }
    const all = texts.join('\n');
    assert.ok(readable.length === 0 || all.includes(readable[0]?.words as string), `${name} sees their own`);
    for (const trace of [...hidden, ...secret]) assert.ok(!all.includes(trace), `${name} reads ${trace}`);
  }
});

test('R70 live updates reach only those who may see what happened', async () => {
  const ears = await Promise.all(contactNames.map(async (name) => [name, await listen(name)] as const));
  const deskEar = await listen('林海');
  const ticket = (matters.get('老马') as Matter).openTicket;
  await server.send('林海', `POST /api/tickets/${ticket}/note`, { id: newId(), body: '只给同事看' });
  await server.send('林海', `POST /api/tickets/${ticket}/reply`, { id: newId(), body: '马上来' });
  await deskEar.hears('ticket.replied');
  const heard = Object.fromEntries(ears.map(([name, ear]) => [name, ear.names()]));
  assert.deepEqual(heard, { 小吴: [], 孙悦: ['ticket.replied'], 老马: ['ticket.replied'], 李医生: [] });
  assert.ok(deskEar.names().includes('ticket.noted'));
  for (const [, ear] of [...ears, ['林海', deskEar] as const]) ear.stop();
});

/** A page that listens to /api/live. */
async function listen(name: CastName) {
  const stopping = new AbortController();
  const answer = await fetch(`${server.url}/api/live`, {
    headers: { cookie: cookieOf(name) },
    signal: stopping.signal,
  });
  assert.equal(answer.status, 200);
  let said = '';
  const reading = (async () => {
    for await (const chunk of answer.body as ReadableStream<Uint8Array>)
      said += Buffer.from(chunk).toString();
  })().catch(() => {});
  const names = () =>
    [...said.matchAll(/^data: (\{"name".*)$/gm)].map(([, json]) => JSON.parse(json as string).name);
  return {
    names,
    hears: async (event: string) => {
      for (let waited = 0; !names().includes(event); waited += 20) {
        assert.ok(waited < 10_000, `${name} does not hear ${event}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: () => {
      stopping.abort();
      void reading;
    },
  };
}
