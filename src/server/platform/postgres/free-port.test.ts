import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { findFreePort } from './free-port.ts';

test('R74 a free port is none that the system hands out by itself, and none that is in use', async (t) => {
  const first = await findFreePort();
  const user = createServer().listen(first + 1, '127.0.0.1');
  t.after(() => user.close());
  // Somebody else's listener there would make the same case.
  await once(user, 'listening').catch(() => {});
  const second = await findFreePort();
  for (const port of [first, second]) assert(port >= 20_000 && port < 32_768, String(port));
  assert(second > first + 1, 'the one in use is passed over');
});
