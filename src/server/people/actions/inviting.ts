import { randomBytes } from 'node:crypto';
import type { StaffRole } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { invitationEnd, refuseAccepting, refuseChangingInvitation } from '#domain/people/inviting.ts';
import { refusePassword } from '#domain/people/passwords.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { loadFirm } from '../queries/firm.ts';
import { hashSecret } from '../sign-in.ts';
import { addAccount, hashNewPassword, refuseTakenEmail } from './accounts.ts';

export type SentInvitation = { id: string; link: string; expires_at: string };

export type Invitee = {
  id: string;
  name: string;
  email: string;
  locale: string;
} & (
  | { kind: 'staff'; roles: readonly StaffRole[] }
  | { kind: 'contact'; contact_id: string; customer_id: string }
);

/** An administrator lets a colleague in. */
export async function inviteStaff(
  ctx: Context,
  { body }: { body: { id: string; name: string; email: string; roles: StaffRole[]; locale: string } },
): Promise<SentInvitation> {
  return sendInvitation(ctx, { ...body, kind: 'staff' });
}

/**
 * Makes an invitation and mails its link; an open one to the same address ends with it. For contacts it is
 * called by the customers module, which has seen to who may invite whom. Needs the app's rights.
 */
export async function sendInvitation(ctx: Context, invitee: Invitee): Promise<SentInvitation> {
  if (!ctx.actor.id) throw new Error('an invitation has somebody who invites');
  const email = invitee.email.toLowerCase();
  await refuseTakenEmail(ctx.db, email);
  await ctx.db
    .updateTable('invitations')
    .set({ revoked_at: ctx.now })
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
  const token = newToken();
  const expires_at = invitationEnd(ctx.now);
  const contact = invitee.kind === 'contact' ? invitee : null;
  const { id, kind, name, locale } = invitee;
  await ctx.db
    .insertInto('invitations')
    .values({
      id,
      kind,
      name,
      email,
      roles: invitee.kind === 'staff' ? [...invitee.roles] : [],
      contact_id: contact?.contact_id ?? null,
      customer_id: contact?.customer_id ?? null,
      locale,
      token_sha256: hashSecret(token),
      invited_by_id: ctx.actor.id,
      expires_at,
      created_at: ctx.now,
    })
    .execute();
  const link = await mailLink(ctx, { name, email, locale, kind, token, expires_at });
  ctx.record({
    name: 'invitation.sent',
    subject: { kind: 'invitation', id },
    customer_id: contact?.customer_id,
    contact_id: contact?.contact_id,
    data: { name, email, kind, roles: invitee.kind === 'staff' ? invitee.roles : [] },
  });
  return { id, link, expires_at };
}

/** A new link with a new end; the old one no longer opens anything. */
export async function resendInvitation(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<SentInvitation> {
  const invitation = await lockInvitation(ctx, params.id);
  const refusal = refuseChangingInvitation(invitation, ctx.now);
  if (refusal) throw refusal;
  await refuseTakenEmail(ctx.db, invitation.email);
  const token = newToken();
  const expires_at = invitationEnd(ctx.now);
  await ctx.db
    .updateTable('invitations')
    .set({ token_sha256: hashSecret(token), expires_at })
    .where('id', '=', params.id)
    .execute();
  const link = await mailLink(ctx, { ...invitation, token, expires_at });
  recordOn(ctx, 'invitation.sent_again', invitation);
  return { id: params.id, link, expires_at };
}

export async function revokeInvitation(ctx: Context, { params }: { params: { id: string } }) {
  const invitation = await lockInvitation(ctx, params.id);
  const refusal = refuseChangingInvitation(invitation, ctx.now);
  if (refusal) throw refusal;
  await ctx.db.updateTable('invitations').set({ revoked_at: ctx.now }).where('id', '=', params.id).execute();
  recordOn(ctx, 'invitation.revoked', invitation);
  return { id: params.id };
}

/** Ends a contact's open invitation, for the customers module; nothing happens when there is none. */
export async function revokeInvitationOfContact(ctx: Context, contactId: string): Promise<void> {
  await ctx.db
    .updateTable('invitations')
    .set({ revoked_at: ctx.now })
    .where('contact_id', '=', contactId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
}

type Acceptance = { token: string; name: string; password: string; locale: string; zone: string };

/** Tells the customers module, in the same transaction, whose account a contact now has. */
export type LinkContact = (
  ctx: Context,
  link: { contact_id: string; customer_id: string; user_id: string },
) => Promise<void>;

/** The invited person sets a name and a password and has an account; the screen then signs them in. */
export function makeAcceptInvitation(linkContact: LinkContact) {
  return async (ctx: Context, { body }: { body: Acceptance }) => {
    const invitation = await ctx.db
      .selectFrom('invitations')
      .selectAll()
      .where('token_sha256', '=', hashSecret(body.token))
      .forUpdate()
      .executeTakeFirst();
    if (!invitation) throw new Refusal('not_found', 'people.invitation_unknown');
    const refusal =
      refuseAccepting(invitation, ctx.now) ?? refusePassword(body.password, [body.name, invitation.email]);
    if (refusal) throw refusal;
    const user_id = newId();
    const kind = invitation.kind as 'staff' | 'contact';
    const { email, contact_id, customer_id } = invitation;
    await addAccount(ctx, {
      id: user_id,
      kind,
      name: body.name,
      email,
      roles: invitation.roles as StaffRole[],
      locale: body.locale,
      zone: body.zone,
      passwordHash: await hashNewPassword(body.password),
    });
    await ctx.db
      .updateTable('invitations')
      .set({ accepted_at: ctx.now, accepted_user_id: user_id })
      .where('id', '=', invitation.id)
      .execute();
    if (contact_id && customer_id) await linkContact(ctx, { contact_id, customer_id, user_id });
    recordOn(ctx, 'invitation.accepted', { ...invitation, name: body.name, user_id });
    return { user_id, email, kind };
  };
}

function recordOn(
  ctx: Context,
  name: string,
  invitation: {
    id: string;
    name: string;
    email: string;
    customer_id: string | null;
    contact_id: string | null;
    user_id?: string;
  },
): void {
  ctx.record({
    name,
    subject: { kind: 'invitation', id: invitation.id },
    customer_id: invitation.customer_id,
    contact_id: invitation.contact_id,
    data: {
      name: invitation.name,
      email: invitation.email,
      ...(invitation.user_id && { user_id: invitation.user_id }),
    },
  });
}

async function lockInvitation(ctx: Context, id: string) {
  const row = await ctx.db
    .selectFrom('invitations')
    .select([
      'id',
      'kind',
      'name',
      'email',
      'locale',
      'contact_id',
      'customer_id',
      'expires_at',
      'accepted_at',
      'revoked_at',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'people.invitation_unknown');
  return row;
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

async function mailLink(
  ctx: Context,
  to: { name: string; email: string; locale: string; kind: string; token: string; expires_at: string },
): Promise<string> {
  const link = `${ctx.settings.publicUrl}/invitation/${to.token}`;
  ctx.enqueue('channels.mail', {
    to: to.email,
    locale: to.locale,
    template: to.kind === 'staff' ? 'staff_invitation' : 'portal_invitation',
    params: {
      name: to.name,
      firm: (await loadFirm(ctx.db)).name,
      invited_by: ctx.actor.name,
      link,
      expires_at: to.expires_at,
    },
  });
  return link;
}
