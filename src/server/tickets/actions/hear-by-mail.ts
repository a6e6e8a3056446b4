import { unlessRefused } from '#domain/ground/refusal.ts';
import type { TicketActed } from '#domain/tickets/commands.ts';
import { firstGuess } from '#domain/tickets/priority.ts';
import { stateAfterCustomerWord } from '#domain/tickets/replying.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';
import { reopenTicket } from './close-ticket.ts';
import { openTicket } from './create-ticket.ts';
import { endWaiting, recordAnswer } from './hear-customer.ts';
import { aboutTicket, loadTicket } from './load-ticket.ts';

export type MailAuthor = { contact_id: string; name: string };

/** What somebody wrote us by mail becomes a ticket; nobody of us has judged it yet. */
export async function openTicketByMail(
  ctx: Context,
  mail: {
    id: string;
    message_id: string;
    customer_id: string;
    author: MailAuthor;
    kind: TicketKind;
    assignee_id: string | null;
    title: string;
    words: string;
  },
): Promise<TicketActed> {
  const { author } = mail;
  const opened = await openTicket(ctx, {
    id: mail.id,
    customer_id: mail.customer_id,
    requester_id: author.contact_id,
    site_id: null,
    asset_id: null,
    kind: mail.kind,
    title: mail.title,
    body: mail.words,
    ...firstGuess(null),
    felt_severity: null,
    channel: 'mail',
    assignee_id: mail.assignee_id,
    file_ids: [],
    author: { kind: 'contact', id: author.contact_id, name: author.name },
    first_message_id: mail.message_id,
  });
  if (mail.assignee_id)
    ctx.record({
      name: 'ticket.assigned',
      ...aboutTicket({ id: mail.id, customer_id: mail.customer_id, requester_id: author.contact_id }),
      visible_to_customer: true,
      data: { from: null, to: mail.assignee_id },
    });
  return opened;
}

/** A further word by mail, under its author's name; a closed ticket is opened again with `reopen` as its reason. */
export async function takeWordByMail(
  ctx: Context,
  mail: { ticket_id: string; message_id: string; author: MailAuthor; words: string; reopen: string | null },
): Promise<void> {
  const { reopen } = mail;
  const found = await loadTicket(ctx, mail.ticket_id);
  if (found.state === 'closed' && reopen !== null)
    await reopenTicket(ctx, { params: { id: found.id }, body: { reason: reopen } });
  const ticket = found.state === 'closed' && reopen !== null ? await loadTicket(ctx, found.id) : found;
  const state = unlessRefused(stateAfterCustomerWord(ticket));
  await ctx.db
    .insertInto('messages')
    .values({
      id: mail.message_id,
      ticket_id: ticket.id,
      customer_id: ticket.customer_id,
      voice: 'customer',
      author_kind: 'contact',
      author_id: mail.author.contact_id,
      author_name: mail.author.name,
      body: mail.words,
      happened_at: ctx.happenedAt,
      received_at: ctx.now,
      created_at: ctx.now,
    })
    .execute();
  await endWaiting(ctx, ticket, state);
  recordAnswer(ctx, ticket, mail.message_id);
}
