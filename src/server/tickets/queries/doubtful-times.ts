import type { Context } from '../../platform/context.ts';

/** Device times that nobody could believe and no lead has decided on yet, oldest first. */
export async function listDoubtfulTimes(ctx: Context) {
  const items = await ctx.db
    .selectFrom('doubtful_times')
    .innerJoin('tickets', 'tickets.id', 'doubtful_times.ticket_id')
    .select([
      'doubtful_times.id',
      'doubtful_times.ticket_id',
      'tickets.number',
      'tickets.title',
      'doubtful_times.act',
      'doubtful_times.doubt',
      'doubtful_times.device_at',
      'doubtful_times.corrected_at',
      'doubtful_times.received_at',
      'doubtful_times.used_at',
      'doubtful_times.created_at',
    ])
    .where('doubtful_times.decided_at', 'is', null)
    .orderBy('doubtful_times.created_at')
    .limit(200)
    .execute();
  return {
    items: items as ((typeof items)[number] & { doubt: 'in_future' | 'before_last_contact' | 'too_old' })[],
  };
}
