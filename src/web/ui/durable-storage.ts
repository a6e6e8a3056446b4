import { openAlone } from './making-store.ts';

// localStorage reaches the disk when the browser finds time for it, minutes later in Chromium: what must outlive a kill
// stands here. Small, since it is read before anything is drawn.
const name = 'copperpea device';
const store = 'slots';
/** A browser that never answers is given up; a busy one takes seconds to open its store after a kill. */
const patienceMs = 20_000;

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= openAlone(name, openOrMake);
  return opened;
}

function openOrMake(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** What was written last; undefined where there is nothing, or nothing can be kept. */
export async function readDurable<T>(key: string): Promise<T | undefined> {
  const read = async () => {
    const transaction = (await open()).transaction(store, 'readonly');
    const request = transaction.objectStore(store).get(key);
    return new Promise<T | undefined>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result as T | undefined);
      request.onerror = () => reject(request.error);
    });
  };
  return Promise.race([read().catch(() => undefined), givenUp()]);
}

/** Everything under keys that begin so; nothing where nothing can be kept. */
export async function readAllDurable<T>(prefix: string): Promise<Map<string, T>> {
  const read = async () => {
    const slots = (await open()).transaction(store, 'readonly').objectStore(store);
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const [keys, values] = [slots.getAllKeys(range), slots.getAll(range)];
    return new Promise<Map<string, T>>((resolve, reject) => {
      values.onsuccess = () => resolve(new Map(keys.result.map((key, n) => [String(key), values.result[n]])));
      values.onerror = () => reject(values.error);
    });
  };
  return (await Promise.race([read().catch(() => undefined), givenUp()])) ?? new Map();
}

/** Resolves once it stands on the disk, with false where it does not. `undefined` removes. */
export async function writeDurable(key: string, value: unknown): Promise<boolean> {
  const write = async () => {
    const transaction = (await open()).transaction(store, 'readwrite', { durability: 'strict' });
    if (value === undefined) transaction.objectStore(store).delete(key);
    else transaction.objectStore(store).put(value, key);
    // Told that nothing follows, it ends even where the page goes away meanwhile.
    transaction.commit();
    return new Promise<boolean>((resolve) => {
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
  };
  return (await Promise.race([write().catch(() => false), givenUp()])) ?? false;
}

/**
 * What stands under the key, or else this, once it does; never over what was there, however late the store opens. Undefined
 * where nothing can be kept.
 */
export async function keepFirst<T>(key: string, value: T): Promise<T | undefined> {
  const keep = async () => {
    const transaction = (await open()).transaction(store, 'readwrite', { durability: 'strict' });
    const slots = transaction.objectStore(store);
    const found = slots.get(key);
    found.onsuccess = () => {
      if (found.result === undefined) slots.put(value, key);
    };
    return new Promise<T | undefined>((resolve) => {
      transaction.oncomplete = () => resolve((found.result as T | undefined) ?? value);
      transaction.onabort = () => resolve(undefined);
    });
  };
  return Promise.race([keep().catch(() => undefined), givenUp()]);
}

function givenUp(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), patienceMs));
}
