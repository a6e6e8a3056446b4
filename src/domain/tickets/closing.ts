import { Refusal } from '../ground/refusal.ts';
import type { OpenPromise } from '../promises/settling.ts';
import type { Ticket } from './ticket.ts';

/**
 * Says why a ticket cannot be closed, or null. Nothing closes while something promised in it is unsettled (R9);
 * the refusal names each such promise, so that the screen can offer to settle it on the spot.
 */
export function refuseClosing(
  ticket: Pick<Ticket, 'state'>,
  openPromises: readonly OpenPromise[],
): Refusal | null {
  if (ticket.state === 'closed') return new Refusal('conflict', 'tickets.already_closed');
  if (openPromises.length > 0) {
    return new Refusal('conflict', 'tickets.promises_unsettled', {
      count: openPromises.length,
      words: openPromises[0]?.words,
      promises: openPromises.map(({ id, words, due_at }) => ({ id, words, due_at })),
    });
  }
  return null;
}

/** Says why a ticket cannot be opened again, or null. */
export function refuseReopening(ticket: Pick<Ticket, 'state'>): Refusal | null {
  return ticket.state === 'closed' ? null : new Refusal('conflict', 'tickets.not_closed');
}
