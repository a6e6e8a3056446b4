import { sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';
import type { QuarantinedAct } from '#domain/visits/views.ts';
import type { Context } from '../../platform/context.ts';
import { isLead } from '../actions/may-act.ts';

/** What is kept of a visit's former engineers, oldest first: for leads, the present engineer, and whoever did it. */
export async function listQuarantined(ctx: Context, { params }: { params: { id: string } }) {
  const visit = await ctx.db.selectFrom('visits').select('id').where('id', '=', params.id).executeTakeFirst();
  if (!visit) throw new Refusal('not_found', 'ground.not_found');
  return listQuarantinedOf(ctx, { visit_id: visit.id });
}

export async function listQuarantinedOf(
  ctx: Context,
  of: { visit_id: string; id?: string },
): Promise<{ items: QuarantinedAct[] }> {
  let rows = ctx.db
    .selectFrom('quarantined_acts')
    .innerJoin('visits', 'visits.id', 'quarantined_acts.visit_id')
    .select([
      'quarantined_acts.id',
      'quarantined_acts.visit_id',
      'quarantined_acts.act',
      'quarantined_acts.body',
      'quarantined_acts.reason',
      'quarantined_acts.done_by_id as by_id',
      'quarantined_acts.done_by_name as by_name',
      'quarantined_acts.happened_at',
      'quarantined_acts.received_at',
      'quarantined_acts.verdict',
      'quarantined_acts.decision_reason',
      'quarantined_acts.decided_at',
      'quarantined_acts.decided_by_id',
      'quarantined_acts.decided_by_name',
    ])
    .where('quarantined_acts.visit_id', '=', of.visit_id);
  if (of.id) rows = rows.where('quarantined_acts.id', '=', of.id);
  if (!isLead(ctx.actor))
    rows = rows.where((is) =>
      is.or([
        is('quarantined_acts.done_by_id', '=', ctx.actor.id),
        is('visits.engineer_id', '=', ctx.actor.id),
      ]),
    );
  // Where there are more than fit, what waits is among them.
  const found = await rows
    .orderBy(sql`quarantined_acts.decided_at is not null`)
    .orderBy('quarantined_acts.id')
    .limit(1_000)
    .execute();
  return {
    items: found
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ verdict, decision_reason, decided_at, decided_by_id, decided_by_name, ...row }) => ({
        ...row,
        decided: verdict && {
          verdict,
          reason: decision_reason,
          by_id: decided_by_id,
          by_name: decided_by_name,
          at: decided_at,
        },
      })) as QuarantinedAct[],
  };
}
