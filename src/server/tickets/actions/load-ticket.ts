import { Refusal } from '#domain/ground/refusal.ts';
import type { TicketKind, TicketState } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';

export type LoadedTicket = {
  id: string;
  number: number;
  customer_id: string;
  requester_id: string;
  kind: TicketKind;
  title: string;
  state: TicketState;
  assignee_id: string | null;
  closed_at: string | null;
};

/** The ticket with its row locked, if the actor may see it; otherwise it does not exist. */
export async function loadTicket(ctx: Context, id: string): Promise<LoadedTicket> {
  const row = await ctx.db
    .selectFrom('tickets')
    // Only what the portal role may read too: an act of a contact comes through here as well.
    .select([
      'id',
      'number',
      'customer_id',
      'requester_id',
      'kind',
      'title',
      'state',
      'assignee_id',
      'closed_at',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row as LoadedTicket;
}

/** Where an event on a ticket belongs: its subject, whose it is, and which contact's own matter. */
export function aboutTicket(ticket: { id: string; customer_id: string; requester_id: string }) {
  return {
    subject: { kind: 'ticket', id: ticket.id },
    customer_id: ticket.customer_id,
    contact_id: ticket.requester_id,
  };
}
