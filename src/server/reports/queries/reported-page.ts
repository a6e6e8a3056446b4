import { Refusal } from '#domain/ground/refusal.ts';
import { contactsNamedIn, type ReportedPage } from '#domain/reports/telling-facts.ts';
import type { Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import { loadAround } from '../../visits/queries/open-visit.ts';
import { findVisit } from '../../visits/queries/visit-record.ts';

/** What a report of the visit as its record is now is told from. Refusal: `ground.not_found`. */
export async function openReportedPage(ctx: Context, visitId: string): Promise<ReportedPage> {
  const record = await findVisit(ctx, visitId);
  if (!record) throw new Refusal('not_found', 'ground.not_found');
  return loadReportedPage(ctx, record.visit);
}

/**
 * What a report of the visit as given is told from. Whom the record names is looked up by the ids in it: the list to choose
 * from on site lacks whoever has left the customer, and ends somewhere.
 */
export async function loadReportedPage(ctx: Context, visit: Visit): Promise<ReportedPage> {
  const [around, contacts] = await Promise.all([
    loadAround(ctx, visit),
    listContacts(ctx, contactsNamedIn(visit)),
  ]);
  return { visit, about: { ...around, contacts } };
}

async function listContacts(
  ctx: Context,
  ids: readonly string[],
): Promise<ReportedPage['about']['contacts']> {
  if (ids.length === 0) return [];
  return ctx.db
    .selectFrom('contacts')
    .select(['id', 'name', 'title'])
    .where('id', 'in', [...ids])
    .execute();
}
