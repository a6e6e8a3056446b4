import { Refusal } from '#domain/ground/refusal.ts';
import type { MakeReport, ReportRow } from '#domain/reports/commands.ts';
import { refuseMaking, refuseSame } from '#domain/reports/making.ts';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { loadFirm } from '../../people/queries/firm.ts';
import type { Context } from '../../platform/context.ts';
import { isLead } from '../../visits/actions/may-act.ts';
import { lockVisit } from '../../visits/queries/visit-record.ts';
import { openReport } from '../queries/list-reports.ts';
import { openReportedPage } from '../queries/reported-page.ts';
import { findLatest, hashOf, keepVersion } from './keep-version.ts';

/** Freezes what the visit says now as the next version of its report. */
export async function makeReport(
  ctx: Context,
  { params, body }: { params: { id: string }; body: MakeReport },
): Promise<ReportRow> {
  const record = await lockVisit(ctx, params.id);
  if (!record) throw new Refusal('not_found', 'ground.not_found');
  if (record.visit.engineer_id !== ctx.actor.id && !isLead(ctx.actor))
    throw new Refusal('forbidden', 'visits.not_yours', { name: record.visit.engineer_name });
  const refused = refuseMaking(record.visit);
  if (refused) throw refused;
  const page = await openReportedPage(ctx, params.id);
  const facts = reportFacts(page, await loadFirm(ctx.db), ctx.now);
  const latest = await findLatest(ctx, params.id);
  const same = refuseSame(hashOf(facts), latest ?? null);
  if (same) throw same;
  await keepVersion(ctx, {
    id: body.id,
    visit: page.visit,
    contact_id: record.ticket.requester_id,
    facts: facts,
    version: (latest?.version ?? 0) + 1,
    signature_id: null,
  });
  return openReport(ctx, body.id);
}
