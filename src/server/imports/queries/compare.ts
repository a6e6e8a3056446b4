import { sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Comparison } from '#domain/imports/commands.ts';
import { type CountedEvent, recount } from '#domain/imports/recounting.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';

const ticketsAtOnce = 2_000;
// More places than this are counted and not named: a file with more is wrong altogether.
const mostPlaces = 1_000;

/** Recounts an import of incidents from its events and holds the result against the source's own counters. */
export async function compareImport(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<Comparison> {
  const row = await ctx.db
    .selectFrom('imports')
    .select('kind')
    .where('id', '=', params.id)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  if (row.kind !== 'incidents') throw new Refusal('conflict', 'imports.nothing_to_compare');
  return compareCounters(ctx.db, params.id);
}

export async function compareCounters(db: Database, importId: string): Promise<Comparison> {
  const result: Comparison = {
    incidents: 0,
    events: 0,
    states: {},
    not_begun_as_new: 0,
    reopenings: { ours: 0, source: 0, agreeing_incidents: 0 },
    reassignments: { ours: 0, source: 0, agreeing_incidents: 0 },
    contradictions: {} as Comparison['contradictions'],
    places: [],
  };
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const incidents = await listIncidents(db, { importId, after });
    for (const { reference, events } of incidents) addIncident(result, reference, events);
    const last = incidents.at(-1);
    if (!last) return result;
    after = last.id;
  }
}

function addIncident(result: Comparison, incident: string, events: LoggedEvent[]): void {
  const counted = recount(events);
  result.incidents += 1;
  result.events += events.length;
  for (const { source_state } of events) result.states[source_state] = (result.states[source_state] ?? 0) + 1;
  result.not_begun_as_new += counted.begins_as_new ? 0 : 1;
  add(result.reopenings, counted.reopenings, counted.source_reopenings);
  add(result.reassignments, counted.reassignments, counted.source_reassignments);
  const sums = result.contradictions as Record<string, number>;
  for (const { kind, line } of counted.contradictions) {
    sums[kind] = (sums[kind] ?? 0) + 1;
    if (result.places.length < mostPlaces) result.places.push({ incident, line, kind });
  }
}

function add(sum: Comparison['reopenings'], ours: number, source: number): void {
  sum.ours += ours;
  sum.source += source;
  sum.agreeing_incidents += ours === source ? 1 : 0;
}

type LoggedEvent = CountedEvent & { source_state: string };

async function listIncidents(
  db: Database,
  { importId, after }: { importId: string; after: string },
): Promise<{ id: string; reference: string; events: LoggedEvent[] }[]> {
  const tickets = await db
    .selectFrom('tickets')
    .select(['id', 'reference'])
    .where('import_id', '=', importId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(ticketsAtOnce)
    .execute();
  const ids = tickets.map(({ id }) => id);
  const events = await db
    .selectFrom('imported_events')
    .select(['ticket_id', 'line', 'state', 'source_state', 'happened_at', 'data'])
    .where(sql<boolean>`ticket_id = any(${ids}::uuid[])`)
    .orderBy('ticket_id')
    .orderBy('line')
    .execute();
  const byTicket = new Map<string, LoggedEvent[]>(ids.map((id) => [id, []]));
  for (const { ticket_id, ...event } of events) byTicket.get(ticket_id)?.push(event as LoggedEvent);
  return tickets.map(({ id, reference }) => ({
    id,
    reference: reference ?? '',
    events: byTicket.get(id) ?? [],
  }));
}
