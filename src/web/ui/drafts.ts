import { useCallback, useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { getReady, onceRecalled, readDraft, recallDrafts, writeDraft } from './kept-drafts.ts';

let owner = 'nobody';
const pauseMs = 250;

/** Drafts belong to a person: the next one at the same device doesn't see them. Resolves when they can be read. */
export async function setDraftOwner(personId: string): Promise<void> {
  owner = personId;
  await recallDrafts(personId);
}

export type Draft<T> = {
  /** The id for what comes of the draft: the same after a reload, so that sending again is not a second one. */
  id: string;
  value: T;
  change: (next: T | ((before: T) => T)) => void;
  /** Only after the server confirmed it. */
  clear: () => void;
  /** False when the device couldn't keep the last change: the screen says so at once. */
  isSafe: boolean;
  /** True when there was something left from before. */
  wasRestored: boolean;
};

/** Whether something of the present person's was left under the key. */
export function hasDraft(key: string): boolean {
  return readDraft(`draft:${owner}:${key}`) !== undefined;
}

/**
 * What a person typed, kept on this device a moment after the keystroke and when the page goes away; survives reload, kill and
 * sign-out. Cleared only on a confirmed save.
 */
export function useDraft<T>(key: string, empty: T): Draft<T> {
  const slot = `draft:${owner}:${key}`;
  const start = (): { slot: string; id: string; value: T; restored: boolean } => {
    const stored = readDraft<T>(slot);
    return {
      slot,
      id: stored?.id ?? uuidv7(),
      value: stored?.value ?? empty,
      restored: stored !== undefined,
    };
  };
  const [state, setState] = useState(start);
  const [isSafe, setSafe] = useState(true);
  const unsaved = useRef<{ slot: string; draft: { id: string; value: T } } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const writes = useRef(0);
  const isTouched = useRef(false);
  const emptyRef = useRef(empty);
  if (state.slot !== slot) setState(start());

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (unsaved.current === null) return;
    writes.current += 1;
    const write = writes.current;
    void writeDraft(unsaved.current.slot, unsaved.current.draft).then(
      (isKept) => write === writes.current && setSafe(isKept),
    );
    unsaved.current = null;
  }, []);

  useEffect(() => {
    getReady(owner);
    // Sealing takes a moment that a page has before it goes, and no more once it is going.
    window.addEventListener('beforeunload', flush);
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      window.removeEventListener('beforeunload', flush);
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [flush]);

  const again = useRef(start);
  again.current = start;
  useEffect(() => onceRecalled(() => !isTouched.current && setState(again.current())), []);

  const change = useCallback(
    (next: T | ((before: T) => T)) => {
      isTouched.current = true;
      setState((before) => {
        if (unsaved.current !== null && unsaved.current.slot !== before.slot) flush();
        const value = typeof next === 'function' ? (next as (before: T) => T)(before.value) : next;
        unsaved.current = { slot: before.slot, draft: { id: before.id, value } };
        // Not put off by the next keystroke: whoever types without a pause is saved all the same.
        timer.current ??= setTimeout(flush, pauseMs);
        return { ...before, value };
      });
    },
    [flush],
  );

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    unsaved.current = null;
    setState((before) => {
      void writeDraft(before.slot, undefined);
      return { slot: before.slot, id: uuidv7(), value: emptyRef.current, restored: false };
    });
  }, []);

  return { id: state.id, value: state.value, change, clear, isSafe, wasRestored: state.restored };
}
