import { Refusal } from '#domain/ground/refusal.ts';
import type { Invitation } from '#domain/people/commands.ts';
import { invitationState, refuseAccepting } from '#domain/people/inviting.ts';
import type { Context } from '../../platform/context.ts';
import { pageById } from '../../platform/cursor.ts';
import { hashSecret } from '../sign-in.ts';
import { loadFirm } from './firm.ts';

/** Invitations, the newest first; `open` leaves out what was accepted or taken back. */
export async function listInvitations(
  ctx: Context,
  { query }: { query: { after?: string; limit: number; state: 'open' | 'all' } },
) {
  let rows = ctx.db
    .selectFrom('invitations')
    .innerJoin('users', 'users.id', 'invitations.invited_by_id')
    .select([
      'invitations.id',
      'invitations.kind',
      'invitations.name',
      'invitations.email',
      'invitations.roles',
      'contact_id',
      'customer_id',
      'invitations.locale',
      'invited_by_id',
      'users.name as invited_by_name',
      'expires_at',
      'accepted_at',
      'revoked_at',
      'invitations.created_at',
    ]);
  if (query.state === 'open') rows = rows.where('accepted_at', 'is', null).where('revoked_at', 'is', null);
  const { items, next } = await pageById(rows, 'invitations.id', query);
  return {
    items: items.map((row) => ({ ...row, state: invitationState(row, ctx.now) }) as Invitation),
    next,
  };
}

/** What stands in an invitation, for whoever holds its link. */
export async function openInvitation(ctx: Context, { params }: { params: { token: string } }) {
  const row = await ctx.db
    .selectFrom('invitations')
    .innerJoin('users', 'users.id', 'invitations.invited_by_id')
    .select([
      'invitations.kind',
      'invitations.name',
      'invitations.email',
      'invitations.locale',
      'users.name as invited_by_name',
      'expires_at',
      'accepted_at',
      'revoked_at',
    ])
    .where('token_sha256', '=', hashSecret(params.token))
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'people.invitation_unknown');
  const refusal = refuseAccepting(row, ctx.now);
  if (refusal) throw refusal;
  const { kind, name, email, locale, invited_by_name, expires_at } = row;
  return {
    kind: kind as 'staff' | 'contact',
    name,
    email,
    locale,
    invited_by_name,
    expires_at,
    firm: await loadFirm(ctx.db),
  };
}
