import type { OfflineDatabase } from './database.ts';
import { unwrapDataKey } from './unwrapping.ts';
import { makeWrappedKey } from './wrapped-key.ts';

/**
 * The key of this person's things on this device. It is random, and stored only wrapped; what it is wrapped by can change
 * (a PIN) without anything being written anew. Two tabs that begin at once agree on one.
 */
export async function loadDataKey(db: OfflineDatabase): Promise<CryptoKey> {
  if ((await db.keys.count()) < 2) await makeKeys(db);
  const [device, data] = await db.keys.bulkGet(['device', 'data']);
  if (device?.id !== 'device' || data?.id !== 'data') throw new Error('the keys of this device are gone');
  return unwrapDataKey(device.key, data.wrapped);
}

async function makeKeys(db: OfflineDatabase): Promise<void> {
  const { device, wrapped } = await makeWrappedKey();
  await db.transaction('rw', db.keys, async () => {
    if ((await db.keys.count()) > 0) return;
    await db.keys.bulkAdd([
      { id: 'device', key: device },
      { id: 'data', wrapped_by: 'device', wrapped },
    ]);
  });
}
