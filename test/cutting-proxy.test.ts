import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CuttingProxy } from './offline/cutting-proxy.ts';

/** A server that counts what it took, behind a wire; both end with the test. */
async function wireTo(
  t: TestContext,
  answer: (response: http.ServerResponse) => unknown = (response) => response.end('x'.repeat(20_000)),
) {
  const taken: string[] = [];
  const server = http.createServer((request, response) => {
    taken.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => void answer(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy = await CuttingProxy.begin({ host: '127.0.0.1', port });
  t.after(async () => {
    await proxy.end();
    server.closeAllConnections();
    server.close();
  });
  const ask = async (path: string, method = 'GET') => {
    const signal = AbortSignal.timeout(3_000);
    const answer = await fetch(proxy.url + path, { method, signal }).catch(() => null);
    return answer ? { status: answer.status, body: await answer.text().catch(() => null) } : null;
  };
  return { proxy, taken, ask };
}

test('a cut wire lets nothing through, refused or silent, and an open one does again', async (t) => {
  const { proxy, taken, ask } = await wireTo(t);
  assert.equal((await ask('/a'))?.status, 200);
  for (const is of ['refused', 'silent'] as const) {
    proxy.become({ is });
    assert.equal(await ask('/b'), null);
    proxy.become({ is: 'open' });
    assert.equal((await ask('/c'))?.status, 200);
  }
  assert.deepEqual(taken, ['GET /a', 'GET /c', 'GET /c']);
});

test('a lying network answers 200 with a page of its own, and the server hears nothing', async (t) => {
  const { proxy, taken, ask } = await wireTo(t);
  proxy.become({ is: 'lying' });
  const answer = await ask('/api/visits', 'POST');
  assert.equal(answer?.status, 200);
  assert.match(answer?.body ?? '', /<h1>Welcome/);
  assert.deepEqual(taken, []);
});

test('a lost answer: the server took the write, its sender hears of nobody; what follows goes through', async (t) => {
  const { proxy, taken, ask } = await wireTo(t);
  proxy.loseAnswers(1);
  assert.equal((await ask('/api/visits'))?.status, 200, 'reads are answered');
  assert.equal(await ask('/api/visits/1/log', 'POST'), null);
  assert.equal((await ask('/api/visits/1/log', 'POST'))?.status, 200);
  assert.equal(proxy.answersLost, 1);
  assert.equal(taken.filter((one) => one.startsWith('POST')).length, 2);
});

test('a slow wire takes the time that its width asks for', async (t) => {
  const { proxy, ask } = await wireTo(t);
  proxy.become({ is: 'slow', kbitPerSecond: 200 });
  const began = performance.now();
  assert.equal((await ask('/a'))?.body?.length, 20_000);
  const ms = performance.now() - began;
  assert.ok(ms > 700 && ms < 2_500, `20 KB over 200 kbit/s took ${Math.round(ms)} ms`);
});

test('what is under way when a slow wire becomes faster still arrives in its order', async (t) => {
  const lines = Array.from({ length: 60 }, (_, n) => `${n} `.padEnd(500, '.'));
  const { proxy, ask } = await wireTo(t, async (response) => {
    for (const line of lines) {
      response.write(line);
      await sleep(2);
    }
    response.end();
  });
  proxy.become({ is: 'slow', kbitPerSecond: 200 });
  const asked = ask('/a');
  await sleep(80);
  proxy.become({ is: 'open' });
  assert.equal((await asked)?.body, lines.join(''));
});
