import { z } from 'zod';
import type { Instant } from '../ground/instant.ts';
import type { TicketState } from '../tickets/ticket.ts';
import type { VisitState } from '../visits/visit.ts';

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

/** How far a visit is, as the customer sees it. */
export const portalVisitStages = [
  'planned',
  'on_the_way',
  'on_site',
  'between_days',
  'over',
  'cancelled',
] as const;
export const portalVisitStage = z.enum(portalVisitStages);
export type PortalVisitStage = (typeof portalVisitStages)[number];

const stages: Record<VisitState, PortalVisitStage> = {
  planned: 'planned',
  dispatched: 'planned',
  travelling: 'on_the_way',
  on_site: 'on_site',
  working: 'on_site',
  wrapped_up: 'on_site',
  signed: 'on_site',
  done: 'over',
  cancelled: 'cancelled',
};

/**
 * What a visit's state means to the one who is visited. `left_before` is when the engineer left on the last day that is over:
 * until it is planned for a time after that, what was planned is past and nothing to wait for.
 */
export function portalStageOf(visit: {
  state: VisitState;
  planned_from: Instant;
  left_before: Instant | null;
}): PortalVisitStage {
  const { state, planned_from, left_before } = visit;
  const stage = stages[state];
  return stage === 'planned' && left_before !== null && planned_from <= left_before ? 'between_days' : stage;
}
