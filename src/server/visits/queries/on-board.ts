import { sql } from 'kysely';
import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import type { OnBoard } from '#domain/visits/views.ts';
import type { Context } from '../../platform/context.ts';

// R28: the coming seven days.
const aheadMinutes = 7 * 24 * 60;

/**
 * What the actor's phone should have on board. `changed_at` moves with the visit, and with whatever happens to its ticket or
 * in it: every word, promise and clock there is an event.
 */
export async function carryVisits(ctx: Context): Promise<OnBoard> {
  const { rows } = await sql<{ id: string; version: number; changed_at: Instant }>`
    select visits.id, visits.version, greatest(visits.updated_at, tickets.updated_at, about.at, within.at) as changed_at
    from visits
      join tickets on tickets.id = visits.ticket_id
      left join lateral (select received_at as at from events
        where subject_kind = 'ticket' and subject_id = tickets.id order by id desc limit 1) about on true
      left join lateral (select received_at as at from events
        where context_kind = 'ticket' and context_id = tickets.id order by id desc limit 1) within on true
    where visits.engineer_id = ${ctx.actor.id} and visits.state not in ('done', 'cancelled')
      and visits.planned_from < ${plusMinutes(ctx.now, aheadMinutes)}
    order by visits.planned_from, visits.id
    limit 200`.execute(ctx.db);
  return { items: rows };
}
