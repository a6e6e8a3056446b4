import { sql } from 'kysely';
import type { UnfinishedVisit } from '#domain/tickets/closing.ts';
import type { Context } from '../../platform/context.ts';

/** A ticket's visits that are to come or under way, the next one first. */
export function listUnfinishedVisits(ctx: Context, ticketId: string): Promise<UnfinishedVisit[]> {
  return ctx.db
    .selectFrom('visits')
    .innerJoin('users', 'users.id', 'visits.engineer_id')
    .select(['visits.id', 'visits.number', 'visits.planned_from', 'users.name as engineer_name'])
    .where('visits.ticket_id', '=', ticketId)
    .where(sql<boolean>`visits.state not in ('done', 'cancelled')`)
    .orderBy('visits.planned_from')
    .orderBy('visits.id')
    .execute();
}
