import { randomBytes } from 'node:crypto';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import { grantedScopes } from '#domain/people/api-keys.ts';
import type { Context } from '../../platform/context.ts';
import { type Self, selfOf } from '../queries/me.ts';
import { hashSecret } from '../sign-in.ts';
import { refuseKey } from './me.ts';

// Begins with a word that secret scanners and people can search for.
const keyWord = 'cpk_';
const shownLength = 12;

type Command = { id: string; name: string; scopes: string[]; expires_at: string | null };
export type CreatedKey = { id: string; prefix: string; secret: string | null };

/** A key for programs. The secret goes out once; here only its hash stays. */
export function makeCreateApiKey(permissionsOf: (actor: Self) => string[]) {
  return async (ctx: Context, { body }: { body: Command }): Promise<CreatedKey> => {
    const self = selfOf(ctx);
    refuseKey(ctx);
    const scopes = unlessRefused(grantedScopes(body.scopes, permissionsOf(self)));
    if (body.expires_at && body.expires_at <= ctx.now)
      throw new Refusal('invalid', 'people.key_ends_in_past');
    const secret = keyWord + randomBytes(32).toString('base64url');
    const prefix = secret.slice(0, shownLength);
    await ctx.db
      .insertInto('api_keys')
      .values({
        id: body.id,
        user_id: self.id,
        name: body.name,
        prefix,
        secret_sha256: hashSecret(secret),
        scopes,
        expires_at: body.expires_at,
        created_at: ctx.now,
      })
      .execute();
    ctx.record({
      name: 'api_key.created',
      subject: { kind: 'api_key', id: body.id },
      context: { kind: 'person', id: self.id },
      data: { name: body.name, prefix, scopes, expires_at: body.expires_at },
    });
    return { id: body.id, prefix, secret };
  };
}

/** What a repeat of the same request is answered: the secret is not kept. */
export function withoutSecret(result: unknown): CreatedKey {
  return { ...(result as CreatedKey), secret: null };
}

export async function revokeApiKey(ctx: Context, { params }: { params: { id: string } }) {
  const self = selfOf(ctx);
  refuseKey(ctx);
  const key = await ctx.db
    .selectFrom('api_keys')
    .select(['id', 'name', 'prefix', 'revoked_at'])
    .where('id', '=', params.id)
    .where('user_id', '=', self.id)
    .forUpdate()
    .executeTakeFirst();
  if (!key) throw new Refusal('not_found', 'people.key_unknown');
  if (key.revoked_at) throw new Refusal('conflict', 'people.key_revoked');
  await ctx.db.updateTable('api_keys').set({ revoked_at: ctx.now }).where('id', '=', key.id).execute();
  ctx.record({
    name: 'api_key.revoked',
    subject: { kind: 'api_key', id: key.id },
    context: { kind: 'person', id: self.id },
    data: { name: key.name, prefix: key.prefix },
  });
  return { id: key.id };
}
