import type { Context } from '../../platform/context.ts';
import { forgetTrustedBrowsers } from '../sign-in-story.ts';
import { endSessions } from './accounts.ts';

/**
 * Shuts a contact's account at once, for the customers module, which records the act. Needs the app's rights.
 * Shut twice is shut once.
 */
export async function closeContactAccount(ctx: Context, userId: string): Promise<void> {
  await ctx.db
    .updateTable('users')
    .set({ disabled_at: ctx.now, disabled_by_id: ctx.actor.id, updated_at: ctx.now })
    .where('id', '=', userId)
    .where('kind', '=', 'contact')
    .where('disabled_at', 'is', null)
    .execute();
  await endSessions(ctx.db, userId);
  await forgetTrustedBrowsers(ctx.db, userId);
}

/** Opens it again, with the password it had. */
export async function reopenContactAccount(ctx: Context, userId: string): Promise<void> {
  await ctx.db
    .updateTable('users')
    .set({ disabled_at: null, disabled_by_id: null, updated_at: ctx.now })
    .where('id', '=', userId)
    .where('kind', '=', 'contact')
    .execute();
}
