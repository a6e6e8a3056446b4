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

let begun: { personId: string; sync: Promise<Sync | null> } | null = null;

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
  const mine = { personId: me.id, sync: begin({ id: me.id, name: me.name }, readersZone(me.zone)) };
  begun = mine;
  mine.sync.catch(() => {
    if (begun === mine) sayIncomplete();
  });
  void keepApp();
}

/** A module that once failed to load fails again until the page is loaded anew; so that is what the card offers. */
function sayIncomplete(): void {
  setBoard({ is_incomplete: true });
  reportKept({ storage: 'broken' });
}

export function stopOffline(): void {
  void begun?.sync.then((sync) => sync?.stop()).catch(() => {});
  begun = null;
  clearBoard();
}

async function begin(person: { id: string; name: string }, zone: string): Promise<Sync | null> {
  // Loaded once the first screen stands.
  const [{ openMachine }, { Sync }] = await Promise.all([
    import('./machine/machine.ts'),
    import('./machine/sync.ts'),
  ]);
  const machine = await openMachine(person, zone).catch(() => null);
  if (machine === null) return null;
  void askToPersist();
  const sync = new Sync(machine);
  sync.during(onHint(() => sync.soon(hintsMs)));
  return sync;
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
  await begun?.sync;
  return presentMachine().catch(() => null);
}
