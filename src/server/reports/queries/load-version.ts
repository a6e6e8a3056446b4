import { Refusal } from '#domain/ground/refusal.ts';
import type { Locale } from '#domain/people/person.ts';
import type { PrintFormat } from '#domain/reports/commands.ts';
import { reportFacts } from '#domain/reports/report.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { ReportVersion } from '../rendering/paper.ts';

export type LoadedVersion = ReportVersion & { id: string; customer_id: string };

/** A version with all it says. */
export async function loadVersion(db: Database, id: string): Promise<LoadedVersion> {
  const row = await db
    .selectFrom('report_versions')
    .leftJoin('visit_signatures', 'visit_signatures.id', 'report_versions.signature_id')
    .select([
      'report_versions.id',
      'report_versions.customer_id',
      'report_versions.version',
      'report_versions.facts',
      'report_versions.sha256',
      'report_versions.reason',
      'report_versions.made_by_name',
      'report_versions.made_at',
      'visit_signatures.happened_at as signed_at',
    ])
    .where('report_versions.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  const { reason, signed_at, ...rest } = row;
  return {
    ...rest,
    facts: reportFacts.parse(row.facts),
    is_signed: reason === 'signed',
    counts_to: signed_at ?? row.made_at,
  };
}

/**
 * The print that is already there. A signed version is handed out as it was printed first, for good; others once more when
 * papers look different since.
 */
export async function findPrint(
  db: Database,
  of: { version: Pick<LoadedVersion, 'id' | 'is_signed'>; format: PrintFormat; locale: Locale; look: number },
): Promise<{ sha256: string } | undefined> {
  let rows = db
    .selectFrom('report_prints')
    .innerJoin('files', 'files.id', 'report_prints.file_id')
    .select('files.sha256')
    .where('report_prints.version_id', '=', of.version.id)
    .where('report_prints.format', '=', of.format)
    .where('report_prints.language', '=', of.locale);
  if (!of.version.is_signed) rows = rows.where('report_prints.look', '=', of.look);
  return rows.orderBy('report_prints.look').executeTakeFirst();
}

/** Where the bytes of files lie that a report shows, by their ids. */
export async function listPictureHashes(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('files')
    .select(['id', 'sha256'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]));
}
