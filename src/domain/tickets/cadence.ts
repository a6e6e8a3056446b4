import type { TicketKind } from './ticket.ts';

// R8: after each update, so many minutes of working time until the customer hears from us again. By priority
// for incidents, since a shop that stands still counts hours; by kind for the rest.
const incidentCadence: Record<number, number> = { 1: 60, 2: 240, 3: 480, 4: 960 };
const kindCadence: Record<Exclude<TicketKind, 'incident'>, number> = {
  question: 480,
  how_to: 480,
  wish: 2400,
  service_request: 960,
};

/** Minutes of working time until the next update is due. */
export function updateCadence(kind: TicketKind, priority: number): number {
  return kind === 'incident' ? (incidentCadence[priority] ?? 960) : kindCadence[kind];
}

/** Targets of a customer without a contract: minutes of working time by priority. */
export const defaultTargets: Record<string, { first_response: number; resolution: number }> = {
  p1: { first_response: 30, resolution: 480 },
  p2: { first_response: 60, resolution: 960 },
  p3: { first_response: 240, resolution: 2400 },
  p4: { first_response: 480, resolution: 4800 },
};
