import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import { Refusal } from '#domain/ground/refusal.ts';
import type { ReportList, ReportRow } from '#domain/reports/commands.ts';
import type { Context } from '../../platform/context.ts';
import { listFilesOf } from '../../platform/files/listing.ts';
import { hasRecordChanged } from './record-changed.ts';

// So many versions nobody reads; the newest are what one comes for.
const mostShown = 200;

/** The versions of a visit's report, the newest first, each with the stamped paper that came back. */
export async function listReports(ctx: Context, { params }: { params: { id: string } }): Promise<ReportList> {
  const visit = await ctx.db.selectFrom('visits').select('id').where('id', '=', params.id).executeTakeFirst();
  if (!visit) throw new Refusal('not_found', 'ground.not_found');
  const items = await selectReports(ctx, { visit_id: visit.id });
  return { items, record_changed: await hasRecordChanged(ctx, visit.id) };
}

/** One version as it is listed. */
export async function openReport(ctx: Context, id: string): Promise<ReportRow> {
  const [row] = await selectReports(ctx, { id });
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row;
}

async function selectReports(ctx: Context, of: { visit_id: string } | { id: string }): Promise<ReportRow[]> {
  const rows = await ctx.db
    .selectFrom('report_versions')
    .select((from) => [
      'report_versions.id',
      'report_versions.visit_id',
      'report_versions.version',
      'report_versions.sha256',
      'report_versions.reason',
      'report_versions.made_by_name',
      'report_versions.made_at',
      jsonObjectFrom(
        from
          .selectFrom('visit_signatures')
          .select(['visit_signatures.name', 'visit_signatures.role', 'visit_signatures.happened_at'])
          .whereRef('visit_signatures.id', '=', 'report_versions.signature_id'),
      ).as('signature'),
      jsonArrayFrom(
        from
          .selectFrom('stamped_papers')
          .select(['stamped_papers.id', 'stamped_papers.bound_by_name', 'stamped_papers.bound_at'])
          .whereRef('stamped_papers.version_id', '=', 'report_versions.id')
          .orderBy('stamped_papers.id'),
      ).as('papers'),
    ])
    .where(
      'id' in of ? 'report_versions.id' : 'report_versions.visit_id',
      '=',
      'id' in of ? of.id : of.visit_id,
    )
    .orderBy('report_versions.version', 'desc')
    .limit(mostShown)
    .execute();
  const files = await listFilesOf(
    ctx.db,
    'stamped_paper',
    rows.flatMap(({ papers }) => papers.map(({ id }) => id)),
  );
  return rows.map(({ signature, papers, ...row }) => ({
    ...row,
    reason: row.reason as ReportRow['reason'],
    signed: signature && { name: signature.name, role: signature.role, at: utc(signature.happened_at) },
    stamped_papers: papers.flatMap(({ bound_at, ...paper }) =>
      (files.get(paper.id) ?? []).map((file) => ({ ...paper, bound_at: utc(bound_at), file })),
    ),
  }));
}

// Inside of JSON PostgreSQL writes an instant in its own way.
const utc = (instant: string) => new Date(instant).toISOString();
