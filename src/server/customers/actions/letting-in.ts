import type { Instant } from '#domain/ground/instant.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { closeContactAccount, reopenContactAccount } from '../../people/actions/contact-accounts.ts';
import { revokeInvitationOfContact, sendInvitation } from '../../people/actions/inviting.ts';
import type { Context } from '../../platform/context.ts';
import type { LoadedContact } from './loading.ts';

export type Invited = { id: string; link: string | null; expires_at: Instant | null };

/**
 * Opens the portal to a contact, with the app's rights: somebody who had an account gets it back as it was,
 * anybody else a link. Records `contact.access_opened` or `contact.invited`.
 */
export async function letIn(ctx: Context, contact: LoadedContact, invitationId: string): Promise<Invited> {
  if (contact.user_id !== null) {
    await reopenContactAccount(ctx, contact.user_id);
    await ctx.db
      .updateTable('contacts')
      .set({ portal_ended_at: null })
      .where('id', '=', contact.id)
      .execute();
    recordAccess(ctx, 'contact.access_opened', contact);
    return { id: contact.id, link: null, expires_at: null };
  }
  const { id, name, customer_id, locale } = contact;
  const invitation = await sendInvitation(ctx, {
    id: invitationId,
    kind: 'contact',
    name,
    email: contact.email as string,
    locale,
    contact_id: id,
    customer_id,
  }).catch(sayAddressUnusable);
  await ctx.db
    .updateTable('contacts')
    .set({ invitation_id: invitation.id, invitation_ends_at: invitation.expires_at, portal_ended_at: null })
    .where('id', '=', id)
    .execute();
  recordAccess(ctx, 'contact.invited', contact);
  return { id, link: invitation.link, expires_at: invitation.expires_at };
}

/** Ends account and invitation of a contact, with the app's rights. */
export async function shutOut(ctx: Context, contact: LoadedContact): Promise<void> {
  if (contact.user_id) await closeContactAccount(ctx, contact.user_id);
  await revokeInvitationOfContact(ctx, contact.id);
}

/** What everybody of the customer who manages people may see happen; it says nothing of what we think of them. */
export function recordAccess(
  ctx: Context,
  name: string,
  contact: { id: string; customer_id: string; name: string },
  data: Record<string, unknown> = {},
): void {
  ctx.record({
    name,
    subject: { kind: 'contact', id: contact.id },
    context: { kind: 'customer', id: contact.customer_id },
    customer_id: contact.customer_id,
    contact_id: contact.id,
    visible_to_customer: true,
    data: { name: contact.name, ...data },
  });
}

// Whose account has the address is nobody's business who invites: perhaps another customer's.
function sayAddressUnusable(error: unknown): never {
  if (error instanceof Refusal && error.code === 'people.email_taken') {
    throw new Refusal('conflict', 'contacts.email_unusable', error.params);
  }
  throw error;
}
