import { openAlone } from '../ui/making-store.ts';
import { type ActsSeen, type Day, type DayRow, dayForm, dayId, isDayTrue } from './day-record.ts';
import type { KeyRow } from './machine/database.ts';
import { open } from './machine/sealing.ts';
import { unwrapDataKey } from './machine/unwrapping.ts';

export type KeptDay = { day: Day; waiting: number; refused: number };

/**
 * The day's screen as this device kept it for the person, and what its outbox holds at this moment; null where there is
 * none, or an act was done since. With the browser's own means: it is read before anything else is loaded.
 */
export async function readDay(personId: string): Promise<KeptDay | null> {
  const name = `copperpea ${personId}`;
  const db = await openAlone(name, () => openStore(name));
  if (db === null) return null;
  try {
    const stores = db.transaction(['keys', 'meta', 'outbox']);
    const rows = stores.objectStore('outbox');
    const states = rows.index('state');
    const [device, data, meta, last, waiting, refused] = await Promise.all([
      answerOf<KeyRow | undefined>(stores.objectStore('keys').get('device')),
      answerOf<KeyRow | undefined>(stores.objectStore('keys').get('data')),
      answerOf<{ value: DayRow } | undefined>(stores.objectStore('meta').get(dayId)),
      answerOf(rows.openKeyCursor(null, 'prev')),
      answerOf(states.count('waiting')),
      answerOf(states.getAllKeys('refused')),
    ]);
    if (device?.id !== 'device' || data?.id !== 'data' || !meta) return null;
    const now: ActsSeen = { last_order: Number(last?.primaryKey ?? 0), refused: refused as number[] };
    const { sealed, seen } = meta.value;
    if (!isDayTrue(seen, now)) return null;
    const day = await open<Day>(await unwrapDataKey(device.key, data.wrapped), dayId, sealed);
    return day.form === dayForm ? { day, waiting, refused: now.refused.length } : null;
  } finally {
    db.close();
  }
}

/** As it is; one that is not there is not made. */
function openStore(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name);
    asked.onupgradeneeded = () => asked.transaction?.abort();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => (asked.error?.name === 'AbortError' ? resolve(null) : reject(asked.error));
  });
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
