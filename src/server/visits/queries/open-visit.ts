import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import { Refusal } from '#domain/ground/refusal.ts';
import type { VisitAbout, VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import { listFilesOf } from '../../platform/files/listing.ts';
import { listQuarantinedOf } from './quarantined.ts';
import { findVisit } from './visit-record.ts';

/** A visit with what surrounds it: all that is read on site, so that a phone can carry it. */
export async function openVisit(ctx: Context, { params }: { params: { id: string } }): Promise<VisitPage> {
  const record = await findVisit(ctx, params.id);
  if (!record) throw new Refusal('not_found', 'ground.not_found');
  const { visit } = record;
  const [around, messages, files, quarantined] = await Promise.all([
    loadAround(ctx, visit),
    listMessages(ctx, visit.ticket_id),
    listFilesOf(ctx.db, 'visit', [visit.id]),
    listQuarantinedOf(ctx, { visit_id: visit.id }),
  ]);
  return {
    visit,
    about: {
      ...around,
      messages,
      files: files.get(visit.id) ?? [],
      quarantined: quarantined.items,
    },
  };
}

type Around = Pick<VisitAbout, 'ticket' | 'customer' | 'site' | 'asset' | 'contract' | 'contacts'>;

/** What stands around a visit as it is given: at the site that this names, whatever the record names by now. */
export async function loadAround(ctx: Context, visit: Visit): Promise<Around> {
  const row = await ctx.db
    .selectFrom('tickets')
    .innerJoin('customers', 'customers.id', 'tickets.customer_id')
    .select((from) => [
      'tickets.id',
      'tickets.number',
      'tickets.title',
      'tickets.kind',
      'tickets.state',
      'tickets.priority',
      'tickets.customer_words',
      'customers.id as customer_id',
      'customers.name as customer_name',
      'customers.zone as customer_zone',
      jsonObjectFrom(
        from
          .selectFrom('sites')
          .select(['sites.id', 'sites.name', 'sites.address', 'sites.city', 'sites.zone'])
          .where('sites.id', '=', visit.site_id),
      ).as('site'),
      jsonObjectFrom(
        from
          .selectFrom('assets')
          .select(['assets.id', 'assets.name', 'assets.model', 'assets.serial', 'assets.version'])
          .whereRef('assets.id', '=', 'tickets.asset_id'),
      ).as('asset'),
      jsonObjectFrom(
        from
          .selectFrom('contracts')
          .select((part) => [
            'contracts.id',
            'contracts.name',
            jsonArrayFrom(
              part
                .selectFrom('covered_items')
                .select(['covered_items.name', 'covered_items.covered', 'covered_items.remark'])
                .whereRef('covered_items.contract_id', '=', 'contracts.id')
                .orderBy('covered_items.id'),
            ).as('covered'),
          ])
          .whereRef('contracts.id', '=', 'tickets.contract_id'),
      ).as('contract'),
      jsonArrayFrom(
        from
          .selectFrom('contacts')
          .select([
            'contacts.id',
            'contacts.name',
            'contacts.form_of_address',
            'contacts.title',
            'contacts.phone',
            'contacts.roles',
            'contacts.reader_level',
          ])
          .whereRef('contacts.customer_id', '=', 'tickets.customer_id')
          .where('contacts.left_at', 'is', null)
          .orderBy('contacts.name')
          .limit(500),
      ).as('contacts'),
    ])
    .where('tickets.id', '=', visit.ticket_id)
    .executeTakeFirstOrThrow();
  const { site, asset, contract, contacts, customer_id, customer_name, customer_zone, ...ticket } = row;
  return {
    ticket,
    customer: { id: customer_id, name: customer_name, zone: customer_zone },
    site,
    asset,
    contract,
    contacts,
  } as Around;
}

/** The ticket's conversation, both voices; so much of it as anybody reads standing. */
async function listMessages(ctx: Context, ticketId: string): Promise<VisitAbout['messages']> {
  const rows = await ctx.db
    .selectFrom('messages')
    .select(['id', 'voice', 'author_name', 'body', 'happened_at'])
    .where('ticket_id', '=', ticketId)
    .orderBy('id', 'desc')
    .limit(300)
    .execute();
  const ids = rows.map(({ id }) => id);
  const files = await listFilesOf(ctx.db, 'message', ids);
  return rows.reverse().map((row) => ({ ...row, files: files.get(row.id) ?? [] })) as VisitAbout['messages'];
}
