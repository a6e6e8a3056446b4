import type { Cell } from './copy-rows.ts';
import { begin, calendars, dayMs, iso, type Table, twice, upTo, versionId } from './table.ts';
import {
  assetNumber,
  contactId,
  customerId,
  engineerId,
  idOf,
  pick,
  type SeededTicket,
  ticketOf,
  type World,
} from './world.ts';

const words =
  '收银机从今天早上起很慢，扫码之后要等十几秒，有时候整个卡住不动，重启以后好一会儿，过半小时又来了。昨天晚上打烊前还是好的，没有人动过设置。';

export const deskTables: Table[] = [
  {
    name: 'tickets',
    columns: [
      'id',
      'number',
      'customer_id',
      'requester_id',
      'site_id',
      'asset_id',
      'contract_id',
      'kind',
      'title',
      'state',
      'impact',
      'urgency',
      'priority',
      'customer_words',
      'assignee_id',
      'channel',
      'waiting_for',
      'waiting_since',
      'resolved_at',
      'closed_at',
      'closed_by_id',
      'done_for_customer',
      'outcome',
      'next_due_at',
      'last_customer_message_at',
      'last_reply_at',
      'created_by_kind',
      'created_by_id',
      'created_at',
      'updated_at',
    ],
    rows: ofTickets((world, ticket) => [ticketRow(world, ticket)]),
  },
  {
    name: 'messages',
    columns: [
      'id',
      'ticket_id',
      'customer_id',
      'voice',
      'author_kind',
      'author_id',
      'author_name',
      'body',
      'happened_at',
      'received_at',
      'created_at',
    ],
    rows: ofTickets(messageRows),
  },
  {
    name: 'ticket_clocks',
    columns: [
      'id',
      'ticket_id',
      'customer_id',
      'kind',
      'state',
      'facts',
      'due_at',
      'met_at',
      'breached_at',
      'next_check_at',
      'created_at',
      'updated_at',
    ],
    rows: ofTickets(clockRows),
  },
  {
    name: 'events',
    columns: [
      'id',
      'name',
      'subject_kind',
      'subject_id',
      'customer_id',
      'contact_id',
      'visible_to_customer',
      'actor_kind',
      'actor_id',
      'actor_name',
      'data',
      'happened_at',
      'received_at',
      'request_id',
      'created_at',
    ],
    rows: ofTickets(eventRows),
  },
  {
    name: 'verdicts',
    columns: ['id', 'actor_id', 'key', 'operation', 'request_hash', 'status', 'body', 'created_at'],
    rows: ofTickets(verdictRows),
  },
  {
    name: 'promises',
    columns: [
      'id',
      'customer_id',
      'subject_kind',
      'subject_id',
      'words',
      'to_contact_id',
      'owner_id',
      'due_at',
      'first_due_at',
      'state',
      'settled_at',
      'settled_by_id',
      'told_how',
      'told_at',
      'created_by_id',
      'created_at',
    ],
    rows: ofTickets(promiseRows),
  },
];

function ofTickets(rows: (world: World, ticket: SeededTicket) => Cell[][]) {
  return function* (world: World): Generator<Cell[]> {
    for (const index of upTo(world.size)) yield* rows(world, ticketOf(world, index));
  };
}

function priorityOf({ impact, urgency }: SeededTicket): number {
  return Math.min(4, Math.max(1, impact + urgency - 1));
}

function ticketRow(world: World, ticket: SeededTicket): Cell[] {
  const { index, customer, state, at } = ticket;
  const closed = state === 'closed';
  const closedAt = at + (1 + pick(index, 12, 96)) * 3_600_000;
  const worker = ticket.engineer === null ? null : engineerId(world, ticket.engineer);
  const contact = contactId(world, ticket.contact);
  return [
    ticket.id,
    1001 + index,
    customerId(world, customer),
    contact,
    idOf('site', customer, begin(world)),
    pick(index, 10, 3) === 0 ? idOf('asset', assetNumber(customer, pick(index, 11, 3)), begin(world)) : null,
    idOf('contract', customer, begin(world)),
    ticket.kind,
    `收银机很慢，扫码之后卡住（${index}）`,
    state,
    ticket.impact,
    ticket.urgency,
    priorityOf(ticket),
    words,
    worker,
    'portal',
    ...(state === 'waiting_on_customer' ? ['收银机型号的照片', iso(at + 60_000)] : [null, null]),
    closed ? iso(closedAt) : null,
    ...(closed
      ? [iso(closedAt), worker, '换了网线，现在扫码不再等待。', 'solved']
      : [null, null, null, null]),
    ticket.dueAt === null ? null : iso(ticket.dueAt),
    iso(at),
    state === 'new' ? null : iso(at + 1_800_000),
    'contact',
    contact,
    iso(at),
    iso(closed ? closedAt : at),
  ];
}

