import { unlessRefused } from '#domain/ground/refusal.ts';
import type { NoteOnTicket, ReplyToTicket, TicketActed } from '#domain/tickets/commands.ts';
import { refuseReply, stateAfterReply } from '#domain/tickets/replying.ts';
import type { Context } from '../../platform/context.ts';
import { claimFiles } from '../../platform/files/claiming.ts';
import { answerClocks } from './clocks.ts';
import { aboutTicket, loadTicket } from './load-ticket.ts';
import { writeMessage } from './write-message.ts';

type ById = { id: string };

/** Our word to the customer. It meets the first response, and the next update is due anew from here. */
export async function replyToTicket(
  ctx: Context,
  { params, body }: { params: ById; body: ReplyToTicket },
): Promise<TicketActed> {
  const ticket = await loadTicket(ctx, params.id);
  unlessRefused(refuseReply(ticket, body, ctx.now));
  await writeMessage(ctx, ticket, {
    id: body.id,
    voice: 'customer',
    body: body.body,
    no_answer_yet: body.no_answer_yet,
    next_update_at: body.next_update_at,
  });
  await claimFiles(ctx, {
    file_ids: body.file_ids,
    customer_id: ticket.customer_id,
    subject: { kind: 'message', id: body.id },
    visible_to_customer: true,
  });
  const clocks = await answerClocks(ctx, ticket, { next_update_at: body.next_update_at });
  const state = stateAfterReply(ticket);
  await ctx.db
    .updateTable('tickets')
    .set({ state, last_reply_at: ctx.happenedAt, next_due_at: clocks.next_due_at, updated_at: ctx.now })
    .where('id', '=', ticket.id)
    .execute();
  ctx.record({
    name: 'ticket.replied',
    ...aboutTicket(ticket),
    visible_to_customer: true,
    data: {
      message_id: body.id,
      no_answer_yet: body.no_answer_yet,
      next_update_at: body.next_update_at,
      met: clocks.met,
    },
  });
  return {
    id: ticket.id,
    number: ticket.number,
    state,
    updated_at: ctx.now,
    next_due_at: clocks.next_due_at,
    clocks: clocks.views,
  };
}

/** A word among colleagues. It moves no clock and is visible to no customer. */
export async function noteOnTicket(
  ctx: Context,
  { params, body }: { params: ById; body: NoteOnTicket },
): Promise<{ id: string }> {
  const ticket = await loadTicket(ctx, params.id);
  await writeMessage(ctx, ticket, {
    id: body.id,
    voice: 'internal',
    body: body.body,
    no_answer_yet: false,
    next_update_at: null,
  });
  await claimFiles(ctx, {
    file_ids: body.file_ids,
    customer_id: ticket.customer_id,
    subject: { kind: 'message', id: body.id },
    visible_to_customer: false,
  });
  ctx.record({ name: 'ticket.noted', ...aboutTicket(ticket), data: { message_id: body.id } });
  return { id: body.id };
}
