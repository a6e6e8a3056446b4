import { sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';
import type { QuarantinedAct } from '#domain/visits/views.ts';
import type { Context } from '../../platform/context.ts';
import { isLead } from '../actions/may-act.ts';

/**
 * Of what was decided, so many acts and so many bytes of what was in them, the latest decisions first; one act more than fits,
 * so that the latest is always there. Older ones stand in the events. What waits is bounded before it is kept.
 */
const mostDecided = { acts: 500, bytes: 4_000_000 };

const latestDecided = sql.raw(
  'partition by quarantined_acts.decided_at is null order by quarantined_acts.decided_at desc, quarantined_acts.id desc',
);

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
  const counted = rows.select([
    sql<number>`row_number() over (${latestDecided})`.as('nth'),
    sql<number>`coalesce(sum(octet_length(quarantined_acts.body::text))
      filter (where quarantined_acts.decided_at is not null)
      over (${latestDecided} rows between unbounded preceding and 1 preceding), 0)`.as('later_bytes'),
  ]);
  const found = await ctx.db
    .selectFrom(counted.as('kept'))
    .selectAll()
    .where((is) =>
      is.or([
        is('decided_at', 'is', null),
        is.and([is('nth', '<=', mostDecided.acts), is('later_bytes', '<', mostDecided.bytes)]),
      ]),
    )
    .orderBy('id')
    .execute();
  return { items: found.map(itemOf) };
}

type Row = Omit<QuarantinedAct, 'decided' | 'body' | 'reason'> & {
  body: unknown;
  reason: string;
  verdict: string | null;
  decision_reason: string | null;
  decided_at: string | null;
  decided_by_id: string | null;
  decided_by_name: string | null;
  nth: number;
  later_bytes: number;
};

function itemOf(row: Row): QuarantinedAct {
  const { verdict, decision_reason, decided_at, decided_by_id, decided_by_name, ...rest } = row;
  const { nth: _nth, later_bytes: _bytes, ...kept } = rest;
  const decided = verdict && {
    verdict,
    reason: decision_reason,
    by_id: decided_by_id,
    by_name: decided_by_name,
    at: decided_at,
  };
  return { ...kept, decided } as QuarantinedAct;
}
