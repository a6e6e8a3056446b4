import { Refusal } from '#domain/ground/refusal.ts';
import type { BindStampedPaper, ReportRow } from '#domain/reports/commands.ts';
import { refuseBinding } from '#domain/reports/making.ts';
import type { Context } from '../../platform/context.ts';
import { claimFiles } from '../../platform/files/claiming.ts';
import { isLead } from '../../visits/actions/may-act.ts';
import { openReport } from '../queries/list-reports.ts';

/** R27: stamped paper, photographed or scanned, finds its place beside the version that it was printed from. */
export async function bindStampedPaper(
  ctx: Context,
  { params, body }: { params: { id: string }; body: BindStampedPaper },
): Promise<ReportRow> {
  const version = await ctx.db
    .selectFrom('report_versions')
    .innerJoin('visits', 'visits.id', 'report_versions.visit_id')
    .innerJoin('tickets', 'tickets.id', 'visits.ticket_id')
    .innerJoin('users as engineer', 'engineer.id', 'visits.engineer_id')
    .select(['report_versions.id', 'report_versions.version', 'report_versions.sha256'])
    .select(['report_versions.customer_id', 'visits.number', 'visits.ticket_id', 'visits.id as visit_id'])
    .select(['visits.engineer_id', 'engineer.name as engineer_name', 'tickets.requester_id'])
    .where('report_versions.id', '=', params.id)
    .executeTakeFirst();
  if (!version) throw new Refusal('not_found', 'ground.not_found');
  if (version.engineer_id !== ctx.actor.id && !isLead(ctx.actor))
    throw new Refusal('forbidden', 'visits.not_yours', { name: version.engineer_name });
  const file = await ctx.db
    .selectFrom('files')
    .select(['media_type'])
    .where('id', '=', body.file_id)
    .executeTakeFirst();
  if (!file) throw new Refusal('not_found', 'files.not_found');
  const refused = refuseBinding({ sha256: body.sha256, media_type: file.media_type }, version);
  if (refused) throw refused;
  await claimFiles(ctx, {
    file_ids: [body.file_id],
    customer_id: version.customer_id,
    subject: { kind: 'stamped_paper', id: body.id },
    visible_to_customer: true,
  });
  await ctx.db
    .insertInto('stamped_papers')
    .values({
      id: body.id,
      version_id: version.id,
      customer_id: version.customer_id,
      sha256: body.sha256,
      file_id: body.file_id,
      bound_by_id: ctx.actor.id as string,
      bound_by_name: ctx.actor.name as string,
      bound_at: ctx.happenedAt,
      created_at: ctx.now,
    })
    .execute();
  ctx.record({
    name: 'report.stamped_paper_bound',
    subject: { kind: 'report', id: version.id },
    context: { kind: 'ticket', id: version.ticket_id },
    customer_id: version.customer_id,
    contact_id: version.requester_id,
    visible_to_customer: true,
    data: {
      visit_id: version.visit_id,
      number: version.number,
      version: version.version,
      file_id: body.file_id,
    },
  });
  return openReport(ctx, version.id);
}
