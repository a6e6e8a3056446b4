import { hashPassword } from 'better-auth/crypto';
import type { StaffRole } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { newId } from '../../platform/ids.ts';

export type NewAccount = {
  id: string;
  kind: 'staff' | 'contact';
  name: string;
  email: string;
  roles: readonly StaffRole[];
  locale: string;
  zone: string;
  phone?: string | null;
};

/** Hashed as better-auth checks it; takes about a tenth of a second of one core. */
export const hashNewPassword = (password: string): Promise<string> => hashPassword(password);

/**
 * A person with a password, who can sign in from now on. Refusal `people.email_taken`. Set-up, invitations and
 * the sample company come here; there is no other way to an account.
 */
export async function addAccount(
  ctx: Context,
  account: NewAccount & { passwordHash: string },
): Promise<void> {
  await refuseTakenEmail(ctx.db, account.email);
  await ctx.db
    .insertInto('users')
    .values({
      id: account.id,
      kind: account.kind,
      name: account.name,
      email: account.email,
      // Who holds the link that went to the address, or set the system up, is believed.
      email_verified: true,
      roles: [...account.roles],
      locale: account.locale,
      zone: account.zone,
      phone: account.phone ?? null,
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .execute();
  await ctx.db
    .insertInto('accounts')
    .values({
      id: newId(),
      user_id: account.id,
      provider_id: 'credential',
      account_id: account.id,
      password: account.passwordHash,
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .execute();
}

export async function refuseTakenEmail(db: Database, email: string): Promise<void> {
  const taken = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  if (taken) throw new Refusal('conflict', 'people.email_taken', { email });
}

/** Ends all sessions of a person at once, but for `except`. Returns how many there were. */
export async function endSessions(db: Database, userId: string, except?: string): Promise<number> {
  let sessions = db.deleteFrom('sessions').where('user_id', '=', userId);
  if (except) sessions = sessions.where('id', '!=', except);
  const { numDeletedRows } = await sessions.executeTakeFirst();
  return Number(numDeletedRows);
}
