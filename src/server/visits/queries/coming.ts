import { sql } from 'kysely';
import type { ComingVisit } from '#domain/tickets/closing.ts';
import type { Context } from '../../platform/context.ts';

/** A ticket's visits to which nobody has come yet, the next one first. */
export function listComingVisits(ctx: Context, ticketId: string): Promise<ComingVisit[]> {
  return ctx.db
    .selectFrom('visits')
    .innerJoin('users', 'users.id', 'visits.engineer_id')
    .select(['visits.id', 'visits.number', 'visits.planned_from', 'users.name as engineer_name'])
    .where('visits.ticket_id', '=', ticketId)
    .where(sql<boolean>`visits.state in ('planned', 'dispatched', 'travelling')`)
    .orderBy('visits.planned_from')
    .orderBy('visits.id')
    .execute();
}
