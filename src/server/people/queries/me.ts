import type { ContactActor, StaffActor } from '#domain/ground/actor.ts';
import type { StaffRole } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Me } from '#domain/people/commands.ts';
import type { Context } from '../../platform/context.ts';
import { pageById } from '../../platform/cursor.ts';
import { loadFirm } from './firm.ts';

export type Self = StaffActor | ContactActor;

/** The person who acts; nobody else passes the permission of these routes. */
export function selfOf(ctx: Context): Self {
  const { actor } = ctx;
  if (actor.kind === 'staff' || actor.kind === 'contact') return actor;
  throw new Refusal('unauthenticated', 'ground.sign_in_first');
}

/** Who am I, what may I do, and for whom: the first thing every screen asks. */
export function makeOpenMe(permissionsOf: (actor: Self) => string[]) {
  return async (ctx: Context): Promise<Me> => {
    const self = selfOf(ctx);
    const row = await ctx.asApp(() =>
      ctx.db
        .selectFrom('users')
        .select(['id', 'name', 'email', 'phone', 'roles', 'locale', 'zone', 'two_factor_enabled'])
        .where('id', '=', self.id)
        .executeTakeFirstOrThrow(),
    );
    const contact = self.kind === 'contact' ? self : null;
    return {
      kind: self.kind,
      ...row,
      roles: row.roles as StaffRole[],
      permissions: permissionsOf(self),
      contact_id: contact?.contact_id ?? null,
      customer_id: contact?.customer_id ?? null,
      sees: contact?.sees ?? null,
      is_customer_administrator: contact?.is_customer_administrator ?? false,
      session_id: self.session_id,
      firm: await loadFirm(ctx.db),
    };
  };
}

/** Where somebody is signed in: one's own sessions, or for administrators those of `user_id`. */
export async function listSessions(
  ctx: Context,
  { query }: { query: { after?: string; limit: number; user_id?: string } },
) {
  const self = selfOf(ctx);
  const whose = query.user_id ?? self.id;
  const mayLook = whose === self.id || (self.kind === 'staff' && self.roles.includes('administrator'));
  if (!mayLook) throw new Refusal('not_found', 'people.not_found');
  const { items, next } = await ctx.asApp(() => {
    const rows = ctx.db
      .selectFrom('sessions')
      .select(['id', 'ip_address', 'user_agent', 'last_seen_at', 'expires_at', 'created_at'])
      .where('user_id', '=', whose)
      .where('expires_at', '>', ctx.now);
    return pageById(rows, 'id', query);
  });
  return { items: items.map((row) => ({ ...row, is_this_one: row.id === self.session_id })), next };
}

/** One's own API keys, the newest first; the secrets are known to nobody. */
export async function listApiKeys(ctx: Context, { query }: { query: { after?: string; limit: number } }) {
  const rows = ctx.db
    .selectFrom('api_keys')
    .select(['id', 'name', 'prefix', 'scopes', 'expires_at', 'last_used_at', 'revoked_at', 'created_at'])
    .where('user_id', '=', selfOf(ctx).id);
  return pageById(rows, 'id', query);
}
