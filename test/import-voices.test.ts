import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sealSessionToken, sessionCookieName } from '#server/people/sign-in.ts';
import { newId } from '#server/platform/ids.ts';
import { cookieOf, customers, testSecret } from './cast.ts';
import { bring, realConversations, withCanaries, withoutData } from './imports.ts';
import { indexAnew } from './index-anew.ts';
import { startTestServer, type TestServer } from './server.ts';

// Every message of the real conversations carries a canary of its own; what customers can reach is searched for them.

let server: TestServer;
before(async () => {
  server = await startTestServer({ worker: true });
});
after(() => server.stop());

type List = { items: { id: string }[]; next: string | null };
const canariesIn = (text: string) => text.match(/canary-\d+-x/g) ?? [];

/** What somebody with this cookie gets: the text of an answer that was given. */
async function read(cookie: string, path: string): Promise<string> {
  const answer = await server.server.inject({ method: 'GET', url: path, headers: { cookie } });
  assert.equal(answer.statusCode, 200, `${path}: ${answer.body.slice(0, 200)}`);
  return answer.body;
}

/** Every page that a contact can open: home, both lists to their end, each question, promises, the files named there. */
async function everythingSeenBy(cookie: string) {
  const pages: string[] = [await read(cookie, '/api/portal/home')];
  const ids: string[] = [];
  for (const state of ['open', 'closed']) {
    for (let after: string | null = ''; after !== null; ) {
      const text = await read(
        cookie,
        `/api/portal/tickets?state=${state}&limit=100${after && `&after=${after}`}`,
      );
      pages.push(text);
      const { items, next } = JSON.parse(text) as List;
      ids.push(...items.map(({ id }) => id));
      after = next;
    }
    const promised = state === 'open' ? 'open' : 'settled';
    pages.push(await read(cookie, `/api/portal/promises?state=${promised}`));
  }
  const conversations = new Map<string, string>();
  for (const id of ids) conversations.set(id, await read(cookie, `/api/portal/tickets/${id}`));
  return { pages, conversations };
}

/** Searches of the portal, as many as there are: each route that takes a query of words. */
async function searches(): Promise<string[]> {
  const api = JSON.parse((await server.server.inject('/api/openapi.json')).body) as {
    paths: Record<string, { get?: { parameters?: { name: string; in: string }[] } }>;
  };
  return Object.entries(api.paths)
    .filter(([path]) => path.startsWith('/api/portal/') && !path.includes('{'))
    .filter(([, { get }]) => get?.parameters?.some((one) => one.in === 'query' && one.name === 'q'))
    .map(([path]) => path);
}

/** A sign-in for a contact who came by the import, as an invitation would give one. */
async function signIn(contactId: string, name: string): Promise<string> {
  const [user_id, token, now] = [newId(), `session-of-${contactId}`, new Date().toISOString()];
  const times = { created_at: now, updated_at: now };
  await server.db
    .insertInto('users')
    .values({ id: user_id, kind: 'contact', name, email: `${user_id}@old.example`, roles: [], ...times })
    .execute();
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  await server.db
    .insertInto('sessions')
    .values({ id: newId(), user_id, token, expires_at, ...times })
    .execute();
  await server.db.updateTable('contacts').set({ user_id }).where('id', '=', contactId).execute();
  return `${sessionCookieName(false)}=${sealSessionToken(token, testSecret)}`;
}

