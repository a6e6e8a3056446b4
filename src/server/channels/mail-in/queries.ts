import { readFile } from 'node:fs/promises';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type {
  ListReceived,
  ReceivedPage,
  ReceivedRow,
  TicketMails,
} from '#domain/channels/mailbox-commands.ts';
import type { OwnDesk } from '#domain/channels/own-mail.ts';
import type { MailProblem, ReceivedMail } from '#domain/channels/received-mail.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { pageById } from '../../platform/cursor.ts';
import type { Database } from '../../platform/db/connect.ts';
import { FileStore } from '../../platform/files/store.ts';
import { htmlLines } from './html-lines.ts';
import { loadOwnDesk } from './own-desk.ts';
import { readInThread } from './reading.ts';

function selectReceived(db: Database) {
  return db
    .selectFrom('received_mails')
    .innerJoin('mailboxes', 'mailboxes.id', 'received_mails.mailbox_id')
    .select([
      'received_mails.id',
      'mailboxes.name as mailbox_name',
      'received_mails.from_email',
      'received_mails.from_name',
      'received_mails.subject',
      'received_mails.state',
      'received_mails.outcome',
      'received_mails.failure',
      'received_mails.last_error',
      'received_mails.size_bytes',
      'received_mails.file_id',
      'received_mails.ticket_id',
      'received_mails.arrived_at',
    ]);
}

/** What came in, the latest first, and what became of it. */
export async function listReceived(ctx: Context, { query }: { query: ListReceived }) {
  let rows = selectReceived(ctx.db);
  if (query.mailbox_id) rows = rows.where('received_mails.mailbox_id', '=', query.mailbox_id);
  if (query.state) rows = rows.where('received_mails.state', '=', query.state);
  return (await pageById(rows, 'received_mails.id', query)) as { items: ReceivedRow[]; next: string | null };
}

/** One mail with all that it says, read from its raw bytes: what a message shows is a part of it. */
export async function openReceived(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<ReceivedPage> {
  const row = await selectReceived(ctx.db)
    .select(['received_mails.sha256', 'received_mails.mailed_at', 'received_mails.problems'])
    .where('received_mails.id', '=', params.id)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  const { sha256, ...shown } = row;
  const bytes =
    sha256 && row.file_id
      ? await readFile(new FileStore(ctx.settings.dataDir).pathOf(sha256)).catch(() => null)
      : null;
  const read = bytes ? await readAgain(bytes, await loadOwnDesk(ctx.db, ctx.settings)) : null;
  return {
    ...(shown as ReceivedRow & { mailed_at: string | null }),
    problems: read?.problems ?? (row.problems as MailProblem[]),
    from_email: row.from_email ?? read?.from?.address ?? null,
    from_name: row.from_name ?? (read?.from?.name || null),
    subject: row.subject ?? read?.subject ?? null,
    to: read?.to ?? [],
    cc: read?.cc ?? [],
    text: read ? wholeText(read) : '',
  };
}

// Somebody waits before the screen.
const patienceMs = 10_000;

/** Null for one that takes too long, as it did when it came. */
async function readAgain(raw: Uint8Array, desk: OwnDesk): Promise<ReceivedMail | null> {
  const enclose = { most: 0, most_bytes: 0 };
  return readInThread({ raw, desk, enclose }, patienceMs).then(
    ({ mail }) => mail,
    () => null,
  );
}

/** All that a mail says, as text: of one that is HTML alone, its words without what they looked like. */
function wholeText({ text, html, visible }: ReceivedMail): string {
  if (text || html === null) return text || visible;
  const lines = htmlLines(html)
    ?.lines.map((line) => line.text)
    .join('\n');
  return lines?.trim() || visible;
}

/** The mails behind a ticket's messages, and what the desk should know of where they came from. */
export async function openTicketMails(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<TicketMails> {
  const ticket = await ctx.db
    .selectFrom('tickets')
    .select(['id', 'requester_id'])
    .where('id', '=', params.id)
    .executeTakeFirst();
  if (!ticket) throw new Refusal('not_found', 'ground.not_found');
  const thread = await ctx.db
    .selectFrom('ticket_threads')
    .select((from) => [
      jsonObjectFrom(
        from
          .selectFrom('mailboxes')
          .select(['mailboxes.name', 'mailboxes.address'])
          .whereRef('mailboxes.id', '=', 'ticket_threads.mailbox_id'),
      ).as('mailbox'),
      jsonObjectFrom(
        from
          .selectFrom('tickets')
          .select(['tickets.id', 'tickets.number', 'tickets.title'])
          .whereRef('tickets.id', '=', 'ticket_threads.follows_ticket_id'),
      ).as('follows'),
    ])
    .where('ticket_threads.ticket_id', '=', ticket.id)
    .executeTakeFirst();
  const waits = await ctx.db
    .selectFrom('mail_senders')
    .select('id')
    .where('contact_id', '=', ticket.requester_id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return {
    mailbox: thread?.mailbox ?? null,
    follows: thread?.follows ?? null,
    claims: await findClaims(ctx.db, ticket.id),
    sender_waits: waits !== undefined,
    received: (await listReceivedOf(ctx.db, ticket.id)) as TicketMails['received'],
    sent: (await listSentOf(ctx.db, ticket.id)) as TicketMails['sent'],
  };
}

async function findClaims(db: Database, ticketId: string) {
  const row = await db
    .selectFrom('received_mails')
    .innerJoin('tickets as claimed', 'claimed.id', 'received_mails.claims_ticket_id')
    .select(['claimed.id', 'claimed.number', 'claimed.title'])
    .where('received_mails.ticket_id', '=', ticketId)
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

// As many messages as a ticket's page shows.
const mostMails = 1_000;

function listReceivedOf(db: Database, ticketId: string) {
  return db
    .selectFrom('received_mails')
    .select(['id', 'about_message_id as message_id', 'from_email', 'file_id', 'problems'])
    .where('ticket_id', '=', ticketId)
    .where('about_message_id', 'is not', null)
    .orderBy('id')
    .limit(mostMails)
    .execute();
}

function listSentOf(db: Database, ticketId: string) {
  return db
    .selectFrom('mails')
    .select([
      'about_message_id as message_id',
      'to_email',
      'state',
      'failure',
      'last_error',
      'sent_at',
      'next_try_at',
    ])
    .where('ticket_id', '=', ticketId)
    .where('about_message_id', 'is not', null)
    .orderBy('id')
    .limit(mostMails)
    .execute();
}
