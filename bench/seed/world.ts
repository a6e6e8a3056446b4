import { createHash } from 'node:crypto';

// The seeded years end a moment before the run; ids carry times of then, so what a run adds is told apart by its id.
const spanMs = 3 * 365 * 86_400_000;
const hourMs = 3_600_000;

const tags = {
  user: 1,
  session: 2,
  calendar: 3,
  calendar_version: 4,
  customer: 5,
  site: 6,
  contact: 7,
  contract: 8,
  asset: 9,
  ticket: 10,
  message: 11,
  clock: 12,
  event: 13,
  verdict: 14,
  promise: 15,
  visit: 16,
  visit_assignment: 17,
  visit_entry: 18,
  visit_finding: 19,
} as const;

/**
 * The firm of a size: how many of each, and who belongs to whom. Everything follows from the size and the moment, so
 * that the process that makes the load can name the same tickets without asking.
 */
export type World = {
  size: number;
  /** The moment of seeding, ms. */
  now: number;
  engineers: number;
  customers: number;
  /** Tickets from this index on are not closed: the latest tenth. */
  firstOpen: number;
};

export const contactsOfCustomer = 5;
const assetsOfCustomer = 3;

export function makeWorld(size: number, now: number): World {
  return {
    size,
    now,
    // A firm grows by people too: an engineer holds about 100 open tickets at 10,000 and 500 at 1,000,000.
    engineers: Math.max(10, Math.round(size ** 0.65 / 40)),
    customers: Math.max(20, Math.round(size / 200)),
    firstOpen: Math.floor(size * 0.9),
  };
}

/** A UUIDv7 of a moment, its kind and number. */
export function idOf(kind: keyof typeof tags, index: number, atMs: number): string {
  const time = Math.floor(atMs).toString(16).padStart(12, '0');
  const tag = (tags[kind] + 0xa00).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tag}-8000-${index.toString(16).padStart(12, '0')}`;
}

/** A number below `below` that looks random and is the same every time. */
export function pick(index: number, salt: number, below: number): number {
  let x = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) % below;
}

export const engineerId = (world: World, n: number) => idOf('user', n, world.now - spanMs);
export const sessionToken = (n: number) =>
  createHash('sha256').update(`session of engineer ${n}`).digest('hex');
export const customerId = (world: World, n: number) => idOf('customer', n, world.now - spanMs);
export const contactId = (world: World, n: number) => idOf('contact', n, world.now - spanMs);

/** Contacts are numbered through: these belong to the customer. */
export const contactNumber = (customer: number, n: number) => customer * contactsOfCustomer + n;
export const assetNumber = (customer: number, n: number) => customer * assetsOfCustomer + n;

export type SeededTicket = {
  index: number;
  id: string;
  at: number;
  customer: number;
  contact: number;
  engineer: number | null;
  state: 'new' | 'open' | 'waiting_on_customer' | 'closed';
  kind: 'incident' | 'question' | 'how_to' | 'wish' | 'service_request';
  impact: number;
  urgency: number;
  dueAt: number | null;
};

const kinds = [
  'incident',
  'incident',
  'incident',
  'question',
  'question',
  'how_to',
  'wish',
  'service_request',
] as const;

export function ticketOf(world: World, index: number): SeededTicket {
  const at = world.now - spanMs + Math.floor((index / world.size) * (spanMs - hourMs));
  const customer = pick(index, 1, world.customers);
  const state = stateOf(world, index);
  const running = state === 'new' || state === 'open';
  // Most have time left; one in ten is late already, its breach noted.
  const dueAt = running ? world.now + (pick(index, 9, 3_000) / 10 - 30) * hourMs : null;
  return {
    index,
    id: idOf('ticket', index, at),
    at,
    customer,
    contact: contactNumber(customer, pick(index, 2, contactsOfCustomer)),
    engineer: state === 'new' && pick(index, 3, 2) === 0 ? null : index % world.engineers,
    state,
    kind: kinds[pick(index, 4, kinds.length)] as SeededTicket['kind'],
    impact: 1 + pick(index, 5, 3),
    urgency: 1 + pick(index, 6, 3),
    dueAt: dueAt === null ? null : Math.floor(dueAt),
  };
}

function stateOf(world: World, index: number): SeededTicket['state'] {
  if (index < world.firstOpen) return 'closed';
  const share = pick(index, 8, 100);
  if (share < 15) return 'new';
  if (share < 80) return 'open';
  return 'waiting_on_customer';
}
