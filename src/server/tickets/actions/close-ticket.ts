import { unlessRefused } from '#domain/ground/refusal.ts';
import { type ComingVisit, refuseClosing, refuseReopening } from '#domain/tickets/closing.ts';
import type { TicketActed } from '#domain/tickets/commands.ts';
import type { Outcome } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';
import { listOpenPromisesOf } from '../../promises/queries.ts';
import { reopenClocks, stopClocks } from './clocks.ts';
import { aboutTicket, loadTicket } from './load-ticket.ts';

type ById = { id: string };

type ListComing = (ctx: Context, ticketId: string) => Promise<ComingVisit[]>;
let listComing: ListComing = async () => [];

/** Visits stand right of tickets and can refuse their closing: told once at start how to find those of a ticket. */
export function closingWaitsFor(list: ListComing): void {
  listComing = list;
}

/** Closes a ticket with words for the customer about what was done, once all that was promised is settled and nobody is to travel for it. */
export async function closeTicket(
  ctx: Context,
  { params, body }: { params: ById; body: { outcome: Outcome; done_for_customer: string } },
): Promise<TicketActed> {
  const ticket = await loadTicket(ctx, params.id);
  const promises = await listOpenPromisesOf(ctx.db, { kind: 'ticket', id: ticket.id });
  unlessRefused(refuseClosing(ticket, { promises, visits: await listComing(ctx, ticket.id) }));
  const clocks = await stopClocks(ctx, ticket);
  await ctx.db
    .updateTable('tickets')
    .set({
      state: 'closed',
      outcome: body.outcome,
      done_for_customer: body.done_for_customer,
      resolved_at: ctx.happenedAt,
      closed_at: ctx.happenedAt,
      closed_by_id: ctx.actor.id,
      waiting_for: null,
      waiting_on_contact_id: null,
      waiting_since: null,
      waiting_climbed_at: null,
      next_due_at: null,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
  ctx.record({
    name: 'ticket.closed',
    ...aboutTicket(ticket),
    visible_to_customer: true,
    data: { outcome: body.outcome, done_for_customer: body.done_for_customer, clocks: clocks.views },
  });
  return {
    id: ticket.id,
    number: ticket.number,
    state: 'closed',
    updated_at: ctx.now,
    next_due_at: null,
    clocks: clocks.views,
  };
}

/** Opens a closed ticket again; its clocks go on with the time they had used. */
export async function reopenTicket(
  ctx: Context,
  { params, body }: { params: ById; body: { reason: string } },
): Promise<TicketActed> {
  const ticket = await loadTicket(ctx, params.id);
  unlessRefused(refuseReopening(ticket));
  const clocks = await reopenClocks(ctx, ticket);
  await ctx.db
    .updateTable('tickets')
    .set({
      state: 'open',
      outcome: null,
      done_for_customer: null,
      resolved_at: null,
      closed_at: null,
      closed_by_id: null,
      next_due_at: clocks.next_due_at,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
  ctx.record({
    name: 'ticket.reopened',
    ...aboutTicket(ticket),
    visible_to_customer: true,
    data: { reason: body.reason },
  });
  return {
    id: ticket.id,
    number: ticket.number,
    state: 'open',
    updated_at: ctx.now,
    next_due_at: clocks.next_due_at,
    clocks: clocks.views,
  };
}
