import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import { Refusal } from '#domain/ground/refusal.ts';

const daysToAccept = 14;

/** Until when an invitation sent now can be accepted. */
export function invitationEnd(now: Instant): Instant {
  return plusMinutes(now, daysToAccept * 24 * 60);
}

export type InvitationDates = {
  accepted_at: Instant | null;
  revoked_at: Instant | null;
  expires_at: Instant;
};

export const invitationStates = ['open', 'accepted', 'revoked', 'expired'] as const;
export type InvitationState = (typeof invitationStates)[number];

/** What has become of an invitation by `now`. */
export function invitationState(invitation: InvitationDates, now: Instant): InvitationState {
  if (invitation.accepted_at) return 'accepted';
  if (invitation.revoked_at) return 'revoked';
  return invitation.expires_at <= now ? 'expired' : 'open';
}

/** Refuses to accept what is no longer open: `people.invitation_accepted`, `_revoked`, `_expired`. */
export function refuseAccepting(invitation: InvitationDates, now: Instant): Refusal | null {
  const state = invitationState(invitation, now);
  return state === 'open' ? null : new Refusal('conflict', `people.invitation_${state}`);
}

/**
 * Refuses to revoke or send again what nobody can use any more. One that ran out may be sent again: it then
 * gets a new end and a new link.
 */
export function refuseChangingInvitation(invitation: InvitationDates, now: Instant): Refusal | null {
  const state = invitationState(invitation, now);
  if (state === 'open' || state === 'expired') return null;
  return new Refusal('conflict', `people.invitation_${state}`);
}
