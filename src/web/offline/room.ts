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
