import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startApp } from '#server/app.ts';
import { newId } from '#server/platform/ids.ts';
import { makeLog } from '#server/platform/log.ts';
import { type CastName, contacts, cookieOf, customers } from './cast.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let other: Awaited<ReturnType<typeof startApp>>;
let otherUrl: string;

before(async () => {
  server = await startTestServer();
  // A second process of the same desk: it shares nothing with the first but the database.
  other = await startApp({
    settings: server.settings,
    url: server.databaseUrl,
    log: makeLog('silent'),
    roles: { web: true, worker: false },
  });
  otherUrl = await other.server.listen({ port: 0, host: '127.0.0.1' });
});
after(async () => {
  await other.close();
  await server.stop();
});

/** Collects the names of the hints that somebody hears, until closed. */
async function listen(url: string, who: CastName) {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/live`, {
    headers: { cookie: cookieOf(who) },
    signal: stop.signal,
  });
  assert.equal(response.status, 200);
  const heard: { name: string; subject: { id: string } }[] = [];
  const reading = (async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const data = frame.match(/^data: (.*)$/m)?.[1];
        if (data && !frame.startsWith('event: ')) heard.push(JSON.parse(data));
      }
    }
  })().catch(() => {});
  return {
    names: (subjectId: string) =>
      heard.filter((hint) => hint.subject.id === subjectId).map((hint) => hint.name),
    close: async () => {
      stop.abort();
      await reading;
    },
  };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`waited in vain: ${what}`);
}

test('what happens in one process is heard by those who may, in every process, and by nobody else', async () => {
  const engineer = await listen(otherUrl, '林海');
  const cashier = await listen(otherUrl, '小吴');
  const manager = await listen(otherUrl, '孙悦');
  const colleague = await listen(otherUrl, '老马');
  const foreign = await listen(otherUrl, '李医生');
  const id = newId();
  await server.send('周敏', 'POST /api/tickets', {
    id,
    customer_id: customers.鲁味餐饮.id,
    requester_id: contacts.小吴.id,
    kind: 'incident',
    title: '慢',
    body: '收银机慢',
    impact: 3,
    urgency: 2,
  });
  await server.send('林海', `POST /api/tickets/${id}/note`, { id: newId(), body: '内部：网线' });
  await server.send('林海', `POST /api/tickets/${id}/reply`, { id: newId(), body: '在看了' });
  const visible = ['ticket.created', 'ticket.replied'];
  await until(() => engineer.names(id).length === 3 && cashier.names(id).length === 2, 'the hints');
  assert.deepEqual(engineer.names(id), ['ticket.created', 'ticket.noted', 'ticket.replied']);
  assert.deepEqual(cashier.names(id), visible);
  assert.deepEqual(manager.names(id), visible, 'who sees all of the customer hears all of it');
  assert.deepEqual(colleague.names(id), [], 'who sees only their own hears nothing of a colleague');
  assert.deepEqual(foreign.names(id), [], 'another customer hears nothing');
  await Promise.all([engineer, cashier, manager, colleague, foreign].map((ear) => ear.close()));
});

test('nobody signed in hears nothing at all', async () => {
  assert.equal((await fetch(`${otherUrl}/api/live`)).status, 401);
});

test('who listens hears now and then that the way is whole, so that its silence tells the opposite', async () => {
  const stop = new AbortController();
  const { body } = await fetch(`${otherUrl}/api/live`, {
    headers: { cookie: cookieOf('林海') },
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)]),
  });
  let said = '';
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    said += new TextDecoder().decode(chunk);
    if (said.includes('event: beat\n')) break;
  }
  stop.abort();
  assert.match(said, /^event: beat\ndata: \{\}$/m);
});
