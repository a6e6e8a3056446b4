import { Refusal } from '#domain/ground/refusal.ts';
import { listTimeline } from '../../audit/queries.ts';
import type { Context } from '../../platform/context.ts';

/** All that happened to a ticket and in it (promises too): by whom, happened when, received when. */
export async function readTimeline(
  ctx: Context,
  { params, query }: { params: { id: string }; query: { after?: string | undefined; limit: number } },
) {
  const ticket = await ctx.db
    .selectFrom('tickets')
    .select('id')
    .where('id', '=', params.id)
    .executeTakeFirst();
  if (!ticket) throw new Refusal('not_found', 'ground.not_found');
  return listTimeline(ctx, { kind: 'ticket', id: params.id, ...query });
}
