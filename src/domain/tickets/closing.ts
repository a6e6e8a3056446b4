import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import type { OpenPromise } from '../promises/settling.ts';
import type { Ticket } from './ticket.ts';

/** A visit to which nobody has come yet. */
export type ComingVisit = { id: string; number: number; planned_from: Instant; engineer_name: string };

/**
 * Says why a ticket cannot be closed, or null. Nothing closes while something promised in it is unsettled (R9), or somebody
 * is still to travel for it: the refusal names each, so that the screen can offer to settle or to call it off on the spot.
 */
export function refuseClosing(
  ticket: Pick<Ticket, 'state'>,
  unsettled: { promises: readonly OpenPromise[]; visits: readonly ComingVisit[] },
): Refusal | null {
  if (ticket.state === 'closed') return new Refusal('conflict', 'tickets.already_closed');
  const { promises: openPromises, visits } = unsettled;
  if (openPromises.length > 0) {
    return new Refusal('conflict', 'tickets.promises_unsettled', {
      count: openPromises.length,
      words: openPromises[0]?.words,
      promises: openPromises.map(({ id, words, due_at }) => ({ id, words, due_at })),
    });
  }
  if (visits.length > 0) {
    return new Refusal('conflict', 'tickets.visits_to_come', {
      count: visits.length,
      number: visits[0]?.number,
      engineer: visits[0]?.engineer_name,
      visits,
    });
  }
  return null;
}

/** Says why a ticket cannot be opened again, or null. */
export function refuseReopening(ticket: Pick<Ticket, 'state'>): Refusal | null {
  return ticket.state === 'closed' ? null : new Refusal('conflict', 'tickets.not_closed');
}
