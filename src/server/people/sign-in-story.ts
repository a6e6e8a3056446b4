import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#domain/ground/actor.ts';
import type { Refusal } from '#domain/ground/refusal.ts';
import { refusePassword } from '#domain/people/passwords.ts';
import { email as emailShape } from '#domain/people/person.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/db/connect.ts';
import { cookiePrefix, type Wish } from './better-auth.ts';
import { loadFirm } from './queries/firm.ts';
import { decodeCookie } from './sign-in.ts';

export type Concerned = { id: string; name: string; email: string };

/**
 * Whom an act of signing in is about, before it is known whether it goes well: the holder of the address, of the
 * reset link, of the second factor being asked for, or the person signed in. Null for an unknown address.
 */
export async function findConcerned(call: {
  db: Database;
  name: string;
  body: Record<string, unknown>;
  request: FastifyRequest;
  actor: Actor;
}): Promise<Concerned | null> {
  const { db, name, body, actor } = call;
  const people = db.selectFrom('users').select(['id', 'name', 'email']);
  if (actor.id !== null && name !== 'sign-in/email' && name !== 'reset-password') {
    return (await people.where('id', '=', actor.id).executeTakeFirst()) ?? null;
  }
  if (typeof body.email === 'string') {
    if (!emailShape.safeParse(body.email).success) return null;
    return (await people.where('email', '=', body.email).executeTakeFirst()) ?? null;
  }
  const identifier =
    name === 'reset-password' ? `reset-password:${String(body.token)}` : secondFactorChallenge(call.request);
  if (!identifier) return null;
  const held = await db
    .selectFrom('verifications')
    .select('value')
    .where('identifier', '=', createHash('sha256').update(identifier).digest('base64url'))
    .where('expires_at', '>', new Date().toISOString())
    .executeTakeFirst();
  if (!held) return null;
  return (await people.where('id', '=', held.value).executeTakeFirst()) ?? null;
}

// Its seal is checked by better-auth; here it only says whose failed try is to be recorded.
function secondFactorChallenge(request: FastifyRequest): string | null {
  const found = request.headers.cookie?.match(
    new RegExp(`(?:^|;\\s*)(?:__Secure-)?${cookiePrefix}\\.two_factor=([^;]+)`),
  );
  return found?.[1] ? (decodeCookie(found[1]).split('.')[0] ?? null) : null;
}

/** A new password must be a good one; null where none is being set. */
export function refuseNewPassword(
  body: Record<string, unknown>,
  concerned: Concerned | null,
): Refusal | null {
  const setsPassword = 'current_password' in body || 'token' in body;
  if (!setsPassword) return null;
  return refusePassword(String(body.password), concerned ? [concerned.name, concerned.email] : []);
}

/** Records what came of it, and sends the mails that belong to it. */
export async function tellWhatHappened(
  ctx: Context,
  told: {
    name: string;
    answer: Record<string, unknown>;
    refusal: Refusal | null;
    userId: string | null;
    wasSignedIn: boolean;
    wishes: Wish[];
  },
): Promise<void> {
  const { name, userId, refusal } = told;
  for (const wish of told.wishes) await sendResetLink(ctx, wish);
  const event = refusal ? failureOf(name, told.wasSignedIn) : successOf(told);
  if (!userId || !event) return;
  const data = refusal ? { code: refusal.code } : 'data' in event ? event.data : {};
  const standing = ctx.actor.kind === 'contact' ? ctx.actor : null;
  ctx.record({
    name: event.name,
    subject: { kind: 'person', id: userId },
    customer_id: standing?.customer_id,
    contact_id: standing?.contact_id,
    data,
  });
  if (refusal) return;
  if (name === 'reset-password') await forgetTrustedBrowsers(ctx.db, userId);
  if (name === 'reset-password' || name === 'change-password') await sendPasswordNotice(ctx, userId);
}

type Told = { name: string; data?: Record<string, unknown> };

function failureOf(name: string, wasSignedIn: boolean): Told | null {
  if (name === 'sign-in/email' || (name.startsWith('two-factor/verify') && !wasSignedIn)) {
    return { name: 'people.sign_in_failed' };
  }
  return null;
}

function successOf(told: {
  name: string;
  answer: Record<string, unknown>;
  wasSignedIn: boolean;
}): Told | null {
  switch (told.name) {
    case 'sign-in/email':
      return told.answer.twoFactorRedirect ? null : { name: 'people.signed_in' };
    case 'two-factor/verify-totp':
      if (told.wasSignedIn) return { name: 'people.two_factor_enabled' };
      return { name: 'people.signed_in', data: { second_factor: 'app' } };
    case 'two-factor/verify-backup-code':
      if (told.wasSignedIn) return null;
      return { name: 'people.signed_in', data: { second_factor: 'backup_code' } };
    case 'sign-out':
      return told.wasSignedIn ? { name: 'people.signed_out' } : null;
    case 'request-password-reset':
      return { name: 'people.password_reset_requested' };
    case 'reset-password':
      return { name: 'people.password_reset' };
    case 'change-password':
      return { name: 'people.password_changed' };
    case 'two-factor/disable':
      return { name: 'people.two_factor_disabled' };
    case 'two-factor/generate-backup-codes':
      return { name: 'people.backup_codes_renewed' };
    default:
      return null;
  }
}

async function sendResetLink(ctx: Context, wish: Wish): Promise<void> {
  const { user, token } = wish;
  const { locale } = await ctx.db
    .selectFrom('users')
    .select('locale')
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow();
  ctx.enqueue('channels.mail', {
    to: user.email,
    locale,
    template: 'password_reset',
    params: {
      name: user.name,
      firm: (await loadFirm(ctx.db)).name,
      link: `${ctx.settings.publicUrl}/reset-password/${token}`,
      minutes: 60,
    },
  });
}

/** Whoever did not change it themselves must hear of it. */
async function sendPasswordNotice(ctx: Context, userId: string): Promise<void> {
  const user = await ctx.db
    .selectFrom('users')
    .select(['name', 'email', 'locale'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  ctx.enqueue('channels.mail', {
    to: user.email,
    locale: user.locale,
    template: 'password_changed',
    // Each change is told, however like the last one its words are.
    occasion: `password_changed:${userId}:${ctx.now}`,
    params: {
      name: user.name,
      firm: (await loadFirm(ctx.db)).name,
      link: `${ctx.settings.publicUrl}/forgot-password`,
    },
  });
}

/** Browsers that were excused from the second factor, and challenges under way, end with the old password. */
export async function forgetTrustedBrowsers(db: Database, userId: string): Promise<void> {
  await db.deleteFrom('verifications').where('value', '=', userId).execute();
}
