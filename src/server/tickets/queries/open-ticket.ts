import { jsonObjectFrom } from 'kysely/helpers/postgres';
import { Refusal } from '#domain/ground/refusal.ts';
import type { ClockView, MessageView, TicketPage } from '#domain/tickets/commands.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { listFilesOf } from '../../platform/files/listing.ts';
import { selectTicketRows } from './list-tickets.ts';

/** Everything of one ticket that its page shows, in three statements and one for the files. */
export async function openTicketPage(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<TicketPage> {
  const row = await findTicket(ctx.db, params.id);
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  const [clocks, messages] = await Promise.all([listClocks(ctx.db, row.id), listMessages(ctx.db, row.id)]);
  return { ...row, clocks, messages } as TicketPage;
}

async function findTicket(db: Database, id: string) {
  return selectTicketRows(db)
    .select([
      'tickets.channel',
      'tickets.customer_words',
      'customers.zone as customer_zone',
      'contacts.roles as requester_roles',
      'contacts.reader_level as requester_reader_level',
      'contacts.form_of_address as requester_form_of_address',
      'contacts.title as requester_title',
      'tickets.waiting_for',
      'tickets.resolved_at',
      'tickets.done_for_customer',
      'tickets.outcome',
    ])
    .select((from) => [
      jsonObjectFrom(
        from
          .selectFrom('sites')
          .select(['sites.id', 'sites.name'])
          .whereRef('sites.id', '=', 'tickets.site_id'),
      ).as('site'),
      jsonObjectFrom(
        from
          .selectFrom('assets')
          .select(['assets.id', 'assets.name'])
          .whereRef('assets.id', '=', 'tickets.asset_id'),
      ).as('asset'),
      jsonObjectFrom(
        from
          .selectFrom('contracts')
          .select(['contracts.id', 'contracts.name'])
          .whereRef('contracts.id', '=', 'tickets.contract_id'),
      ).as('contract'),
      from
        .selectFrom('contracts')
        .innerJoin('calendars', 'calendars.id', 'contracts.calendar_id')
        .select('calendars.name')
        .whereRef('contracts.id', '=', 'tickets.contract_id')
        .as('calendar_name'),
      jsonObjectFrom(
        from
          .selectFrom('contacts as asked')
          .select(['asked.id', 'asked.name'])
          .whereRef('asked.id', '=', 'tickets.waiting_on_contact_id'),
      ).as('waiting_on'),
      from
        .selectFrom('users as closer')
        .select('closer.name')
        .whereRef('closer.id', '=', 'tickets.closed_by_id')
        .as('closed_by_name'),
      jsonObjectFrom(
        from
          .selectFrom('ratings')
          .select(['ratings.score', 'ratings.words', 'ratings.created_at'])
          .whereRef('ratings.ticket_id', '=', 'tickets.id'),
      ).as('rating'),
    ])
    .where('tickets.id', '=', id)
    .executeTakeFirst()
    .then(
      (row) =>
        row && { ...row, rating: row.rating && { ...row.rating, created_at: iso(row.rating.created_at) } },
    );
}

export async function listClocks(db: Database, ticketId: string): Promise<ClockView[]> {
  const rows = await db
    .selectFrom('ticket_clocks')
    .select(['kind', 'state', 'due_at', 'met_at', 'breached_at'])
    .where('ticket_id', '=', ticketId)
    .orderBy('kind')
    .execute();
  return rows as ClockView[];
}

/** The conversation in order of writing, both voices; the portal has its own query and never calls this one. */
async function listMessages(db: Database, ticketId: string): Promise<MessageView[]> {
  const rows = await db
    .selectFrom('messages')
    .select([
      'id',
      'voice',
      'author_kind',
      'author_id',
      'author_name',
      'body',
      'no_answer_yet',
      'next_update_at',
      'happened_at',
      'received_at',
    ])
    .where('ticket_id', '=', ticketId)
    .orderBy('id')
    // A conversation of more than this is read in the timeline; none of the real ones comes near.
    .limit(1_000)
    .execute();
  const files = await listFilesOf(
    db,
    'message',
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, files: files.get(row.id) ?? [] })) as MessageView[];
}

/** JSON made inside PostgreSQL spells instants its own way. */
function iso(instant: string): string {
  return new Date(instant).toISOString();
}
