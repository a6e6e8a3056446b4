import { useEffect, useState } from 'react';
import type { Unsaved } from './outbox-item.ts';
import { offlineMachine, orUnsaved } from './start.ts';

/** Keeps a photo on this device; it goes up with the first act that names it. */
export function keepPhoto(
  visitId: string,
  customerId: string,
  blob: Blob,
): Promise<{ file_id: string } | Unsaved> {
  return orUnsaved(async (): Promise<{ file_id: string } | Unsaved> => {
    const machine = await offlineMachine();
    if (machine === null) return { unsaved: 'storage_broken' };
    const { keepPhotoIn } = await import('./machine/photos-kept.ts');
    return keepPhotoIn(machine, { visit_id: visitId, customer_id: customerId, blob });
  });
}

/** Where a picture can be shown from: this device, else the server's small picture. Null until that is known. */
export function usePhotoUrl(fileId: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    void localPhoto(fileId).then((blob) => {
      if (isGone) return;
      made = blob ? URL.createObjectURL(blob) : null;
      setUrl(made ?? `/api/files/${fileId}/thumbnail`);
    });
    return () => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [fileId]);
  return url;
}

async function localPhoto(fileId: string): Promise<Blob | null> {
  const machine = await offlineMachine();
  if (machine === null) return null;
  const { localPicture } = await import('./machine/photos-kept.ts');
  return localPicture(machine, fileId).catch(() => null);
}
