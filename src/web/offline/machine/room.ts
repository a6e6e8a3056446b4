import { saidRoom } from '../room.ts';
import type { Machine } from './machine.ts';

/** What must stay free for what people do on site; pictures are only brought along beyond it. */
const spareBytes = 100 * 1024 * 1024;

/** Gives up the pictures that were brought along: the server has them. True when there were any. */
export async function makeRoom({ db }: Machine): Promise<boolean> {
  try {
    const carried = await db.photos.where('state').anyOf('carried', 'up').primaryKeys();
    const claimed = new Set((await db.outbox.toArray()).flatMap(({ photos }) => photos));
    const free = carried.filter((id) => !claimed.has(id));
    await db.transaction('rw', db.photos, db.bytes, async () => {
      await db.bytes.where('photo_id').anyOf(free).delete();
      await db.photos.bulkDelete(free);
    });
    return free.length > 0;
  } catch {
    return false;
  }
}

/** Whether there is room for so many bytes that could be done without. */
export async function hasRoomFor(bytes: number): Promise<boolean> {
  const room = await saidRoom();
  return room === null || room.left_bytes - bytes > spareBytes;
}
