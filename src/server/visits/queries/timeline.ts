import { Refusal } from '#domain/ground/refusal.ts';
import { listTimeline } from '../../audit/queries.ts';
import type { Context } from '../../platform/context.ts';

/** All that happened to a visit, latest first: by whom, happened when, received when. */
export async function readTimeline(
  ctx: Context,
  { params, query }: { params: { id: string }; query: { after?: string | undefined; limit: number } },
) {
  const visit = await ctx.db.selectFrom('visits').select('id').where('id', '=', params.id).executeTakeFirst();
  if (!visit) throw new Refusal('not_found', 'ground.not_found');
  return listTimeline(ctx, { kind: 'visit', id: params.id, ...query });
}
