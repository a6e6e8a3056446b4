/**
 * Opens a store of this device, one page at a time. A browser may keep a page that was left for the way back, asleep, and a
 * store that it was just making then stays closed to every other page, in Chromium 150 for as long as anybody waited. But
 * a page asleep that holds a lock which another page asks for is given up, and with it what it was making.
 */
export async function openAlone<T>(name: string, open: () => PromiseLike<T>): Promise<T> {
  // There are no locks on plain http away from localhost.
  return navigator.locks ? await navigator.locks.request(`copperpea opens ${name}`, open) : await open();
}
