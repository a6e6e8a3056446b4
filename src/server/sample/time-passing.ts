import { sql } from 'kysely';
import { systemActor } from '#domain/ground/actor.ts';
import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import { waitingClimbsAfterMinutes } from '#domain/tickets/waiting.ts';
import type { Database } from '../platform/db/connect.ts';
import type { AsSystem, JobTools } from '../platform/jobs.ts';
import { noteOverduePromises } from '../promises/jobs.ts';
import { climbLongWaiting, tickClocks } from '../tickets/jobs.ts';
import type { Stage } from './stage.ts';

/**
 * Lets time pass in the sample up to `until`: warnings, breaches, overdue promises and long waiting are noted at
 * their own moments, by the same tickers that run in a real desk.
 */
export async function letTimePass(stage: Stage, db: Database, until: Instant): Promise<void> {
  for (let at = await nextMoment(db, until); at; at = await nextMoment(db, until)) {
    // A ticker comes a little after the moment; never later than what is told next.
    const noticed = [plusMinutes(at, 1), until].sort()[0] as Instant;
    const asSystem: AsSystem = (work) => stage.act(systemActor, noticed, work);
    const tools = { asSystem } as JobTools;
    await tickClocks(tools);
    await noteOverduePromises(tools);
    await climbLongWaiting(tools);
  }
}

async function nextMoment(db: Database, until: Instant): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant | null }>`
    select min(at) as at from (
      select min(next_check_at) as at from ticket_clocks
      union all select min(due_at) from promises where state = 'open' and overdue_noted_at is null
      union all select min(due_at) + interval '1 day' from promises
        where state = 'open' and overdue_noted_at is not null and overdue_climbed_at is null
      union all select min(waiting_since) + make_interval(mins => ${waitingClimbsAfterMinutes}) from tickets
        where state = 'waiting_on_customer' and waiting_climbed_at is null
    ) as moments where at <= ${until}`.execute(db);
  return rows[0]?.at ?? null;
}
