import type { ListMails, MailPage, MailRow } from '#domain/channels/commands.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { pageById } from '../../platform/cursor.ts';
import type { Database } from '../../platform/db/connect.ts';

function selectMails(db: Database) {
  return db
    .selectFrom('mails')
    .leftJoin('customers', 'customers.id', 'mails.customer_id')
    .select([
      'mails.id',
      'mails.to_email',
      'mails.to_name',
      'mails.subject',
      'mails.template',
      'mails.state',
      'mails.attempts',
      'mails.failure',
      'mails.last_error',
      'mails.next_try_at',
      'mails.ticket_id',
      'customers.name as customer_name',
      'mails.created_at',
      'mails.sent_at',
    ]);
}

/** What went out, waits or failed, the latest first, and whether there is a mail server at all. */
export async function listMails(ctx: Context, { query }: { query: ListMails }) {
  let rows = selectMails(ctx.db);
  if (query.state) rows = rows.where('mails.state', '=', query.state);
  const { smtp } = ctx.settings;
  return {
    ...((await pageById(rows, 'mails.id', query)) as { items: MailRow[]; next: string | null }),
    server: { configured: smtp !== null, from: smtp?.from ?? null },
  };
}

export async function openMail(ctx: Context, { params }: { params: { id: string } }): Promise<MailPage> {
  const row = await selectMails(ctx.db)
    .select(['mails.locale', 'mails.text'])
    .where('mails.id', '=', params.id)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row as MailPage;
}

export async function loadMailRow(ctx: Context, id: string): Promise<MailRow> {
  const row = await selectMails(ctx.db).where('mails.id', '=', id).executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row as MailRow;
}
