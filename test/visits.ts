import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ClockFact } from '#domain/tickets/sla-clock.ts';
import type { VisitActed } from '#domain/visits/commands.ts';
import { signingText } from '#domain/visits/signing-off.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { newId } from '#server/platform/ids.ts';
import { type CastName, contacts, customers, people } from './cast.ts';
import type { TestServer } from './server.ts';

export const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

let planned = 0;
/** A span of an hour in which nobody is planned yet. */
export function freeSpan() {
  planned += 1;
  return { planned_from: hours(2 * planned), planned_to: hours(2 * planned + 1) };
}

export async function askTicket(
  server: TestServer,
  of: { customer_id?: string; requester_id?: string } = {},
): Promise<string> {
  const id = newId();
  const body = { customer_id: customers.鲁味餐饮.id, requester_id: contacts.小吴.id, ...of };
  const words = {
    kind: 'incident',
    title: '收银机卡住',
    body: '收银机卡住，要人来看',
    impact: 2,
    urgency: 1,
  };
  await succeed(server.send('周敏', 'POST /api/tickets', { id, ...body, ...words }));
  return id;
}

/** The body of a plan for 林海 at 鲁味餐饮, with 小吴 as the interface person. */
export function planOf(ticket_id: string, overrides: Record<string, unknown> = {}) {
  return {
    id: newId(),
    ticket_id,
    engineer_id: people.林海.id,
    site_id: customers.鲁味餐饮.site,
    kind: 'survey',
    is_emergency: false,
    emergency_reason: '',
    ...freeSpan(),
    goal: '收银机恢复正常',
    done_when: '三台收银机各做十笔交易',
    not_today: '不动服务器',
    interface_contact_id: contacts.小吴.id,
    ...overrides,
  };
}

export async function planVisit(server: TestServer, overrides: Record<string, unknown> = {}) {
  const ticket = (overrides.ticket_id as string | undefined) ?? (await askTicket(server));
  const body = planOf(ticket, overrides);
  await succeed(server.send('周敏', 'POST /api/visits', body));
  return { id: body.id, ticket };
}

const way: [state: string, acts: (id: string, server: TestServer) => Promise<unknown>][] = [
  [
    'dispatched',
    async (id, server) => {
      for (const item of ['access', 'offline_pack'])
        await act(server, '林海', id, 'check_readiness', { item, state: 'ticked' });
      await act(server, '周敏', id, 'dispatch', { override_reason: '客户催得急' });
    },
  ],
  ['travelling', (id, server) => act(server, '林海', id, 'depart')],
  ['on_site', (id, server) => act(server, '林海', id, 'arrive')],
  ['working', (id, server) => act(server, '林海', id, 'start')],
];

/** A planned visit, brought so far along the ordinary way. */
export async function visitIn(
  server: TestServer,
  state: 'planned' | 'dispatched' | 'travelling' | 'on_site' | 'working',
  overrides: Record<string, unknown> = {},
) {
  const visit = await planVisit(server, overrides);
  for (const [reached, go] of way.slice(0, way.findIndex(([name]) => name === state) + 1)) {
    await go(visit.id, server);
    assert.equal((await openVisit(server, visit.id)).visit.state, reached);
  }
  return visit;
}

/** An act that must succeed. */
export async function act(
  server: TestServer,
  who: CastName,
  id: string,
  name: string,
  body: Record<string, unknown> = {},
  options: { key?: string; headers?: Record<string, string> } = {},
): Promise<VisitActed> {
  return succeed(server.send(who, `POST /api/visits/${id}/${name}`, body, options));
}

export async function openVisit(server: TestServer, id: string, who: CastName = '周敏'): Promise<VisitPage> {
  return succeed(server.get(who, `/api/visits/${id}`));
}

export async function succeed<T>(answer: Promise<{ status: number; body: unknown }>): Promise<T> {
  const { status, body } = await answer;
  assert.ok(status < 300, `${status} ${JSON.stringify(body)}`);
  return body as T;
}

/** What the ticket's clock of resolution was told, in the order in which it came in. */
export async function resolutionFactsOf(server: TestServer, ticket: string): Promise<ClockFact[]> {
  const { facts } = await server.db
    .selectFrom('ticket_clocks')
    .select('facts')
    .where('ticket_id', '=', ticket)
    .where('kind', '=', 'resolution')
    .executeTakeFirstOrThrow();
  return facts as ClockFact[];
}

export const logOf = (overrides: Record<string, unknown> = {}) => ({
  id: newId(),
  kind: 'work',
  started_at: hours(-0.01),
  line: '水晶头氧化，已更换',
  customer_line: '换了网线',
  ...overrides,
});

export const wrapUpOf = (overrides: Record<string, unknown> = {}) => ({
  id: newId(),
  rested_on: '网线换好，三台都能结账',
  problems: '',
  advice: '',
  support_needed: '',
  tomorrow: '',
  reaction: '',
  promised_today: 'nothing',
  minutes: 8,
  ...overrides,
});

/** What 小吴 signs of the visit as it stands. */
export async function signatureOf(server: TestServer, id: string, overrides: Record<string, unknown> = {}) {
  const shown = signingText((await openVisit(server, id)).visit);
  return {
    id: newId(),
    contact_id: contacts.小吴.id,
    name: '小吴',
    role: '收银',
    strokes: [[10, 20, 30, 40, 50, 60]],
    shown,
    shown_sha256: sha256(shown),
    ...overrides,
  };
}

export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** The header of a device that did something so many hours ago, without signal since. */
export function fromDevice(hoursAgo: number, overrides: Record<string, unknown> = {}) {
  const envelope = {
    device_id: newId(),
    seq: 1,
    device_time: hours(-hoursAgo),
    last_server_time: hours(-hoursAgo - 1),
    since_server_ms: 3_600_000,
    offset_ms: 0,
    schema: 1,
    depends_on: [],
    ...overrides,
  };
  return { headers: { 'x-device': JSON.stringify(envelope) } };
}