/** Collects whatever the live stream says to somebody until it is closed. */
async function listen(cookie: string) {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/api/live`, { headers: { cookie }, signal: stop.signal });
  let heard = '';
  const reading = (async () => {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>)
      heard += Buffer.from(chunk).toString();
  })().catch(() => {});
  return {
    end: async () => {
      stop.abort();
      await reading;
      return heard;
    },
  };
}

test('R4 R71 nothing a customer can reach holds an imported internal note, and every public word is there', {
  skip: withoutData(realConversations),
}, async () => {
  const { csv, voiceOf } = await withCanaries();
  const publicOnes = [...voiceOf].filter(([, voice]) => voice === 'customer').map(([canary]) => canary);
  const stream = await listen(cookieOf('孙悦'));
  const options = { customer: { id: customers.鲁味餐饮.id }, zone: 'UTC' };
  const done = await bring(server, { kind: 'conversations', bytes: csv, name: 'real.csv', options });
  assert.deepEqual([done.state, done.tickets, done.messages, done.rejected], ['done', 240, 4_953, 0]);

  const rows = await server.db.selectFrom('messages').select(['id', 'voice', 'body', 'ticket_id']).execute();
  for (const { body, voice, id } of rows) {
    const [canary = ''] = canariesIn(body);
    assert.equal(voice, voiceOf.get(canary), `message ${id} of ${canary}`);
  }
  assert.equal(rows.length, voiceOf.size);

  const seen = await everythingSeenBy(cookieOf('孙悦'));
  assert.equal(seen.conversations.size, 240);
  const everything = [...seen.pages, ...seen.conversations.values()].join('\n');
  for (const canary of new Set(canariesIn(everything)))
    assert.equal(voiceOf.get(canary), 'customer', `${canary} is internal and stands in the portal`);
  // By id: each public message stands in the conversation of its own ticket, each internal one in none.
  for (const { id, voice, ticket_id } of rows) {
    const has = seen.conversations.get(ticket_id)?.includes(id);
    assert.equal(has, voice === 'customer', `message ${id} (${voice})`);
    if (voice === 'internal') assert.ok(!everything.includes(id), `internal message ${id}`);
  }
  assert.deepEqual(new Set(canariesIn([...seen.conversations.values()].join('\n'))), new Set(publicOnes));

  assert.ok(!everything.includes('"can_rate":true'), 'somebody is asked how another desk did');
  const heard = await stream.end();
  assert.ok(!heard.includes('import.'), 'the stream of a customer tells of an import');
  for (const table of ['mails', 'files', 'ticket_clocks'] as const) {
    const found = await server.db.selectFrom(table).selectAll().execute();
    assert.deepEqual(canariesIn(JSON.stringify(found)), [], table);
  }
  const events = await server.db
    .selectFrom('events')
    .selectAll()
    .where('visible_to_customer', '=', true)
    .execute();
  assert.deepEqual(canariesIn(JSON.stringify(events)), []);

  const rowOf = new Map(rows.map((row) => [canariesIn(row.body)[0], row]));
  const paths = await searches();
  assert.deepEqual(paths, ['/api/portal/search']);
  await indexAnew(server);
  for (const [canary, voice] of [...voiceOf].slice(0, 80)) {
    const text = await read(cookieOf('孙悦'), `${paths[0]}?q=${canary}`);
    const found = canariesIn(text).filter((one) => voiceOf.get(one) === 'internal');
    assert.deepEqual(found, [], `searching for ${canary} shows internal words`);
    const id = rowOf.get(canary)?.id ?? '';
    assert.equal(text.includes(id), voice === 'customer', `${canary} (${voice}) in ${text}`);
  }

  for (const stranger of ['李医生', '小吴'] as const) {
    const theirs = await everythingSeenBy(cookieOf(stranger));
    assert.equal(theirs.conversations.size, 0, stranger);
    assert.deepEqual(canariesIn(theirs.pages.join('\n')), [], stranger);
  }
});

test('R4 R71 a requester who is let in later sees their own old questions, and of those the public words', {
  skip: withoutData(realConversations),
}, async () => {
  const contact = await server.db
    .selectFrom('contacts')
    .innerJoin('tickets', 'tickets.requester_id', 'contacts.id')
    .select(['contacts.id', 'contacts.name'])
    .select((row) => row.fn.countAll<number>().as('asked'))
    .where('contacts.import_id', 'is not', null)
    .groupBy(['contacts.id', 'contacts.name'])
    .orderBy('asked', 'desc')
    .executeTakeFirstOrThrow();
  const cookie = await signIn(contact.id, contact.name);
  const seen = await everythingSeenBy(cookie);
  assert.equal(seen.conversations.size, contact.asked);
  const messages = await server.db
    .selectFrom('messages')
    .innerJoin('tickets', 'tickets.id', 'messages.ticket_id')
    .select(['messages.id', 'messages.voice', 'tickets.requester_id'])
    .execute();
  const everything = [...seen.pages, ...seen.conversations.values()].join('\n');
  for (const { id, voice, requester_id } of messages) {
    const isTheirs = requester_id === contact.id && voice === 'customer';
    assert.equal(everything.includes(id), isTheirs, `message ${id} (${voice})`);
  }
});
