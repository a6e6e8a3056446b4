import { reportFacts } from '#domain/reports/telling-facts.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { loadFirm } from '../../people/queries/firm.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { findVisit, lockVisit } from '../../visits/queries/visit-record.ts';
import { loadReportedPage } from '../queries/reported-page.ts';
import { findLatest, keepVersion } from './keep-version.ts';

/**
 * R27: makes a version of each signature that has none yet, of the visit as it was signed, at the site where it was signed:
 * whatever was changed since is not in it. Doing it again changes nothing.
 */
export async function freezeSigned(ctx: Context, visitId: string): Promise<void> {
  const record = await lockVisit(ctx, visitId);
  if (!record) return;
  const signatures = await ctx.db
    .selectFrom('visit_signatures')
    .leftJoin('report_versions', 'report_versions.signature_id', 'visit_signatures.id')
    .select(['visit_signatures.id', 'visit_signatures.visit', 'visit_signatures.happened_at'])
    .where('visit_signatures.visit_id', '=', visitId)
    .where('report_versions.id', 'is', null)
    .where('visit_signatures.visit', 'is not', null)
    .orderBy('visit_signatures.id')
    .execute();
  if (signatures.length === 0) return;
  const drawings = (await findVisit(ctx, visitId))?.visit.signatures ?? [];
  const firm = await loadFirm(ctx.db);
  let version = (await findLatest(ctx, visitId))?.version ?? 0;
  for (const signature of signatures) {
    const visit = withDrawings(signature.visit as unknown as Visit, drawings);
    const page = await loadReportedPage(ctx, visit);
    version += 1;
    const id = newId();
    await keepVersion(ctx, {
      id,
      visit: record.visit,
      contact_id: record.ticket.requester_id,
      facts: reportFacts(page, firm, signature.happened_at),
      version,
      signature_id: signature.id,
    });
    ctx.enqueue('reports.print_signed', { version_id: id });
  }
}

/** An act reads earlier signatures without strokes and text, and so the visit was kept; neither ever changes. */
function withDrawings(frozen: Visit, drawings: Visit['signatures']): Visit {
  const had = new Set(frozen.signatures.map(({ id }) => id));
  return { ...frozen, signatures: drawings.filter(({ id }) => had.has(id)) };
}
