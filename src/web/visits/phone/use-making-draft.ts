import { useEffect } from 'react';
import { type Draft, useDraft } from '../../ui/drafts.ts';

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
