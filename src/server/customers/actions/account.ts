import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';

/**
 * An invited contact has made their account: from now on the portal is open to them. Called by the people
 * module in the transaction of the acceptance. A contact who left meanwhile, or whose access was ended, is
 * not let in by an old link.
 */
export async function linkContact(
  ctx: Context,
  link: { contact_id: string; customer_id: string; user_id: string },
): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('contacts')
    .set({ user_id: link.user_id })
    .where('id', '=', link.contact_id)
    .where('customer_id', '=', link.customer_id)
    .where('user_id', 'is', null)
    .where('left_at', 'is', null)
    .where('portal_ended_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Refusal('conflict', 'people.invitation_revoked');
}
