import { createHash } from 'node:crypto';
import { Refusal } from '#domain/ground/refusal.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { loadEngineer } from '../../people/queries/engineers.ts';
import type { Context } from '../../platform/context.ts';

export type ContactNames = ReadonlyMap<string, string>;

/**
 * What the pure rule cannot know: whether the people and places that an act names are there and are this customer's, and
 * whether a hash is that of its text. Names of people are taken from their records, whatever the body said.
 */
export async function holdAgainstRecords(
  ctx: Context,
  visit: Pick<Visit, 'customer_id'>,
  act: VisitAct,
): Promise<{ act: VisitAct; contactNames: ContactNames }> {
  const contactNames = await loadContactNames(ctx, visit.customer_id, contactsIn(act));
  if (act.name === 'edit') await checkSite(ctx, visit.customer_id, act.body.changes.site_id?.to ?? null);
  if (act.name === 'sign' && sha256Of(act.body.shown) !== act.body.shown_sha256)
    throw new Refusal('invalid', 'visits.hash_mismatch');
  return { act: await withNames(ctx, act, contactNames), contactNames };
}

function contactsIn(act: VisitAct): (string | null | undefined)[] {
  switch (act.name) {
    case 'edit':
      return [act.body.changes.interface_contact_id?.to, ...(act.body.changes.signer_ids?.to ?? [])];
    case 'log':
      return [act.body.waiting_on_contact_id];
    case 'edit_log':
      return [act.body.changes.waiting_on_contact_id?.to];
    case 'confirm_today':
    case 'acknowledge_kick_off':
    case 'sign':
      return [act.body.contact_id];
    default:
      return [];
  }
}

async function withNames(ctx: Context, act: VisitAct, contacts: ContactNames): Promise<VisitAct> {
  switch (act.name) {
    case 'reassign': {
      const engineer = await loadEngineer(ctx.db, act.body.engineer_id);
      return { ...act, body: { ...act.body, engineer_name: engineer.name } };
    }
    case 'confirm_today':
    case 'acknowledge_kick_off':
    case 'sign':
      return { ...act, body: { ...act.body, name: contacts.get(act.body.contact_id) } } as VisitAct;
    default:
      return act;
  }
}

/** Names of the customer's own contacts by id; one that is not theirs is refused. */
export async function loadContactNames(
  ctx: Context,
  customerId: string,
  named: readonly (string | null | undefined)[],
): Promise<ContactNames> {
  const ids = [...new Set(named.filter((id) => id !== null && id !== undefined))];
  const distinct = new Set(ids.map((id) => id.toLowerCase()));
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('contacts')
    .select(['id', 'name'])
    .where('customer_id', '=', customerId)
    .where('id', 'in', ids)
    .execute();
  if (rows.length < distinct.size) throw new Refusal('invalid', 'visits.contact_unknown');
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  // An id may be written in capitals; the database writes it in small letters.
  return new Map(ids.map((id) => [id, names.get(id.toLowerCase()) as string]));
}

/** Refuses a site that is not the customer's. */
export async function checkSite(ctx: Context, customerId: string, siteId: string | null): Promise<void> {
  if (siteId === null) return;
  const site = await ctx.db
    .selectFrom('sites')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('id', '=', siteId)
    .executeTakeFirst();
  if (!site) throw new Refusal('invalid', 'visits.site_unknown');
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
