import { useEffect, useState } from 'react';
import { type Draft, hasDraft, useDraft } from '../../ui/drafts.ts';
import { countOfNext } from './count-of-next.ts';

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

/**
 * The place of the draft of the next one of several, for as long as its form is open: another that comes or goes meanwhile does
 * not take the form away.
 */
export function usePlaceOfNext(key: string, made: readonly unknown[]): string {
  const [count] = useState(() => countOfNext(made.length, (one) => hasDraft(`${key}:${one}`)));
  return `${key}:${count}`;
}
