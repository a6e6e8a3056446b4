import { storedKeys } from './device-storage.ts';
import { readAllDurable } from './durable-storage.ts';

export type KeptDraft = { id: string; value: unknown };

/** A store that is slow to open is not waited for with an empty screen; what it says later still counts. */
const patienceMs = 1_500;

/** Opened, in the memory of this page alone: a form asks while it is drawn, and what lies on the device is sealed (decision 42). */
const opened = new Map<string, KeptDraft>();
const writes = new Map<string, number>();
let recalledFor: string | undefined;
let recalling = Promise.resolve();
const onRecalled = new Set<() => void>();

type Part = typeof import('../offline/sealed-drafts.ts');
let part: Promise<Part> | undefined;

/** What seals and opens is no part of a first screen; asked for in idle time, or by the first who needs it. */
export function loadSealedDrafts(): Promise<Part> {
  part ??= import('../offline/sealed-drafts.ts').then((loaded) => {
    loaded.followOtherTabs(put);
    return loaded;
  });
  part.catch(() => {
    part = undefined;
  });
  return part;
}

/** A form is open: its words may have to be sealed in the moment in which the page goes away. */
export function getReady(owner: string): void {
  void loadSealedDrafts()
    .then(({ keyOf }) => keyOf(owner))
    .catch(() => {});
}

function put(slot: string, draft: KeptDraft | undefined): void {
  if (draft) opened.set(slot, draft);
  else opened.delete(slot);
}

export function readDraft<T>(slot: string): { id: string; value: T } | undefined {
  return opened.get(slot) as { id: string; value: T } | undefined;
}

/** Resolves once it stands on the disk; false where the device could not keep it. `undefined`: it is done with. */
export async function writeDraft(slot: string, draft: KeptDraft | undefined): Promise<boolean> {
  const write = (writes.get(slot) ?? 0) + 1;
  writes.set(slot, write);
  put(slot, draft);
  try {
    const { keepDraft } = await loadSealedDrafts();
    return await keepDraft(slot, { draft, isLatest: () => writes.get(slot) === write });
  } catch {
    return false;
  }
}

/** What a person left on this device, before a form is opened: resolves when it is there, or is given up to wait for. */
export function recallDrafts(owner: string): Promise<unknown> {
  if (recalledFor !== owner) {
    recalledFor = owner;
    opened.clear();
    recalling = recall(owner).catch(() => {});
  }
  return Promise.race([recalling, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
}

async function recall(owner: string): Promise<void> {
  const left = { rows: await readAllDurable<unknown>('draft'), older: storedKeys('draft:') };
  if (left.rows.size + left.older.length === 0) return;
  const { openDrafts } = await loadSealedDrafts();
  for (const [slot, draft] of await openDrafts(owner, left)) if (!writes.has(slot)) put(slot, draft);
  for (const tell of onRecalled) tell();
}

/** A form that was quicker than a slow store looks once more. Answers how to call it off. */
export function onceRecalled(tell: () => void): () => void {
  onRecalled.add(tell);
  return () => void onRecalled.delete(tell);
}
