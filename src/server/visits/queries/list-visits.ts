import { sql } from 'kysely';
import type { ListVisits, VisitRow } from '#domain/visits/views.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged, rowsToRead } from '../../platform/cursor.ts';

/** Visits by when they begin; those that are over only when asked for. */
export async function listVisits(ctx: Context, { query }: { query: ListVisits }) {
  let rows = filtered(ctx, query)
    .innerJoin('tickets', 'tickets.id', 'visits.ticket_id')
    .innerJoin('customers', 'customers.id', 'visits.customer_id')
    .innerJoin('users as engineer', 'engineer.id', 'visits.engineer_id')
    .leftJoin('sites', 'sites.id', 'visits.site_id')
    .select([
      'visits.id',
      'visits.number',
      'visits.ticket_id',
      'tickets.number as ticket_number',
      'tickets.title as ticket_title',
      'visits.customer_id',
      'customers.name as customer_name',
      'visits.site_id',
      'sites.name as site_name',
      'visits.engineer_id',
      'engineer.name as engineer_name',
      'visits.kind',
      'visits.is_emergency',
      'visits.state',
      'visits.planned_from',
      'visits.planned_to',
      'visits.goal',
      sql<number>`(select count(*)::int from visit_clashes where visit_clashes.visit_id = visits.id
        and visit_clashes.settled_at is null)`.as('open_clashes'),
      sql<number>`(select count(*)::int from quarantined_acts where quarantined_acts.visit_id = visits.id
        and quarantined_acts.decided_at is null)`.as('open_quarantined'),
    ]);
  if (query.after) {
    const [at, id] = decodeCursor(query.after, ['instant_or_null', 'id']);
    rows = rows.where(sql<boolean>`(visits.planned_from, visits.id) > (${at}::timestamptz, ${id}::uuid)`);
  }
  const found = await rows
    .orderBy('visits.planned_from')
    .orderBy('visits.id')
    .limit(rowsToRead(query.limit))
    .execute();
  return paged(found.map(rowOf), query.limit, (row) => [row.planned_from, row.id]);
}

function filtered(ctx: Context, query: ListVisits) {
  let rows = ctx.db.selectFrom('visits');
  // Written out and not as parameters: the index of visits that are not over leaves the others out.
  if (query.state === 'active') rows = rows.where(sql<boolean>`visits.state not in ('done', 'cancelled')`);
  else if (query.state !== 'all') rows = rows.where('visits.state', '=', query.state);
  if (query.engineer === 'me') rows = rows.where('visits.engineer_id', '=', ctx.actor.id);
  else if (query.engineer) rows = rows.where('visits.engineer_id', '=', query.engineer);
  if (query.customer_id) rows = rows.where('visits.customer_id', '=', query.customer_id);
  if (query.ticket_id) rows = rows.where('visits.ticket_id', '=', query.ticket_id);
  if (query.from) rows = rows.where('visits.planned_to', '>', query.from);
  if (query.to) rows = rows.where('visits.planned_from', '<', query.to);
  return rows;
}

type Flat = {
  ticket_id: string;
  ticket_number: number;
  ticket_title: string;
  customer_id: string;
  customer_name: string;
  site_id: string | null;
  site_name: string | null;
  engineer_id: string;
  engineer_name: string;
};

function rowOf<T extends Flat>(row: T): VisitRow {
  const { ticket_id, ticket_number, ticket_title, customer_id, customer_name, ...rest } = row;
  const { site_id, site_name, engineer_id, engineer_name, ...shown } = rest;
  return {
    ...shown,
    ticket: { id: ticket_id, number: ticket_number, title: ticket_title },
    customer: { id: customer_id, name: customer_name },
    site: site_id === null ? null : { id: site_id, name: site_name },
    engineer: { id: engineer_id, name: engineer_name },
  } as unknown as VisitRow;
}
