import { idOf, pick, type SeededTicket, ticketOf, type World } from './world.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const visitsOfDay = 3;

export type SeededVisit = {
  id: string;
  ticket: SeededTicket;
  engineer: number;
  state: 'done' | 'planned' | 'working';
  plannedAt: number;
  onSiteAt: number;
};

/**
 * The visit of a ticket, or null: every tenth closed ticket had one, and of the others some have one before them. Only
 * odd tickets have: what tickets.open opens must not grow.
 */
export function visitOf(world: World, index: number): SeededVisit | null {
  if (index < world.firstOpen) {
    if (index % 10 !== 1) return null;
    const ticket = ticketOf(world, index);
    const plannedAt = ticket.at + 4 * hourMs;
    const engineer = pick(index, 40, world.engineers);
    return {
      id: idOf('visit', index, ticket.at),
      ticket,
      engineer,
      state: 'done',
      plannedAt,
      onSiteAt: plannedAt,
    };
  }
  if (index % 4 !== 1) return null;
  const ticket = ticketOf(world, index);
  if (ticket.state !== 'open') return null;
  // Nobody is in two places at once: the plans of an engineer follow one another, three a day.
  const n = (index - world.firstOpen) >> 2;
  const slot = Math.floor(n / world.engineers);
  const firstDay = Math.floor(world.now / dayMs) * dayMs - 2 * dayMs;
  const plannedAt =
    firstDay + Math.floor(slot / visitsOfDay) * dayMs + (1 + (slot % visitsOfDay) * 3) * hourMs;
  return {
    id: idOf('visit', index, ticket.at),
    ticket,
    engineer: n % world.engineers,
    state: n % 3 === 0 ? 'planned' : 'working',
    plannedAt,
    onSiteAt: world.now - 2 * hourMs,
  };
}

/** One of the visits on which somebody is at work. */
export function workingVisit(world: World, n: number): SeededVisit {
  for (let salt = 50; ; salt += 1) {
    const index = world.firstOpen + pick(n, salt, world.size - world.firstOpen);
    const visit = visitOf(world, index);
    if (visit?.state === 'working') return visit;
  }
}
