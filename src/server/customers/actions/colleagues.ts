import type { z } from 'zod';
import type { inviteColleague as InviteColleague } from '#domain/customers/commands.ts';
import {
  refuseEndingAccess,
  refuseIfLeft,
  refuseInviting,
  refuseOnOneself,
} from '#domain/customers/portal-access.ts';
import type { ContactActor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { checkEmail } from './contacts.ts';
import { type Invited, letIn, recordAccess, shutOut } from './letting-in.ts';
import { type ById, type LoadedContact, loadContact } from './loading.ts';

/** The customer's administrator asks a colleague in who is not yet among the customer's people. */
export async function inviteColleague(
  ctx: Context,
  { body }: { body: z.output<typeof InviteColleague.body> },
): Promise<Invited> {
  const { customer_id, locale } = administratorOf(ctx);
  const { id, name, title, email, sees } = body;
  await checkEmail(ctx, email, { id, customer_id });
  await ctx.db
    .insertInto('contacts')
    .values({ id, customer_id, name, title, email, locale, portal_sees: sees, created_at: ctx.now })
    .execute();
  const contact = await loadContact(ctx, id);
  recordAccess(ctx, 'contact.created', contact);
  return ctx.asApp(() => letIn(ctx, contact, body.invitation_id));
}

/** A new link, or the way back in, for a colleague who is already among the customer's people. */
export async function inviteColleagueAgain(
  ctx: Context,
  { params, body }: { params: ById; body: { invitation_id: string } },
): Promise<Invited> {
  const colleague = await loadColleague(ctx, params.id);
  const refusal = refuseInviting(colleague, ctx.now);
  if (refusal) throw refusal;
  return ctx.asApp(() => letIn(ctx, colleague, body.invitation_id));
}

/** Whether a colleague sees their own questions or all of the customer's. */
export async function setVisibility(
  ctx: Context,
  { params, body }: { params: ById; body: { sees: 'own' | 'all' } },
) {
  const colleague = await loadColleague(ctx, params.id);
  const refusal = refuseIfLeft(colleague);
  if (refusal) throw refusal;
  if (colleague.portal_sees === body.sees) return { id: colleague.id };
  await ctx.db
    .updateTable('contacts')
    .set({ portal_sees: body.sees })
    .where('id', '=', colleague.id)
    .execute();
  recordAccess(ctx, 'contact.access_set', colleague, {
    from: { sees: colleague.portal_sees },
    to: { sees: body.sees },
  });
  return { id: colleague.id };
}

/** Shuts the portal's door for a colleague, never for oneself. */
export async function endColleaguesAccess(ctx: Context, { params }: { params: ById }) {
  const colleague = await loadColleague(ctx, params.id);
  const refusal =
    refuseOnOneself(colleague.id, administratorOf(ctx).contact_id) ?? refuseEndingAccess(colleague, ctx.now);
  if (refusal) throw refusal;
  await ctx.db
    .updateTable('contacts')
    .set({ portal_ended_at: ctx.now })
    .where('id', '=', colleague.id)
    .execute();
  await ctx.asApp(() => shutOut(ctx, colleague));
  recordAccess(ctx, 'contact.access_ended', colleague);
  return { id: colleague.id };
}

// Row security hides other customers' people already; saying it here too keeps one slip from being enough.
async function loadColleague(ctx: Context, id: string): Promise<LoadedContact> {
  const colleague = await loadContact(ctx, id);
  if (colleague.customer_id !== administratorOf(ctx).customer_id) {
    throw new Refusal('not_found', 'ground.not_found');
  }
  return colleague;
}

function administratorOf(ctx: Context): ContactActor {
  if (ctx.actor.kind !== 'contact' || !ctx.actor.is_customer_administrator) {
    throw new Refusal('not_found', 'ground.not_found');
  }
  return ctx.actor;
}
