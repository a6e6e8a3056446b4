import type { TFunction } from 'i18next';

export type Room = { used_bytes: number; left_bytes: number; is_persistent: boolean };

/** How much room this device gives us, as far as the browser says. */
export async function saidRoom(): Promise<Room | null> {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const is_persistent = await navigator.storage.persisted();
    return { used_bytes: usage, left_bytes: Math.max(0, quota - usage), is_persistent };
  } catch {
    return null;
  }
}

/** Asks that the browser never clears what we keep, however tight it gets. */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return false;
  }
}

const mega = 1024 * 1024;

/** As people speak of room: whole megabytes, gigabytes with one place behind the point. */
export function roomWords(bytes: number, t: TFunction): string {
  if (bytes < 1024 * mega) return t('offline.units.mb', { n: Math.floor(bytes / mega) });
  return t('offline.units.gb', { n: Math.floor(bytes / mega / 102.4) / 10 });
}
