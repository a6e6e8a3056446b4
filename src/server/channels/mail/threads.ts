import { randomInt } from 'node:crypto';
import { threadSubject } from '#domain/channels/subject.ts';
import { tokenAlphabet, tokenLength } from '#domain/channels/thread-token.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { newId } from '../../platform/ids.ts';

export type MailThread = {
  token: string;
  subject: string;
  mailbox_id: string;
  address: string;
  signature: string;
  /** Whether the mailbox has a mail server of its own to send by. */
  has_sender: boolean;
  /** Message-IDs in angle brackets, the oldest first: what mail programs keep a conversation together by. */
  refers_to: string[];
};

// The beginning and the nearest: enough for every mail program, and a header of one line or two.
const mostReferences = 12;

/** Gives a ticket its thread: a secret of its own, the subject that all its mails bear, and where answers come from. */
export async function beginThread(
  ctx: Context,
  thread: {
    ticket: { id: string; customer_id: string; number: number; title: string };
    mailbox_id: string;
    follows: string | null;
  },
): Promise<void> {
  const { ticket } = thread;
  await ctx.db
    .insertInto('ticket_threads')
    .values({
      id: newId(),
      ticket_id: ticket.id,
      customer_id: ticket.customer_id,
      mailbox_id: thread.mailbox_id,
      token: Array.from({ length: tokenLength }, () => tokenAlphabet[randomInt(tokenAlphabet.length)]).join(
        '',
      ),
      subject: threadSubject(titleFor(ticket.title), ticket.number),
      follows_ticket_id: thread.follows,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The thread of a ticket; one that began elsewhere goes on in the first mailbox. Null where there is no mailbox. */
export async function findThread(ctx: Context, ticketId: string): Promise<MailThread | null> {
  const thread = await loadThread(ctx.db, ticketId);
  if (thread) return { ...thread, refers_to: await listReferences(ctx.db, ticketId) };
  const mailbox_id = await findFirstMailbox(ctx.db);
  const ticket =
    mailbox_id &&
    (await ctx.db
      .selectFrom('tickets')
      .select(['id', 'customer_id', 'number', 'title'])
      .where('id', '=', ticketId)
      .executeTakeFirst());
  if (!mailbox_id || !ticket) return null;
  await beginThread(ctx, { ticket, mailbox_id, follows: null });
  const begun = await loadThread(ctx.db, ticketId);
  return begun ? { ...begun, refers_to: await listReferences(ctx.db, ticketId) } : null;
}

/** Whether an answer to a mail about this ticket would come to it. */
export async function isAnswerable(db: Database, ticketId: string): Promise<boolean> {
  return (await loadThread(db, ticketId)) !== undefined || (await findFirstMailbox(db)) !== null;
}

async function loadThread(db: Database, ticketId: string) {
  const row = await db
    .selectFrom('ticket_threads')
    .innerJoin('mailboxes', 'mailboxes.id', 'ticket_threads.mailbox_id')
    .select([
      'ticket_threads.token',
      'ticket_threads.subject',
      'mailboxes.id as mailbox_id',
      'mailboxes.address',
      'mailboxes.signature',
      'mailboxes.smtp_host',
    ])
    .where('ticket_threads.ticket_id', '=', ticketId)
    .where('mailboxes.imap_host', 'is not', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { smtp_host, ...thread } = row;
  return { ...thread, has_sender: smtp_host !== null };
}

async function findFirstMailbox(db: Database): Promise<string | null> {
  const row = await db
    .selectFrom('mailboxes')
    .select('id')
    .where('imap_host', 'is not', null)
    .where('paused_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function listReferences(db: Database, ticketId: string): Promise<string[]> {
  const theirs = await db
    .selectFrom('received_mails')
    .select(['message_id', 'created_at'])
    .where('ticket_id', '=', ticketId)
    .where('outcome', 'in', ['ticket', 'message'])
    .where('message_id', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(200)
    .execute();
  const ours = await db
    .selectFrom('mails')
    .select(['message_id', 'created_at'])
    .where('ticket_id', '=', ticketId)
    .where('mailbox_id', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(200)
    .execute();
  const all = [
    ...theirs
      .filter(({ message_id }) => isPlain(message_id))
      .map((row) => ({ ...row, message_id: `<${row.message_id}>` })),
    ...ours,
  ].sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
  const ids = all.map(({ message_id }) => message_id);
  return ids.length <= mostReferences ? ids : [ids[0] as string, ...ids.slice(1 - mostReferences)];
}

/** An id that came from outside goes into a header of ours only in the form that ids have. */
function isPlain(id: string | null): boolean {
  return id !== null && id.length <= 250 && /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(id);
}

// With “Re:” and the number it stays within what a subject may have.
function titleFor(title: string): string {
  return title
    .slice(0, 90)
    .toWellFormed()
    .replace(/\ufffd$/, '');
}
