import { refuseEndingAccess, refuseIfLeft, refuseInviting } from '#domain/customers/portal-access.ts';
import type { Context } from '../../platform/context.ts';
import { type Invited, letIn, recordAccess, shutOut } from './letting-in.ts';
import { type ById, loadContact, loadServedCustomer } from './loading.ts';

/** Asks a contact into the portal: a link to send or to show. A door that was shut is only opened again. */
export async function inviteContact(
  ctx: Context,
  { params, body }: { params: ById; body: { invitation_id: string } },
): Promise<Invited> {
  const contact = await loadContact(ctx, params.id);
  await loadServedCustomer(ctx, contact.customer_id);
  const refusal = refuseInviting(contact, ctx.now);
  if (refusal) throw refusal;
  return letIn(ctx, contact, body.invitation_id);
}

/** How much a contact sees in the portal, and whether they manage their colleagues there. */
export async function setAccess(
  ctx: Context,
  { params, body }: { params: ById; body: { sees: 'own' | 'all'; is_customer_administrator: boolean } },
) {
  const contact = await loadContact(ctx, params.id);
  await loadServedCustomer(ctx, contact.customer_id);
  const refusal = refuseIfLeft(contact);
  if (refusal) throw refusal;
  const from = { sees: contact.portal_sees, is_customer_administrator: contact.is_customer_administrator };
  if (from.sees === body.sees && from.is_customer_administrator === body.is_customer_administrator) {
    return { id: contact.id };
  }
  await ctx.db
    .updateTable('contacts')
    .set({ portal_sees: body.sees, is_customer_administrator: body.is_customer_administrator })
    .where('id', '=', contact.id)
    .execute();
  recordAccess(ctx, 'contact.access_set', contact, { from, to: body });
  return { id: contact.id };
}

/** Shuts the portal's door for somebody who is still with the customer. */
export async function endAccess(ctx: Context, { params }: { params: ById }) {
  const contact = await loadContact(ctx, params.id);
  await loadServedCustomer(ctx, contact.customer_id);
  const refusal = refuseEndingAccess(contact, ctx.now);
  if (refusal) throw refusal;
  await ctx.db
    .updateTable('contacts')
    .set({ portal_ended_at: ctx.now })
    .where('id', '=', contact.id)
    .execute();
  await shutOut(ctx, contact);
  recordAccess(ctx, 'contact.access_ended', contact);
  return { id: contact.id };
}

/**
 * A contact is no longer with the customer. Their tickets and promises keep their name; whoever works on those
 * hears of it by the event. The portal is closed to them at once.
 */
export async function contactLeaves(ctx: Context, { params }: { params: ById }) {
  const contact = await loadContact(ctx, params.id);
  await loadServedCustomer(ctx, contact.customer_id);
  const refusal = refuseIfLeft(contact);
  if (refusal) throw refusal;
  await ctx.db
    .updateTable('contacts')
    .set({ left_at: ctx.now, is_customer_administrator: false })
    .where('id', '=', contact.id)
    .execute();
  await shutOut(ctx, contact);
  recordAccess(ctx, 'contact.left', contact);
  return { id: contact.id };
}
