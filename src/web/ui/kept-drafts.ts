import { readStored, storedKeys, writeStored } from './device-storage.ts';
import { readAllDurable, writeDurable } from './durable-storage.ts';

/**
 * A draft stands twice. localStorage is what all tabs read and write at once; the durable copy is what a killed browser comes
 * back with. Of two the newer one counts, so that a cleared draft leaves a mark, or its older copy would come back.
 */
type KeptDraft = { id: string; value: unknown; saved_at: string };
type Cleared = { cleared_at: string };
type Copy = KeptDraft | Cleared;

const prefix = 'draft:';
const keptDays = 60;
// By then both places have the mark.
const marksDays = 2;

let isRecalled = false;
const onRecalled = new Set<() => void>();

export function readDraft<T>(slot: string): { id: string; value: T } | undefined {
  const copy = readStored<Copy>(slot);
  return copy && 'value' in copy ? (copy as { id: string; value: T } & KeptDraft) : undefined;
}

/** False where the device could not keep it. It stands in localStorage when this returns, on the disk once it resolves. */
export async function writeDraft(slot: string, draft: { id: string; value: unknown }): Promise<boolean> {
  return writeCopy(slot, { ...draft, saved_at: new Date().toISOString() });
}

export function clearDraft(slot: string): void {
  void writeCopy(slot, { cleared_at: new Date().toISOString() });
}

async function writeCopy(slot: string, copy: Copy): Promise<boolean> {
  const isWritten = writeStored(slot, copy);
  return (await writeDurable(slot, copy)) && isWritten;
}

/** To be called at the start, before a form is opened: what a killed browser had not written down in time comes back. */
export async function recallDrafts(): Promise<void> {
  const durable = await readAllDurable<Copy>(prefix);
  for (const slot of new Set([...durable.keys(), ...storedKeys(prefix)])) {
    const [kept, working] = [durable.get(slot), readStored<Copy>(slot)];
    const newest = atOf(kept) > atOf(working) ? kept : working;
    const wanted = newest && isOld(newest) ? undefined : newest;
    if (atOf(wanted) !== atOf(working)) writeStored(slot, wanted);
    if (atOf(wanted) !== atOf(kept)) void writeDurable(slot, wanted);
  }
  isRecalled = true;
  for (const tell of onRecalled) tell();
  onRecalled.clear();
}

/** A form that was quicker than a slow store looks once more. Answers how to call it off. */
export function onceRecalled(tell: () => void): () => void {
  if (!isRecalled) onRecalled.add(tell);
  return () => void onRecalled.delete(tell);
}

function atOf(copy: Copy | undefined): string {
  if (!copy) return '';
  return 'cleared_at' in copy ? copy.cleared_at : copy.saved_at;
}

function isOld(copy: Copy): boolean {
  const days = 'cleared_at' in copy ? marksDays : keptDays;
  return atOf(copy) < new Date(Date.now() - days * 86_400_000).toISOString();
}
