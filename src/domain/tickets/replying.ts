import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import type { Ticket } from './ticket.ts';

/**
 * Says why an update to the customer cannot go out, or null. "No answer yet" counts only with the next time in
 * it, and that time lies ahead: a time that has passed is no promise.
 */
export function refuseReply(
  ticket: Pick<Ticket, 'state'>,
  reply: { no_answer_yet: boolean; next_update_at: Instant | null },
  now: Instant,
): Refusal | null {
  if (ticket.state === 'closed') return new Refusal('conflict', 'tickets.already_closed');
  if (reply.no_answer_yet && reply.next_update_at === null)
    return new Refusal('invalid', 'tickets.next_time_missing');
  if (reply.next_update_at !== null && reply.next_update_at <= now) {
    return new Refusal('invalid', 'tickets.next_time_past', { next_update_at: reply.next_update_at });
  }
  return null;
}

/** The state after a word from us: an answer takes a new ticket up and ends no waiting by itself. */
export function stateAfterReply(ticket: Pick<Ticket, 'state'>): Ticket['state'] {
  return ticket.state === 'new' ? 'open' : ticket.state;
}

/** The state after a word from the customer: it ends the waiting. */
export function stateAfterCustomerWord(ticket: Pick<Ticket, 'state'>): Ticket['state'] | Refusal {
  if (ticket.state === 'closed') return new Refusal('conflict', 'tickets.already_closed');
  return ticket.state === 'waiting_on_customer' ? 'open' : ticket.state;
}
