import { z } from 'zod';
import type { Instant } from '../ground/instant.ts';

/** Kinds of ask, each with its own rhythm of updates (cadence.ts). */
export const ticketKinds = ['incident', 'question', 'how_to', 'wish', 'service_request'] as const;
export const ticketKind = z.enum(ticketKinds);
export type TicketKind = z.infer<typeof ticketKind>;

export const ticketStates = ['new', 'open', 'waiting_on_customer', 'closed'] as const;
export const ticketState = z.enum(ticketStates);
export type TicketState = z.infer<typeof ticketState>;

export const ticketChannels = ['portal', 'desk', 'api', 'phone', 'mail', 'import'] as const;
export const ticketChannel = z.enum(ticketChannels);

/** How a ticket ended. `known_limit` is told to the customer and never counted as solved. */
export const outcomes = ['solved', 'answered', 'known_limit', 'declined', 'duplicate'] as const;
export const outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof outcome>;

/** 1 a whole customer or site stands still, 2 several people or a process, 3 one person. */
export const impact = z.number().int().min(1).max(3);
/** 1 now, 2 today, 3 can wait. */
export const urgency = z.number().int().min(1).max(3);
/** 1 the most pressing, 4 the least. */
export const priority = z.number().int().min(1).max(4);
/** As the customer feels it: 1 cannot go on, 2 badly hindered, 3 a nuisance, 4 only asking. */
export const feltSeverity = z.number().int().min(1).max(4);

/** What the rules of a ticket need to know of it. */
export type Ticket = {
  id: string;
  state: TicketState;
  kind: TicketKind;
  assignee_id: string | null;
  closed_at: Instant | null;
};
