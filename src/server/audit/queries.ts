import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { pageById } from '../platform/cursor.ts';

const entry = [
  'id',
  'name',
  'subject_kind',
  'subject_id',
  'actor_kind',
  'actor_name',
  'data',
  'happened_at',
  'received_at',
] as const;

export type TimelineEntry = {
  id: string;
  name: string;
  subject_kind: string;
  subject_id: string;
  actor_kind: string;
  actor_name: string | null;
  data: Record<string, unknown>;
  happened_at: string;
  received_at: string;
};

/** All that happened to a thing and in it, latest first; for those who may see the thing itself. */
export async function listTimeline(
  ctx: Context,
  of: { kind: string; id: string; after?: string | undefined; limit: number },
) {
  const rows = ctx.db
    .selectFrom('events')
    .select(entry)
    .where((is) =>
      is.or([
        is.and([is('subject_kind', '=', of.kind), is('subject_id', '=', of.id)]),
        is.and([is('context_kind', '=', of.kind), is('context_id', '=', of.id)]),
      ]),
    );
  return (await pageById(rows, 'id', of)) as { items: TimelineEntry[]; next: string | null };
}

export type ListEvents = {
  after?: string | undefined;
  limit: number;
  name?: string | undefined;
  actor_id?: string | undefined;
  customer_id?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** The whole audit, latest first, narrowed by what happened, who did it, to whom, and when it was received. */
export async function listEvents(ctx: Context, { query }: { query: ListEvents }) {
  let rows = ctx.db
    .selectFrom('events')
    .select([
      'events.id',
      'events.name',
      'events.subject_kind',
      'events.subject_id',
      'events.context_kind',
      'events.context_id',
      'events.customer_id',
      'events.actor_kind',
      'events.actor_id',
      'events.actor_name',
      'events.data',
      'events.happened_at',
      'events.received_at',
      'events.device_id',
      'events.request_id',
    ]);
  if (query.name) rows = rows.where('events.name', '=', query.name);
  if (query.actor_id) rows = rows.where('events.actor_id', '=', query.actor_id);
  if (query.customer_id) rows = rows.where('events.customer_id', '=', query.customer_id);
  // Event ids are UUIDv7 made at receipt: their order is the order of time, and they are what is indexed.
  if (query.from) rows = rows.where('events.id', '>=', firstIdAt(query.from));
  if (query.to) rows = rows.where('events.id', '<', firstIdAt(query.to));
  return pageById(rows, 'events.id', query);
}

/** The names of events that have occurred, for the filter. A loose index scan: cost by names, not by events. */
export async function listEventNames(ctx: Context): Promise<{ items: string[] }> {
  const { rows } = await sql<{ name: string }>`
    with recursive names as (
      (select name from events order by name limit 1)
      union all
      select (select e.name from events e where e.name > names.name order by e.name limit 1)
      from names where names.name is not null
    ) select name from names where name is not null`.execute(ctx.db);
  return { items: rows.map((row) => row.name) };
}

function firstIdAt(instant: string): string {
  const hex = Date.parse(instant).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
