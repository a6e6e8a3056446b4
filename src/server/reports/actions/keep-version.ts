import { createHash } from 'node:crypto';
import { canonicalJson } from '#domain/reports/canonical-json.ts';
import type { ReportFacts } from '#domain/reports/report.ts';
import type { Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';

export function hashOf(facts: ReportFacts): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}

/** The newest version of a visit's report; the caller holds the visit's row, so that none comes between. */
export function findLatest(ctx: Context, visitId: string) {
  return ctx.db
    .selectFrom('report_versions')
    .select(['version', 'sha256'])
    .where('visit_id', '=', visitId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Freezes facts as the next version and tells of it. */
export async function keepVersion(
  ctx: Context,
  of: {
    id: string;
    visit: Pick<Visit, 'id' | 'number' | 'customer_id' | 'ticket_id'>;
    contact_id: string;
    facts: ReportFacts;
    version: number;
    signature_id: string | null;
  },
): Promise<void> {
  const { id, visit, facts, version, signature_id } = of;
  const sha256 = hashOf(facts);
  await ctx.db
    .insertInto('report_versions')
    .values({
      id,
      visit_id: visit.id,
      customer_id: visit.customer_id,
      version,
      facts: JSON.stringify(facts),
      sha256,
      reason: signature_id ? 'signed' : 'made',
      made_by_id: signature_id ? null : ctx.actor.id,
      made_by_name: signature_id ? null : ctx.actor.name,
      made_at: ctx.now,
      signature_id,
      created_at: ctx.now,
    })
    .execute();
  ctx.record({
    name: 'report.made',
    subject: { kind: 'report', id },
    context: { kind: 'ticket', id: visit.ticket_id },
    customer_id: visit.customer_id,
    contact_id: of.contact_id,
    visible_to_customer: true,
    data: { visit_id: visit.id, number: visit.number, version, sha256, signed: signature_id !== null },
  });
}
