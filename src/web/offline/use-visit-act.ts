import { useCallback } from 'react';
import type { VisitAct } from '#domain/visits/commands.ts';
import type { Acted, ActOptions } from './machine/outbox.ts';
import { offlineMachine, orUnsaved, syncSoon } from './start.ts';

export type { Acted };

/**
 * An act on a visit: refused at once where the rule refuses it, else answered when it stands on this device's disk. It never
 * waits for the network; the screen shows its result by `useVisit`.
 */
export function useVisitAct(visitId: string): (act: VisitAct, options?: ActOptions) => Promise<Acted> {
  return useCallback((act, options) => actOnVisit(visitId, act, options), [visitId]);
}

function actOnVisit(visitId: string, act: VisitAct, options?: ActOptions): Promise<Acted> {
  return orUnsaved(async (): Promise<Acted> => {
    const machine = await offlineMachine();
    if (machine === null) return { unsaved: 'storage_broken' };
    const { takeAct } = await import('./machine/outbox.ts');
    const acted = await takeAct(machine, visitId, act, options);
    if ('saved' in acted) syncSoon(0);
    return acted;
  });
}
