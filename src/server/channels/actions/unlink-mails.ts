import type { Context } from '../../platform/context.ts';

/** Mails about tickets that are about to be removed: they went out and stay in the list, about nothing any more. */
export async function unlinkMails(ctx: Context, ticketIds: readonly string[]): Promise<void> {
  await ctx.db
    .updateTable('mails')
    .set({ ticket_id: null, customer_id: null })
    .where('ticket_id', 'in', ticketIds)
    .execute();
}
