import { test } from 'node:test';
import { assertNothingBroke, playWrongRequests } from '#test/fuzz/play-wrong-requests.ts';
import { startTestServer } from '#test/server.ts';

for (const seed of [11, 12]) {
  test(`wrong requests to every operation, each looked at alone (seed ${seed})`, async (t) => {
    const server = await startTestServer();
    t.after(() => server.stop());
    const played = await playWrongRequests(server, { seed, each: 20, thorough: true });
    t.diagnostic(`${played.requests} requests to ${played.operations} operations, ${played.refused} refused`);
    assertNothingBroke(played);
  });
}
