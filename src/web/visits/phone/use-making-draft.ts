import { useEffect, useState } from 'react';
import { type Draft, hasDraft, useDraft } from '../../ui/drafts.ts';

/**
 * A draft of something that is yet to be made. Killed between keeping it and clearing the form, a phone comes back with
 * both: what stands in the record is not offered for writing once more.
 */
export function useMakingDraft<T>(key: string, empty: T, made: readonly { id: string }[]): Draft<T> {
  const draft = useDraft<T>(key, empty);
  const { id, wasRestored, clear } = draft;
  const isMade = wasRestored && made.some((one) => one.id === id);
  useEffect(() => {
    if (isMade) clear();
  }, [isMade, clear]);
  return draft;
}

/** Of those made on this device and turned down meanwhile. */
const mostRefused = 5;

/**
 * The place of the draft of the next one of several, for as long as its form is open: another that comes or goes meanwhile does
 * not take the form away. Something begun when there were fewer, or more before some were refused, is gone on with.
 */
export function usePlaceOfNext(key: string, made: readonly unknown[]): string {
  const [place] = useState(() => {
    for (let count = made.length + mostRefused; count >= 0; count -= 1)
      if (hasDraft(`${key}:${count}`)) return `${key}:${count}`;
    return `${key}:${made.length}`;
  });
  return place;
}
