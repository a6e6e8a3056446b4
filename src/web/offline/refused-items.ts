import i18next from 'i18next';
import type { VisitAct } from '#domain/visits/commands.ts';
import { readersZone } from '../ui/wall-time.ts';
import { presentBoard } from './board-state.ts';
import type { Acted } from './machine/outbox.ts';
import type { Unsaved } from './outbox-item.ts';
import { refusedWords } from './refused-words.ts';
import { offlineMachine, orUnsaved, syncSoon } from './start.ts';

/** Sends a refused act again with another body or the same, at the time at which it happened. */
export function changeItem(itemId: string, body: VisitAct['body']): Promise<Acted> {
  return orUnsaved(async (): Promise<Acted> => {
    const machine = await offlineMachine();
    if (machine === null) return { unsaved: 'storage_broken' };
    const { changeAct } = await import('./machine/outbox.ts');
    return sentSoon(await changeAct(machine, itemId, body));
  });
}

/** Keeps what a refused act said as a note on the visit. */
export function keepAsNote(itemId: string): Promise<Acted> {
  return orUnsaved(async (): Promise<Acted> => {
    const machine = await offlineMachine();
    if (machine === null) return { unsaved: 'storage_broken' };
    const { noteInstead } = await import('./machine/outbox.ts');
    return sentSoon(await noteInstead(machine, itemId, noteOf(itemId)));
  });
}

/** Lets go of a refused act and all that was written in it. */
export function dropItem(itemId: string): Promise<{ dropped: true } | Unsaved> {
  return orUnsaved(async () => {
    const machine = await offlineMachine();
    if (machine === null) return { unsaved: 'storage_broken' as const };
    const { dropAct } = await import('./machine/outbox.ts');
    await dropAct(machine, itemId);
    return { dropped: true as const };
  });
}

function sentSoon(acted: Acted): Acted {
  if ('saved' in acted) syncSoon(0);
  return acted;
}

function noteOf(itemId: string): string {
  const item = presentBoard().items.find(({ id }) => id === itemId);
  return item ? refusedWords(item, { t: i18next.t, zone: readersZone(null) }) : '';
}
