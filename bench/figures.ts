import { uuidv7 } from 'uuidv7';
import { contactId, customerId, pick, ticketOf, type World } from './seed/world.ts';
import { workingVisit } from './seed/world-visits.ts';

export type Call = { method: 'GET' | 'POST'; path: string; body?: unknown; engineer: number };
export type Figure = { name: string; kind: 'read' | 'write'; call: (world: World, n: number) => Call };

/** What people wait for, as the calls they make. `n` counts the calls, so that each is about somebody else. */
export const figures: Figure[] = [
  {
    name: 'tickets.create',
    kind: 'write',
    call: (world, n) => {
      const customer = pick(n, 21, world.customers);
      return {
        method: 'POST',
        path: '/api/tickets',
        engineer: pick(n, 22, world.engineers),
        body: {
          id: uuidv7(),
          customer_id: customerId(world, customer),
          requester_id: contactId(world, customer * 5 + pick(n, 23, 5)),
          kind: 'incident',
          title: '收银机很慢，扫码之后卡住',
          body: '收银机从今天早上起很慢，扫码之后要等十几秒，有时候整个卡住不动。',
          impact: 1 + pick(n, 24, 3),
          urgency: 1 + pick(n, 25, 3),
        },
      };
    },
  },
  {
    name: 'tickets.reply',
    kind: 'write',
    call: (world, n) => {
      const ticket = openTicket(world, n, 1);
      return {
        method: 'POST',
        path: `/api/tickets/${ticket.id}/reply`,
        engineer: ticket.engineer ?? 0,
        body: { id: uuidv7(), body: '我们看到收银机和服务器之间的网线松了，今天下午三点前到店里换。' },
      };
    },
  },
  {
    name: 'tickets.list',
    kind: 'read',
    call: (world, n) => ({
      method: 'GET',
      path: '/api/tickets?assignee=me&limit=50',
      engineer: pick(n, 26, world.engineers),
    }),
  },
  {
    name: 'tickets.open',
    kind: 'read',
    call: (world, n) => {
      const ticket = openTicket(world, n, 0);
      return { method: 'GET', path: `/api/tickets/${ticket.id}`, engineer: ticket.engineer ?? 0 };
    },
  },
  {
    name: 'promises.list',
    kind: 'read',
    call: (world, n) => ({
      method: 'GET',
      path: '/api/promises?owner=me&limit=50',
      engineer: pick(n, 27, world.engineers),
    }),
  },
  {
    name: 'visits.log',
    kind: 'write',
    call: (world, n) => {
      const visit = workingVisit(world, n);
      const at = Date.now();
      return {
        method: 'POST',
        path: `/api/visits/${visit.id}/log`,
        engineer: visit.engineer,
        body: {
          id: uuidv7(),
          kind: 'work',
          started_at: new Date(at - 600_000).toISOString(),
          ended_at: new Date(at).toISOString(),
          line: '换了交换机到前台的网线，端口三有氧化，清洁后仍偶有丢包。',
          customer_line: '前台的网线换好了，正在看第二台收银机。',
        },
      };
    },
  },
  {
    name: 'visits.list',
    kind: 'read',
    // In turn what is before everybody, as a dispatcher looks at it, and what somebody did and will do.
    call: (world, n) => ({
      method: 'GET',
      path: n % 2 ? '/api/visits?limit=50' : '/api/visits?engineer=me&state=all&limit=50',
      engineer: pick(n, 28, world.engineers),
    }),
  },
];

export function figureNamed(name: string): Figure {
  const figure = figures.find((one) => one.name === name);
  if (!figure) throw new Error(`no figure ${name}`);
  return figure;
}

// What is replied to grows; what is opened must not, or the sizes could not be compared: odd ones, even ones.
function openTicket(world: World, n: number, parity: 0 | 1) {
  for (let salt = 30; ; salt += 1) {
    const index = world.firstOpen + pick(n, salt, world.size - world.firstOpen);
    if (index % 2 !== parity) continue;
    const ticket = ticketOf(world, index);
    if (ticket.state === 'open') return ticket;
  }
}
