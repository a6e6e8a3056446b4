import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { Me } from '#domain/people/commands.ts';
import type { Context } from '../../platform/context.ts';
import { selfOf } from '../queries/me.ts';
import { endSessions } from './accounts.ts';

/** One's own name, telephone number, language and zone. */
export function makeEditMe(openMe: (ctx: Context) => Promise<Me>) {
  return async (ctx: Context, { body }: { body: { changes: Record<string, Change | undefined> } }) => {
    const self = selfOf(ctx);
    await ctx.asApp(async () => {
      const row = await ctx.db
        .selectFrom('users')
        .select(['name', 'phone', 'locale', 'zone'])
        .where('id', '=', self.id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const changes = unlessRefused(joinChanges(row, body.changes));
      if (typeof changes.zone === 'string' && !isZone(changes.zone)) {
        throw new Refusal('invalid', 'people.unknown_zone', { zone: changes.zone });
      }
      if (Object.keys(changes).length === 0) return;
      await ctx.db
        .updateTable('users')
        .set({ ...changes, updated_at: ctx.now })
        .where('id', '=', self.id)
        .execute();
      record(ctx, 'people.edited', self.id, { after: changes });
    });
    return openMe(ctx);
  };
}

/** Ends one session: one's own, or as administrator anybody's. Its holder is refused from the next request on. */
export async function revokeSession(ctx: Context, { params }: { params: { id: string } }) {
  const self = selfOf(ctx);
  refuseKey(ctx);
  const isAdministrator = self.kind === 'staff' && self.roles.includes('administrator');
  await ctx.asApp(async () => {
    const session = await ctx.db
      .selectFrom('sessions')
      .select(['id', 'user_id'])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst();
    if (!session || (session.user_id !== self.id && !isAdministrator)) {
      throw new Refusal('not_found', 'people.session_unknown');
    }
    await ctx.db.deleteFrom('sessions').where('id', '=', params.id).execute();
    record(ctx, 'people.session_revoked', session.user_id, { session_id: params.id });
  });
  return { id: params.id };
}

/** Signs out everywhere else. */
export async function revokeOtherSessions(ctx: Context) {
  const self = selfOf(ctx);
  refuseKey(ctx);
  const revoked = await ctx.asApp(() => endSessions(ctx.db, self.id, self.session_id ?? undefined));
  record(ctx, 'people.sessions_revoked', self.id, { revoked });
  return { revoked };
}

/** What only a person at a screen may do. An API key that leaked must not be able to shut its owner out. */
export function refuseKey(ctx: Context): void {
  if (ctx.actor.kind === 'staff' && ctx.actor.api_key_id)
    throw new Refusal('forbidden', 'people.not_by_api_key');
}

function record(ctx: Context, name: string, userId: string, data: Record<string, unknown>): void {
  const contact = ctx.actor.kind === 'contact' ? ctx.actor : null;
  ctx.record({
    name,
    subject: { kind: 'person', id: userId },
    customer_id: contact?.customer_id,
    contact_id: contact?.contact_id,
    data,
  });
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
