import type { Page } from '@playwright/test';

/** All that the browser keeps for the page's origin, as one text: every store of every database, and the page's small ones. */
export async function storedOn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const utf8 = new TextDecoder();
    const told = (value: unknown): unknown => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return utf8.decode(value);
      if (value instanceof CryptoKey) return { extractable: value.extractable };
      if (Array.isArray(value)) return value.map(told);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, told(part)]));
    };
    const lines: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name } of await indexedDB.databases()) {
      const db = await answerOf(indexedDB.open(name as string));
      for (const store of db.objectStoreNames) {
        const rows = db.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([answerOf(rows.getAllKeys()), answerOf(rows.getAll())]);
        for (const [index, key] of keys.entries()) lines.push([name, store, key, told(values[index])]);
      }
      db.close();
    }
    return lines.map((line) => JSON.stringify(line)).join('\n');
  });
}

/** Writes into what drafts are kept in, as an older app did: without sealing, in the page's small store and beside it. */
export async function leaveOlderDraft(page: Page, slot: string, draft: object): Promise<void> {
  await page.evaluate(
    async ({ place, row }) => {
      localStorage.setItem(place, JSON.stringify(row));
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open('copperpea device');
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      const writing = db.transaction('slots', 'readwrite');
      writing.objectStore('slots').put(row, place);
      await new Promise((resolve) => {
        writing.oncomplete = resolve;
      });
      db.close();
    },
    { place: slot, row: draft },
  );
}
