import { plusMinutes } from '#domain/ground/instant.ts';
import { emergencyScopeMinutes, owedScope } from '#domain/visits/scope.ts';
import type { VisitState } from '#domain/visits/visit.ts';
import type { JobTools, Ticker } from '../platform/jobs.ts';
import { aboutVisit } from './actions/tell-of-act.ts';

/** What nobody has filled in for another day is known to the one who should; then their manager is to know. */
const climbAfterMinutes = 24 * 60;

/** R20: notes each emergency whose scope sheet is not complete in time, and again when it has stayed so for a day. */
export async function noteOwedScopes({ asSystem }: Pick<JobTools, 'asSystem'>): Promise<void> {
  await asSystem(async (ctx) => {
    const owing = await ctx.db
      .selectFrom('visits')
      .innerJoin('tickets', 'tickets.id', 'visits.ticket_id')
      .select([
        'visits.id',
        'visits.number',
        'visits.ticket_id',
        'visits.customer_id',
        'visits.state',
        'visits.is_emergency',
        'visits.scope_sales',
        'visits.scope_customer',
        'visits.scope_interface',
        'visits.dispatched_at',
        'visits.dispatched_by_id',
        'visits.scope_owed_noted_at',
        'tickets.requester_id',
      ])
      .where('visits.is_emergency', '=', true)
      .where('visits.state', '<>', 'cancelled')
      .where('visits.dispatched_at', '<=', plusMinutes(ctx.now, -emergencyScopeMinutes))
      .where('visits.scope_owed_climbed_at', 'is', null)
      .where((is) =>
        is.or(
          (['scope_sales', 'scope_customer', 'scope_interface'] as const).map((column) =>
            is(`visits.${column}`, 'is', null),
          ),
        ),
      )
      .where((is) =>
        is.or([
          is('visits.scope_owed_noted_at', 'is', null),
          is('visits.scope_owed_noted_at', '<=', plusMinutes(ctx.now, -climbAfterMinutes)),
        ]),
      )
      .orderBy('visits.dispatched_at')
      .limit(200)
      .forUpdate('visits')
      .skipLocked()
      .execute();
    for (const { id, requester_id, ...visit } of owing) {
      const climbing = visit.scope_owed_noted_at !== null;
      await ctx.db
        .updateTable('visits')
        .set(climbing ? { scope_owed_climbed_at: ctx.now } : { scope_owed_noted_at: ctx.now })
        .where('id', '=', id)
        .execute();
      const owed = owedScope({
        ...visit,
        state: visit.state as VisitState,
        dispatched: { at: visit.dispatched_at as string },
      });
      ctx.record({
        name: climbing ? 'visit.scope_owed_climbed' : 'visit.scope_owed',
        ...aboutVisit(id, { id: visit.ticket_id, customer_id: visit.customer_id, requester_id }),
        data: { number: visit.number, ...owed, dispatched_by_id: visit.dispatched_by_id },
      });
    }
  });
}

export const tickers: Ticker[] = [
  { name: 'visits.note_owed_scopes', everySeconds: 300, run: noteOwedScopes },
];
