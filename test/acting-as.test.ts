import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#server/platform/ids.ts';
import { cookieOf, customers, people } from './cast.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const note = (id: string) => ({
  id,
  customer_id: customers.鲁味餐饮.id,
  kind: 'incident',
  title: '三号收银机断网',
  body: '',
});

test('R28 what a phone kept for one person is never done in the name of another who signed in since', async () => {
  const id = newId();
  const answer = await server.send('林海', 'POST /api/tickets', note(id), {
    headers: { 'x-acting-as': people.周敏.id },
  });
  assert.equal(answer.status, 401);
  assert.equal((answer.body as { code: string }).code, 'ground.signed_in_as_another');
  assert.deepEqual(await server.eventsOf(id), []);
});

test('R28 where nobody is signed in any more, that is what is said: a sign-in lets it through', async () => {
  const answer = await fetch(`${server.url}/api/tickets`, {
    method: 'POST',
    body: JSON.stringify(note(newId())),
    headers: {
      ...{ 'content-type': 'application/json', 'idempotency-key': newId() },
      'x-acting-as': people.周敏.id,
    },
  });
  assert.equal(answer.status, 401);
  assert.equal(((await answer.json()) as { code: string }).code, 'ground.sign_in_first');
});

test('R28 nor is one person told what another has on board', async () => {
  const ask = (as: string) =>
    fetch(`${server.url}/api/visits/on-board`, {
      headers: { cookie: cookieOf('林海'), 'x-acting-as': as },
    });
  assert.equal((await ask(people.周敏.id)).status, 401);
  assert.equal((await ask(people.林海.id)).status, 200);
});
