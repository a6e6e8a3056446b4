import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { uuidv7 } from 'uuidv7';
import { type Act, send } from './api-client.ts';
import { readStored, writeStored } from './device-storage.ts';
import type { ProblemError } from './problem.ts';

const slot = 'acts.unanswered';
const keptAtMost = 50;

type Unanswered = { fingerprint: string; key: string };

/**
 * The key of an act that has no verdict yet, kept over a reload: the same act pressed again is then the same act,
 * not a second one. Forgotten as soon as a verdict came.
 */
function keyOf(fingerprint: string): string {
  const list = readStored<Unanswered[]>(slot) ?? [];
  const known = list.find((entry) => entry.fingerprint === fingerprint);
  if (known) return known.key;
  const key = uuidv7();
  writeStored(slot, [...list, { fingerprint, key }].slice(-keptAtMost));
  return key;
}

function forget(fingerprint: string): void {
  const list = readStored<Unanswered[]>(slot) ?? [];
  writeStored(
    slot,
    list.filter((entry) => entry.fingerprint !== fingerprint),
  );
}

async function fingerprintOf(act: Act): Promise<string> {
  const text = `${act.method} ${act.path} ${JSON.stringify(act.body ?? null)}`;
  // crypto.subtle is missing on plain http away from localhost; then the text itself has to do.
  if (!globalThis.crypto?.subtle) return text.slice(0, 2_000) + text.length;
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash.slice(0, 16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * An act of the person as a mutation: sent until the server gave its verdict, once. `build` turns what the screen
 * has into the request; ids inside it must be made before (useDraft offers one), or every press is a new act.
 */
export function useAct<Input, Result>(
  build: (input: Input) => Act,
  options: {
    onDone?: (result: Result, input: Input) => void;
    onRefused?: (problem: ProblemError, input: Input) => void;
  } = {},
): UseMutationResult<Result, ProblemError, Input> {
  return useMutation<Result, ProblemError, Input>({
    mutationFn: async (input) => {
      const act = build(input);
      const fingerprint = await fingerprintOf(act);
      try {
        return await send<Result>({ ...act, key: act.key ?? keyOf(fingerprint) });
      } finally {
        forget(fingerprint);
      }
    },
    onSuccess: (result, input) => options.onDone?.(result, input),
    onError: (problem, input) => options.onRefused?.(problem, input),
  });
}
