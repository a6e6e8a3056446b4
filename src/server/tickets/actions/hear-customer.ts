import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import { firstGuess } from '#domain/tickets/priority.ts';
import { stateAfterCustomerWord } from '#domain/tickets/replying.ts';
import type { TicketKind, TicketState } from '#domain/tickets/ticket.ts';
import { titleFromWords } from '#domain/tickets/title.ts';
import type { Context } from '../../platform/context.ts';
import { claimFiles } from '../../platform/files/claiming.ts';
import { findSaidAlready } from '../queries/said-already.ts';
import { resumeClocks } from './clocks.ts';
import { openTicket } from './create-ticket.ts';
import { aboutTicket, type LoadedTicket, loadTicket } from './load-ticket.ts';
import { writeMessage } from './write-message.ts';

export type ContactAsk = {
  id: string;
  message_id: string;
  words: string;
  kind: TicketKind;
  felt_severity: number | null;
  site_id: string | null;
  file_ids: string[];
};

/**
 * What a contact writes in the portal becomes a ticket in their own words; we judge its severity later. Where they have
 * just mailed the same, it is a word in that ticket (R1: one message never makes two tickets).
 */
export async function openTicketForContact(
  ctx: Context,
  ask: ContactAsk,
): Promise<{ id: string; number: number }> {
  const contact = contactOf(ctx);
  const { contact_id } = contact;
  const mailed = await ctx.asApp(() => findSaidAlready(ctx, { contact_id, words: ask.words, by: 'mail' }));
  if (mailed) {
    const body = { id: ask.message_id, words: ask.words, file_ids: ask.file_ids };
    await replyAsContact(ctx, { params: { id: mailed.id }, body });
    return mailed;
  }
  return openTicket(ctx, {
    id: ask.id,
    customer_id: contact.customer_id,
    requester_id: contact.contact_id,
    site_id: ask.site_id,
    asset_id: null,
    kind: ask.kind,
    title: titleFromWords(ask.words),
    body: ask.words,
    ...firstGuess(ask.felt_severity),
    felt_severity: ask.felt_severity,
    channel: 'portal',
    file_ids: ask.file_ids,
    author: { kind: 'contact', id: contact.contact_id, name: contact.name },
    first_message_id: ask.message_id,
  });
}

/** A contact's further word. It ends the waiting for them, and the clocks go on. */
export async function replyAsContact(
  ctx: Context,
  { params, body }: { params: { id: string }; body: { id: string; words: string; file_ids: string[] } },
): Promise<{ id: string }> {
  const ticket = await loadTicket(ctx, params.id);
  const state = unlessRefused(stateAfterCustomerWord(ticket));
  await writeMessage(ctx, ticket, {
    id: body.id,
    voice: 'customer',
    body: body.words,
    no_answer_yet: false,
    next_update_at: null,
  });
  await ctx.asApp(async () => {
    await claimFiles(ctx, {
      file_ids: body.file_ids,
      customer_id: ticket.customer_id,
      subject: { kind: 'message', id: body.id },
      visible_to_customer: true,
    });
    await endWaiting(ctx, ticket, state);
  });
  recordAnswer(ctx, ticket, body.id);
  return { id: body.id };
}

/** The customer has spoken: what waited for them goes on. */
export async function endWaiting(ctx: Context, ticket: LoadedTicket, state: TicketState): Promise<void> {
  const clocks = await resumeClocks(ctx, ticket);
  await ctx.db
    .updateTable('tickets')
    .set({
      state,
      waiting_for: null,
      waiting_on_contact_id: null,
      waiting_since: null,
      waiting_climbed_at: null,
      last_customer_message_at: ctx.happenedAt,
      next_due_at: clocks.next_due_at,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
}

export function recordAnswer(ctx: Context, ticket: LoadedTicket, messageId: string): void {
  ctx.record({
    name: 'ticket.answered',
    ...aboutTicket(ticket),
    visible_to_customer: true,
    data: { message_id: messageId },
  });
}

/** The customer's own verdict on a closed ticket, given once. */
export async function rateTicket(
  ctx: Context,
  { params, body }: { params: { id: string }; body: { id: string; score: number; words: string | null } },
): Promise<{ id: string }> {
  const contact = contactOf(ctx);
  const ticket = await loadTicket(ctx, params.id);
  if (ticket.state !== 'closed') throw new Refusal('conflict', 'tickets.not_closed');
  const earlier = await ctx.db
    .selectFrom('ratings')
    .select('id')
    .where('ticket_id', '=', ticket.id)
    .executeTakeFirst();
  if (earlier) throw new Refusal('conflict', 'tickets.already_rated');
  await ctx.db
    .insertInto('ratings')
    .values({
      id: body.id,
      ticket_id: ticket.id,
      customer_id: ticket.customer_id,
      contact_id: contact.contact_id,
      score: body.score,
      words: body.words,
      created_at: ctx.now,
    })
    .execute();
  ctx.record({
    name: 'ticket.rated',
    ...aboutTicket(ticket),
    visible_to_customer: true,
    data: { score: body.score },
  });
  return { id: body.id };
}

function contactOf(ctx: Context) {
  if (ctx.actor.kind !== 'contact') throw new Refusal('not_found', 'ground.not_found');
  return ctx.actor;
}
