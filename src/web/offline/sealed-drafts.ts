import { readStored, writeStored } from '../ui/device-storage.ts';
import { keepFirst, readDurable, writeDurable } from '../ui/durable-storage.ts';
import type { KeptDraft } from '../ui/kept-drafts.ts';
import { open, type Sealed, seal } from './machine/sealing.ts';
import { unwrapDataKey } from './machine/unwrapping.ts';
import { makeWrappedKey, type WrappedKey } from './machine/wrapped-key.ts';

/**
 * Drafts as they lie on the device: sealed under a key of the person who wrote them (decision 42). `plain` only where the
 * browser offers no sealing, on plain http away from localhost.
 */
type Row = { saved_at: string } & ({ sealed: Sealed } | { plain: KeptDraft });

/** Another one than the older app's, whose tabs must not take it for theirs. */
const prefix = 'draft.sealed:';
const keptDays = 60;

const keys = new Map<string, Promise<CryptoKey>>();

/** A slot is `draft:<person>:<form>`. */
const ownerOf = (slot: string) => slot.split(':')[1] ?? '';
const canSeal = () => Boolean(globalThis.crypto?.subtle);

/** The same in all tabs; one that could not be kept is no key, since what it sealed would never be opened again. */
export function keyOf(owner: string): Promise<CryptoKey> {
  const known = keys.get(owner);
  if (known) return known;
  // Two tabs that begin at once agree on one.
  const key = navigator.locks.request('copperpea draft key', () =>
    loadKey(`key:draft:${owner}`),
  ) as Promise<CryptoKey>;
  keys.set(owner, key);
  key.catch(() => keys.delete(owner));
  return key;
}

async function loadKey(place: string): Promise<CryptoKey> {
  // A store that does not answer in time says nothing either: what it holds must never make room for a new key.
  const kept = (await readDurable<WrappedKey>(place)) ?? (await keepFirst(place, await makeWrappedKey()));
  if (!kept) throw new Error('no key can be kept on this device');
  return unwrapDataKey(kept.device, kept.wrapped);
}

async function rowOf(slot: string, draft: KeptDraft, saved_at = new Date().toISOString()): Promise<Row> {
  if (!canSeal()) return { saved_at, plain: draft };
  return { saved_at, sealed: await seal(await keyOf(ownerOf(slot)), slot, draft) };
}

async function draftOf(slot: string, row: Row): Promise<KeptDraft> {
  return 'plain' in row ? row.plain : open<KeptDraft>(await keyOf(ownerOf(slot)), slot, row.sealed);
}

/** Writes a draft down, or removes it; false where the device could not. Nothing is written that is no longer the latest. */
export async function keepDraft(
  slot: string,
  { draft, isLatest }: { draft: KeptDraft | undefined; isLatest: () => boolean },
): Promise<boolean> {
  try {
    const row = draft && (await rowOf(slot, draft));
    if (!isLatest()) return true;
    const isKept = await writeDurable(prefix + slot, row);
    tabs?.postMessage(slot);
    return isKept;
  } catch {
    return false;
  }
}

/** All that lies in drafts' places, anybody's, and where an older app left some in the page's small store. */
export type LeftDrafts = { rows: Map<string, unknown>; older: string[] };

/** What a person left on this device; what nobody came back to in two months is let go of. */
export async function openDrafts(
  owner: string,
  { rows, older }: LeftDrafts,
): Promise<Map<string, KeptDraft>> {
  const sealed = new Map<string, Row>();
  const plain = new Map<string, OlderRow | undefined>(older.map((slot) => [slot, undefined]));
  for (const [place, row] of rows)
    if (place.startsWith(prefix)) sealed.set(place.slice(prefix.length), row as Row);
    else plain.set(place, row as OlderRow);
  await sealOlder(plain, sealed);
  const drafts = new Map<string, KeptDraft>();
  for (const [slot, row] of sealed) {
    const isOld = row.saved_at < daysAgo(keptDays);
    if (ownerOf(slot) !== owner && !isOld) continue;
    if (isOld) {
      void writeDurable(prefix + slot, undefined);
      continue;
    }
    // What does not open now may next time: the key lies in a store that can be slow.
    const draft = await draftOf(slot, row).catch(() => undefined);
    if (draft) drafts.set(slot, draft);
  }
  return drafts;
}

/** As an older app left them, readable to whoever opens the browser's files: in the page's small store and beside it. */
type OlderRow = (KeptDraft & { saved_at: string }) | { cleared_at: string };

/**
 * Everybody's, whoever is there now: their keys need no sign-in. The newer of two copies counts. A tab of the older app may
 * still be writing, so they are looked for at each start.
 */
async function sealOlder(plain: Map<string, OlderRow | undefined>, sealed: Map<string, Row>): Promise<void> {
  for (const [slot, durable] of plain) {
    const working = readStored<OlderRow>(slot);
    const newest = atOf(working) > atOf(durable) ? working : durable;
    const since = [sealed.get(slot)?.saved_at ?? '', daysAgo(keptDays)];
    if (newest && 'value' in newest && since.every((at) => newest.saved_at > at)) {
      const row = await rowOf(slot, { id: newest.id, value: newest.value }, newest.saved_at).catch(
        () => null,
      );
      // Where there is no room for it, it stays as it is until there is.
      if (!row || !(await writeDurable(prefix + slot, row))) continue;
      sealed.set(slot, row);
    }
    writeStored(slot, undefined);
    void writeDurable(slot, undefined);
  }
}

function atOf(row: OlderRow | undefined): string {
  if (!row) return '';
  return 'cleared_at' in row ? row.cleared_at : row.saved_at;
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}

const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('copperpea drafts') : null;

/** Calls back with what another tab wrote or removed. Between tabs goes only where it stands. */
export function followOtherTabs(tell: (slot: string, draft: KeptDraft | undefined) => void): void {
  tabs?.addEventListener('message', ({ data: slot }: MessageEvent<string>) => {
    void readDurable<Row>(prefix + slot)
      .then((row) => row && draftOf(slot, row))
      .then((draft) => tell(slot, draft))
      .catch(() => {});
  });
}
