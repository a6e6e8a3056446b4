import { useCallback, useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { readStored, storedKeys, writeStored } from './device-storage.ts';

type Stored<T> = { id: string; value: T; saved_at: string };

let owner = 'nobody';
const pauseMs = 250;
const keptDays = 60;

/** Drafts belong to a person: the next one at the same device doesn't see them. */
export function setDraftOwner(personId: string): void {
  owner = personId;
  const oldest = new Date(Date.now() - keptDays * 86_400_000).toISOString();
  for (const key of storedKeys(`draft:${owner}:`)) {
    if ((readStored<Stored<unknown>>(key)?.saved_at ?? '') < oldest) writeStored(key, undefined);
  }
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

/**
 * What a person typed, kept on this device a moment after each keystroke and when the page goes away; survives
 * reload, crash and sign-out. Cleared only on a confirmed save.
 */
export function useDraft<T>(key: string, empty: T): Draft<T> {
  const slot = `draft:${owner}:${key}`;
  const start = (): { slot: string; id: string; value: T; restored: boolean } => {
    const stored = readStored<Stored<T>>(slot);
    return {
      slot,
      id: stored?.id ?? uuidv7(),
      value: stored?.value ?? empty,
      restored: stored !== undefined,
    };
  };
  const [state, setState] = useState(start);
  const [isSafe, setSafe] = useState(true);
  const unsaved = useRef<{ slot: string; stored: Stored<T> } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const emptyRef = useRef(empty);
  if (state.slot !== slot) setState(start());

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (unsaved.current === null) return;
    setSafe(writeStored(unsaved.current.slot, unsaved.current.stored));
    unsaved.current = null;
  }, []);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [flush]);

  const change = useCallback(
    (next: T | ((before: T) => T)) => {
      setState((before) => {
        if (unsaved.current !== null && unsaved.current.slot !== before.slot) flush();
        const value = typeof next === 'function' ? (next as (before: T) => T)(before.value) : next;
        unsaved.current = {
          slot: before.slot,
          stored: { id: before.id, value, saved_at: new Date().toISOString() },
        };
        clearTimeout(timer.current);
        timer.current = setTimeout(flush, pauseMs);
        return { ...before, value };
      });
    },
    [flush],
  );

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    unsaved.current = null;
    setState((before) => {
      writeStored(before.slot, undefined);
      return { slot: before.slot, id: uuidv7(), value: emptyRef.current, restored: false };
    });
  }, []);

  return { id: state.id, value: state.value, change, clear, isSafe, wasRestored: state.restored };
}
