import { test } from 'node:test';
import { assertNothingBroke, playWrongRequests } from './fuzz/play-wrong-requests.ts';
import { startTestServer } from './server.ts';

test('wrong requests to every operation are refused in words, and a refusal changes nothing', async (t) => {
  const server = await startTestServer();
  t.after(() => server.stop());
  const played = await playWrongRequests(server, { seed: 1, each: 10, thorough: false });
  t.diagnostic(`${played.requests} requests to ${played.operations} operations, ${played.refused} refused`);
  assertNothingBroke(played);
});
