import { sql } from 'kysely';
import type { ClaimedTicket } from '#domain/channels/placing.ts';
import type { ReceivedMail } from '#domain/channels/received-mail.ts';
import { numberInSubject } from '#domain/channels/subject.ts';
import { findTokenInMessageId } from '#domain/channels/thread-token.ts';
import type { Context } from '../../platform/context.ts';

// The nearest ancestors say it; a header of hundreds is somebody's play.
const mostReferences = 30;

type Claim = { ticket_id: string; by: ClaimedTicket['by'] };

/** The ticket that a mail says it belongs to: by our token, else by the mails it answers, else by the number. */
export async function findClaimed(
  ctx: Context,
  mail: ReceivedMail,
  sender: { email: string; contact_id: string | null },
): Promise<ClaimedTicket | null> {
  const claim =
    (await byToken(ctx, mail)) ?? (await byReferences(ctx, mail)) ?? (await byNumber(ctx, mail.subject));
  if (!claim) return null;
  const ticket = await ctx.db
    .selectFrom('tickets')
    .select(['id', 'customer_id', 'requester_id', 'state'])
    .where('id', '=', claim.ticket_id)
    .executeTakeFirst();
  if (!ticket) return null;
  const invited = await ctx.db
    .selectFrom('ticket_participants')
    .select('id')
    .where('ticket_id', '=', ticket.id)
    .where('email', '=', sender.email)
    .executeTakeFirst();
  return {
    ticket_id: ticket.id,
    customer_id: ticket.customer_id,
    is_closed: ticket.state === 'closed',
    by: claim.by,
    is_participant: invited !== undefined,
    is_own: sender.contact_id !== null && sender.contact_id === ticket.requester_id,
  };
}

async function byToken(ctx: Context, mail: ReceivedMail): Promise<Claim | null> {
  const inIds = ancestorsOf(mail).map(findTokenInMessageId);
  const tokens = [...new Set([mail.thread.token, ...inIds])].filter((token) => token !== null);
  if (tokens.length === 0) return null;
  const thread = await ctx.db
    .selectFrom('ticket_threads')
    .select('ticket_id')
    .where('token', 'in', tokens)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return thread ? { ticket_id: thread.ticket_id, by: 'token' } : null;
}

/** The newest mail of the thread that we know, ours or theirs, whose ticket we know. */
async function byReferences(ctx: Context, mail: ReceivedMail): Promise<Claim | null> {
  const ids = ancestorsOf(mail);
  if (ids.length === 0) return null;
  const { rows } = await sql<{ message_id: string; ticket_id: string }>`
    select trim(both '<>' from message_id) as message_id, ticket_id from mails
      where message_id = any(${ids.map((one) => `<${one}>`)}::text[]) and ticket_id is not null
    union all
    select message_id, ticket_id from received_mails
      where message_id = any(${ids}::text[]) and ticket_id is not null and outcome in ('ticket', 'message')`.execute(
    ctx.db,
  );
  const nearest = ids
    .map((one) => rows.find((row) => row.message_id === one))
    .find((row) => row !== undefined);
  return nearest ? { ticket_id: nearest.ticket_id, by: 'reference' } : null;
}

async function byNumber(ctx: Context, subject: string): Promise<Claim | null> {
  const number = numberInSubject(subject);
  if (number === null) return null;
  const ticket = await ctx.db
    .selectFrom('tickets')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirst();
  return ticket ? { ticket_id: ticket.id, by: 'number' } : null;
}

/** The nearest first. */
function ancestorsOf(mail: ReceivedMail): string[] {
  return [...new Set([...mail.in_reply_to, ...mail.references.toReversed()])].slice(0, mostReferences);
}
