import { sql } from 'kysely';
import type { MailboxView } from '#domain/channels/mailbox-commands.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';

export const editable = [
  'name',
  'address',
  'sender_name',
  'signature',
  'locale',
  'ticket_kind',
  'assignee_id',
  'after_closing',
  'sends_receipts',
  'imap_host',
  'imap_port',
  'imap_security',
  'imap_user',
  'imap_folder',
  'takes_existing',
  'smtp_host',
  'smtp_port',
  'smtp_security',
  'smtp_user',
  'plain_allowed',
] as const;

function selectMailboxes(db: Database) {
  return db
    .selectFrom('mailboxes')
    .leftJoin('users as assignee', 'assignee.id', 'mailboxes.assignee_id')
    .leftJoin('users as pauser', 'pauser.id', 'mailboxes.paused_by_id')
    .select([
      'mailboxes.id',
      'mailboxes.name',
      'mailboxes.address',
      'mailboxes.sender_name',
      'mailboxes.signature',
      'mailboxes.locale',
      'mailboxes.ticket_kind',
      'mailboxes.assignee_id',
      'mailboxes.after_closing',
      'mailboxes.sends_receipts',
      'mailboxes.imap_host',
      'mailboxes.imap_port',
      'mailboxes.imap_security',
      'mailboxes.imap_user',
      'mailboxes.imap_folder',
      'mailboxes.takes_existing',
      'mailboxes.smtp_host',
      'mailboxes.smtp_port',
      'mailboxes.smtp_security',
      'mailboxes.smtp_user',
      'mailboxes.plain_allowed',
      'assignee.name as assignee_name',
      'mailboxes.paused_at',
      'pauser.name as paused_by_name',
      'mailboxes.state',
      'mailboxes.failure',
      'mailboxes.last_error',
      'mailboxes.failing_since',
      'mailboxes.next_try_at',
      'mailboxes.connected_at',
      'mailboxes.looked_at',
      'mailboxes.last_mail_at',
      'mailboxes.waits_by',
      'mailboxes.quota_percent',
      'mailboxes.created_at',
    ])
    .select((from) => [
      sql<boolean>`mailboxes.imap_password is not null`.as('has_imap_password'),
      sql<boolean>`mailboxes.smtp_password is not null`.as('has_smtp_password'),
      ...(['waiting', 'failed'] as const).map((state) =>
        from
          .selectFrom('received_mails')
          .select(from.fn.countAll<number>().as('n'))
          .whereRef('received_mails.mailbox_id', '=', 'mailboxes.id')
          .where('received_mails.state', '=', state)
          .as(`${state}_count`),
      ),
    ]);
}

/** All mailboxes with how they are: there are a handful, and whoever looks wants to see each. */
export async function listMailboxes(ctx: Context) {
  const rows = await selectMailboxes(ctx.db)
    .orderBy('mailboxes.created_at')
    .orderBy('mailboxes.id')
    .execute();
  const waiting = await sql<{ n: number }>`select count(*)::int as n from (
    select from mail_senders where state = 'waiting' limit 100) counted`.execute(ctx.db);
  return {
    items: rows.map(viewOf),
    waiting_senders: waiting.rows[0]?.n ?? 0,
    default_sender: ctx.settings.smtp?.from ?? null,
  };
}

export async function openMailbox(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<MailboxView> {
  const row = await selectMailboxes(ctx.db).where('mailboxes.id', '=', params.id).executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return viewOf(row);
}

function viewOf(row: Awaited<ReturnType<ReturnType<typeof selectMailboxes>['executeTakeFirstOrThrow']>>) {
  return {
    ...row,
    waiting_count: Number(row.waiting_count ?? 0),
    failed_count: Number(row.failed_count ?? 0),
  } as MailboxView;
}

/** What stands in the way of mail, as codes for /api/health: names of mailboxes are nobody's business there. */
export async function findMailboxTrouble(db: Database): Promise<string[]> {
  const { rows } = await sql<{ failure: string; n: number }>`select failure, count(*)::int as n from mailboxes
    where state = 'failing' and paused_at is null group by failure order by failure`.execute(db);
  const unread = await sql<{ n: number }>`select count(*)::int as n from (
    select from received_mails where state = 'failed' limit 1000) counted`.execute(db);
  const failed = unread.rows[0]?.n ?? 0;
  return [
    ...rows.map(({ failure, n }) => `mailboxes_failing:${failure}:${n}`),
    ...(failed > 0 ? [`mails_unread:${failed}`] : []),
  ];
}

const counted = (text: string) => async (db: Database) => {
  const { rows } = await sql.raw<{ n: number }>(`select count(*)::int as n from ${text}`).execute(db);
  return rows[0]?.n ?? 0;
};

/** How mail is, for those who watch machines; counted on partial indexes. */
export const mailNumbers = [
  {
    name: 'mailboxes_failing',
    help: 'Mailboxes that cannot be read',
    read: counted(`mailboxes where state = 'failing' and paused_at is null`),
  },
  {
    name: 'received_mails_waiting',
    help: 'Mails that are kept and not yet read',
    read: counted(`received_mails where state = 'waiting'`),
  },
  {
    name: 'received_mails_failed',
    help: 'Mails that could not be read',
    read: counted(`received_mails where state = 'failed'`),
  },
  {
    name: 'mails_waiting',
    help: 'Mails that wait to leave',
    read: counted(`mails where state = 'waiting'`),
  },
];
