import { Refusal } from '../ground/refusal.ts';
import type { Ticket } from './ticket.ts';

/** R7: after three days of waiting for a customer, both superiors hear of it. In elapsed minutes. */
export const waitingClimbsAfterMinutes = 3 * 24 * 60;

/** Says why a ticket cannot start to wait for the customer, or null. */
export function refuseWaiting(ticket: Pick<Ticket, 'state'>): Refusal | null {
  if (ticket.state === 'closed') return new Refusal('conflict', 'tickets.already_closed');
  if (ticket.state === 'waiting_on_customer') return new Refusal('conflict', 'tickets.already_waiting');
  return null;
}

/** Says why a ticket's waiting cannot end, or null. */
export function refuseResuming(ticket: Pick<Ticket, 'state'>): Refusal | null {
  return ticket.state === 'waiting_on_customer' ? null : new Refusal('conflict', 'tickets.not_waiting');
}
