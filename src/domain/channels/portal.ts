import { z } from 'zod';
import type { TicketState } from '../tickets/ticket.ts';

/** How a question stands, as the customer sees it: five words, none of them ours. */
export const portalStates = ['received', 'in_hand', 'needs_you', 'done'] as const;
export const portalState = z.enum(portalStates);
export type PortalState = (typeof portalStates)[number];

const seenAs: Record<TicketState, PortalState> = {
  new: 'received',
  open: 'in_hand',
  waiting_on_customer: 'needs_you',
  closed: 'done',
};

/** What a ticket's state means to the one who asked. */
export function portalStateOf(state: TicketState): PortalState {
  return seenAs[state];
}
