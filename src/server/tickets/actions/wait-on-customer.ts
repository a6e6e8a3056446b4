import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { TicketActed } from '#domain/tickets/commands.ts';
import { refuseResuming, refuseWaiting } from '#domain/tickets/waiting.ts';
import type { Context } from '../../platform/context.ts';
import { pauseClocks, resumeClocks } from './clocks.ts';
import { aboutTicket, loadTicket } from './load-ticket.ts';

type ById = { id: string };

/** We need something from the customer: for what, asked of whom, since when. The clocks pause visibly. */
export async function waitOnCustomer(
  ctx: Context,
  { params, body }: { params: ById; body: { waiting_for: string; contact_id: string } },
): Promise<TicketActed> {
  const ticket = await loadTicket(ctx, params.id);
  unlessRefused(refuseWaiting(ticket));
  const contact = await ctx.db
    .selectFrom('contacts')
    .select(['id', 'name'])
    .where('id', '=', body.contact_id)
    .where('customer_id', '=', ticket.customer_id)
    .executeTakeFirst();
  if (!contact) throw new Refusal('invalid', 'tickets.contact_unknown');
  const clocks = await pauseClocks(ctx, ticket, { waiting_for: body.waiting_for, asked_of: contact.name });
  await ctx.db
    .updateTable('tickets')
    .set({
      state: 'waiting_on_customer',
      waiting_for: body.waiting_for,
      waiting_on_contact_id: contact.id,
      waiting_since: ctx.happenedAt,
      next_due_at: clocks.next_due_at,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
  ctx.record({
    name: 'ticket.waited',
    ...aboutTicket(ticket),
    visible_to_customer: true,
    data: { waiting_for: body.waiting_for, contact_id: contact.id, contact_name: contact.name },
  });
  return {
    id: ticket.id,
    number: ticket.number,
    state: 'waiting_on_customer',
    updated_at: ctx.now,
    next_due_at: clocks.next_due_at,
    clocks: clocks.views,
  };
}

/** What we waited for came on another way than the portal: the clocks go on. */
export async function resumeTicket(ctx: Context, { params }: { params: ById }): Promise<TicketActed> {
  const ticket = await loadTicket(ctx, params.id);
  unlessRefused(refuseResuming(ticket));
  const clocks = await resumeClocks(ctx, ticket);
  await ctx.db
    .updateTable('tickets')
    .set({
      state: 'open',
      waiting_for: null,
      waiting_on_contact_id: null,
      waiting_since: null,
      waiting_climbed_at: null,
      next_due_at: clocks.next_due_at,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
  ctx.record({ name: 'ticket.resumed', ...aboutTicket(ticket), visible_to_customer: true, data: {} });
  return {
    id: ticket.id,
    number: ticket.number,
    state: 'open',
    updated_at: ctx.now,
    next_due_at: clocks.next_due_at,
    clocks: clocks.views,
  };
}
