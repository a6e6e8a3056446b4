import type { Context } from '../../platform/context.ts';
import { endSessions } from './accounts.ts';

/**
 * Shuts a contact's account, for the customers module, which has seen to who may and records why: no sign-in,
 * and sessions end at once. Needs the app's rights.
 */
export async function closeContactAccount(ctx: Context, userId: string): Promise<void> {
  await setDisabled(ctx, userId, { disabled_at: ctx.now, disabled_by_id: ctx.actor.id });
  await endSessions(ctx.db, userId);
}

/** Lets a contact sign in again with the password they had. Needs the app's rights. */
export async function reopenContactAccount(ctx: Context, userId: string): Promise<void> {
  await setDisabled(ctx, userId, { disabled_at: null, disabled_by_id: null });
}

async function setDisabled(
  ctx: Context,
  userId: string,
  values: { disabled_at: string | null; disabled_by_id: string | null },
): Promise<void> {
  await ctx.db
    .updateTable('users')
    .set({ ...values, updated_at: ctx.now })
    .where('id', '=', userId)
    .where('kind', '=', 'contact')
    .execute();
}
