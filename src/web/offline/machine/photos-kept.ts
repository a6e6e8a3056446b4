import { uuidv7 } from 'uuidv7';
import { correctedNow } from '../device-clock.ts';
import type { Unsaved } from '../outbox-item.ts';
import type { Machine } from './machine.ts';
import { saving } from './outbox.ts';
import { openBytes, sealBytes } from './sealing.ts';

export type NewPhoto = { visit_id: string; customer_id: string; blob: Blob };

/** Keeps a photo that was just taken. It goes up with the first act that names it. */
export async function keepPhotoIn(machine: Machine, photo: NewPhoto): Promise<{ file_id: string } | Unsaved> {
  const { db, key } = machine;
  const id = uuidv7();
  const bytes = await photo.blob.arrayBuffer();
  const sealed = await sealBytes(key, id, bytes);
  return saving(machine, async () => {
    await db.transaction('rw', db.photos, db.bytes, async () => {
      await db.photos.add({
        id,
        visit_id: photo.visit_id,
        customer_id: photo.customer_id,
        state: 'kept',
        size: bytes.byteLength,
        made_at: correctedNow(),
        up_at: null,
        media_type: photo.blob.type || 'image/jpeg',
      });
      await db.bytes.add({ id, photo_id: id, sealed });
    });
    return { file_id: id };
  });
}

/** A picture that stands on this device: the whole, or else the small one. */
export async function localPicture(machine: Machine, fileId: string): Promise<Blob | null> {
  const { db, key } = machine;
  const photo = await db.photos.get(fileId);
  const stored = (await db.bytes.get(fileId)) ?? (await db.bytes.get(`${fileId}:small`));
  if (!photo || !stored) return null;
  const bytes = await openBytes(key, stored.id, stored.sealed);
  return new Blob([bytes], { type: stored.id === fileId ? photo.media_type : 'image/webp' });
}
