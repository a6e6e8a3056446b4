import type { ContactActor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';

/** The contact who asks. The route line lets nobody else in; this is for the compiler and for the next mistake. */
export function contactOf(ctx: Context): ContactActor {
  if (ctx.actor.kind !== 'contact') throw new Refusal('not_found', 'ground.not_found');
  return ctx.actor;
}

/**
 * The tickets that a contact may see: their own, or all of their customer's where the setting says so. Row
 * security says the same again (0006); either alone would do.
 */
export function visibleTickets(ctx: Context) {
  const contact = contactOf(ctx);
  const tickets = ctx.db.selectFrom('tickets').where('tickets.customer_id', '=', contact.customer_id);
  return contact.sees === 'all' ? tickets : tickets.where('tickets.requester_id', '=', contact.contact_id);
}