function messageRows(world: World, ticket: SeededTicket): Cell[][] {
  const row = (n: number, voice: string, by: [string, string | null, string], ms: number) => [
    idOf('message', ticket.index * 4 + n, ms),
    ticket.id,
    customerId(world, ticket.customer),
    voice,
    ...by,
    words,
    iso(ms),
    ...twice(ms),
  ];
  const engineer = ticket.engineer ?? 0;
  const staff: [string, string, string] = ['staff', engineerId(world, engineer), `工程师${engineer}`];
  const rows = [
    row(0, 'customer', ['contact', contactId(world, ticket.contact), `联系人${ticket.contact}`], ticket.at),
  ];
  if (ticket.state !== 'new') {
    rows.push(row(1, 'customer', staff, ticket.at + 1_800_000));
    rows.push(row(2, 'internal', staff, ticket.at + 1_900_000));
  }
  return rows;
}

function clockRows(world: World, ticket: SeededTicket): Cell[][] {
  const times = (ms: number) => ({ at: iso(ms), received_at: iso(ms) });
  const calendar_version_id = versionId(world, ticket.customer % calendars);
  const started = { kind: 'started', ...times(ticket.at), minutes: 480, calendar_version_id };
  const rest: Record<string, 'stopped' | 'paused'> = {
    closed: 'stopped',
    waiting_on_customer: 'paused',
  };
  return (['first_response', 'next_update', 'resolution'] as const).map((kind, n) => {
    const answered = kind === 'first_response' && ticket.state !== 'new';
    const state: 'met' | 'stopped' | 'paused' | 'running' = answered
      ? 'met'
      : (rest[ticket.state] ?? 'running');
    const facts =
      state === 'running'
        ? [started]
        : [started, { kind: state, ...times(ticket.at + 1_800_000), ...pausing(state) }];
    const dueAt = ticket.dueAt === null ? ticket.at + 28_800_000 : ticket.dueAt + n * 60_000;
    const late = state === 'running' && dueAt < world.now;
    return [
      idOf('clock', ticket.index * 4 + n, ticket.at),
      ticket.id,
      customerId(world, ticket.customer),
      kind,
      state,
      JSON.stringify(facts),
      state === 'running' || state === 'met' ? iso(dueAt) : null,
      answered ? iso(ticket.at + 1_800_000) : null,
      late ? iso(dueAt) : null,
      state === 'running' && !late ? iso(dueAt) : null,
      ...twice(ticket.at),
    ];
  });
}

function pausing(state: string) {
  return state === 'paused' ? { waiting_for: '照片', asked_of: '联系人' } : {};
}

const acts = ['created', 'assigned', 'replied', 'closed'] as const;
const actsOf = ({ state }: SeededTicket) =>
  state === 'closed' ? acts : state === 'new' ? acts.slice(0, 1) : acts.slice(0, 3);

function eventRows(world: World, ticket: SeededTicket): Cell[][] {
  const engineer = ticket.engineer ?? 0;
  return actsOf(ticket).map((act, n) => {
    const at = ticket.at + n * 600_000;
    return [
      idOf('event', ticket.index * 4 + n, at),
      `ticket.${act}`,
      'ticket',
      ticket.id,
      customerId(world, ticket.customer),
      contactId(world, ticket.contact),
      true,
      'staff',
      engineerId(world, engineer),
      `工程师${engineer}`,
      JSON.stringify({ number: 1001 + ticket.index, title: '收银机很慢，扫码之后卡住', kind: ticket.kind }),
      iso(at),
      iso(at),
      idOf('verdict', ticket.index * 4 + n, at),
      iso(at),
    ];
  });
}

/** Verdicts are kept for 90 days: older tickets have none. */
function verdictRows(world: World, ticket: SeededTicket): Cell[][] {
  if (ticket.at < world.now - 90 * dayMs) return [];
  return actsOf(ticket).map((act, n) => {
    const at = ticket.at + n * 600_000;
    const id = idOf('verdict', ticket.index * 4 + n, at);
    const body = {
      id: ticket.id,
      number: 1001 + ticket.index,
      state: ticket.state,
      updated_at: iso(at),
      clocks: [],
    };
    return [
      id,
      engineerId(world, ticket.engineer ?? 0),
      id,
      `tickets.${act}`,
      id.repeat(1),
      200,
      JSON.stringify(body),
      iso(at),
    ];
  });
}

/** Every second open ticket has a promise, every fifth closed one had. */
function promiseRows(world: World, ticket: SeededTicket): Cell[][] {
  const closed = ticket.state === 'closed';
  const n = ticket.index - world.firstOpen;
  if (closed ? ticket.index % 5 !== 0 : n % 2 !== 0) return [];
  const owner = engineerId(world, (closed ? ticket.index : n / 2) % world.engineers);
  const due = iso(closed ? ticket.at + dayMs : world.now + (1 + pick(ticket.index, 13, 400)) * 3_600_000);
  const settled = iso(ticket.at + dayMs - 60_000);
  return [
    [
      idOf('promise', ticket.index, ticket.at),
      customerId(world, ticket.customer),
      'ticket',
      ticket.id,
      '周五前把新的扫码枪送到店里',
      contactId(world, ticket.contact),
      owner,
      due,
      due,
      ...(closed ? ['kept', settled, owner, 'message', settled] : ['open', null, null, null, null]),
      owner,
      iso(ticket.at),
    ],
  ];
}
