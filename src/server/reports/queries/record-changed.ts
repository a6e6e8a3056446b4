import { hasChangedSince } from '#domain/reports/changed-since.ts';
import { reportFacts as factsShape } from '#domain/reports/report.ts';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { loadFirm } from '../../people/queries/firm.ts';
import type { Context } from '../../platform/context.ts';
import { openReportedPage } from './reported-page.ts';

/** Whether a visit's record says something else by now than the newest version of its report; false where there is none. */
export async function hasRecordChanged(ctx: Context, visitId: string): Promise<boolean> {
  const newest = await ctx.db
    .selectFrom('report_versions')
    .select(['facts', 'made_at'])
    .where('visit_id', '=', visitId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!newest) return false;
  const page = await openReportedPage(ctx, visitId);
  const now = reportFacts(page, await loadFirm(ctx.db), ctx.now);
  return hasChangedSince(factsShape.parse(newest.facts), now, newest.made_at);
}
