import type { Me } from '#domain/people/commands.ts';
import { readStored, writeStored } from '../ui/device-storage.ts';
import { onHint } from '../ui/live.ts';
import { problemOfPart } from '../ui/missing-part.ts';
import { reportKept } from '../ui/network-state.ts';
import { readersZone } from '../ui/wall-time.ts';
import { keepApp } from './app-update.ts';
import { clearBoard, setBoard } from './board-state.ts';
import type { Machine } from './machine/machine.ts';
import type { Sync } from './machine/sync.ts';
import type { Unsaved } from './outbox-item.ts';
import { askToPersist } from './room.ts';

/** Others' acts come in bursts, and each is a reason to look at the same board. */
const hintsMs = 1_500;

/** By then a store that can be opened is open, on a slow phone after a kill, too. */
const patienceMs = 20_000;

type Begun = {
  personId: string;
  sync: Promise<Sync | null>;
  isOpening: boolean;
  /** Resolves once nobody should wait for the store any longer. */
  patience: Promise<unknown>;
};
let begun: Begun | null = null;

/**
 * Opens what stands on this device for the person and keeps it in step with the server. Whoever has no visits of their own
 * has nothing here; whoever may have none any more still sees what they did, and what became of it.
 */
export function startOffline(me: Me): void {
  if (begun?.personId === me.id) return;
  stopOffline();
  const slot = `offline.carried.${me.id}`;
  const mayCarry = me.kind === 'staff' && me.permissions.includes('visits.carry');
  if (!mayCarry && readStored<boolean>(slot) !== true) {
    reportKept({ is_known: true });
    return;
  }
  writeStored(slot, true);
  // Loaded once the first screen stands.
  const parts = Promise.all([import('./machine/machine.ts'), import('./machine/sync.ts')]);
  const opening = parts.then(([{ openMachine }, { Sync }]) => {
    const machine = openMachine({ id: me.id, name: me.name }, readersZone(me.zone));
    return machine.then(
      (opened) => keepInStep(new Sync(opened)),
      () => null,
    );
  });
  const patience = parts.catch(() => {}).then(() => new Promise((end) => setTimeout(end, patienceMs)));
  const opened = () => {
    mine.isOpening = false;
  };
  const mine: Begun = { personId: me.id, sync: opening.finally(opened), isOpening: true, patience };
  begun = mine;
  void follow(mine);
  void keepApp();
}

function keepInStep(sync: Sync): Sync {
  void askToPersist();
  sync.during(onHint(() => sync.soon(hintsMs)));
  return sync;
}

/** Says what keeps it from opening; a store that opens late is in use from then on. */
async function follow(mine: Begun): Promise<void> {
  // A module that once failed to load fails again until the page is loaded anew; so that is what the card offers.
  const opened = mine.sync.catch(() => 'part' as const);
  const first = await Promise.race([opened, mine.patience.then(() => 'store' as const)]);
  if (begun === mine && typeof first === 'string') sayLack(first);
  if (first !== 'store') return;
  const late = await opened;
  if (begun !== mine) return;
  if (late === 'part') return sayLack(late);
  setBoard({ lack: null });
  if (late !== null) reportKept({ storage: 'fine' });
}

function sayLack(lack: 'part' | 'store'): void {
  setBoard({ lack });
  reportKept({ storage: 'broken' });
}

export function stopOffline(): void {
  void begun?.sync.then((sync) => sync?.stop()).catch(() => {});
  begun = null;
  clearBoard();
}

/** Something was done or heard: look whether there is something to send or to fetch. */
export function syncSoon(ms?: number): void {
  void begun?.sync.then((sync) => sync?.soon(ms)).catch(() => {});
}

/** What was asked of this device, or why it could not even be tried: a part of the app that it needs did not come. */
export async function orUnsaved<T>(run: () => Promise<T>): Promise<T | Unsaved> {
  try {
    return await run();
  } catch (error) {
    const problem = await problemOfPart(error);
    return { unsaved: problem ? (problem.code.slice(3) as Unsaved['unsaved']) : 'storage_broken' };
  }
}

/** The machine of the person at this device, once it is open; null where the browser keeps nothing. */
export async function offlineMachine(): Promise<Machine | null> {
  const { presentMachine } = await import('./machine/machine.ts');
  await Promise.race([begun?.sync, begun?.patience]);
  return begun?.isOpening ? null : presentMachine().catch(() => null);
}
