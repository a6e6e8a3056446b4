import { z } from 'zod';
import type { Instant } from '../ground/instant.ts';

/** R35: who pays, approves, uses, runs (their IT), and the interface person 接口人 between them and us. */
export const stakeholderRoles = ['pays', 'approves', 'uses', 'runs', 'interface'] as const;
export type StakeholderRole = (typeof stakeholderRoles)[number];
/** Each role once, in the order of the list, so that two people who tick the same say the same. */
export const stakeholderRoleList = z
  .array(z.enum(stakeholderRoles))
  .max(stakeholderRoles.length)
  .transform((list) => stakeholderRoles.filter((role) => list.includes(role)));

/** For whom we write (R4). */
export const readerLevels = ['lay', 'semi_professional', 'expert'] as const;
export const readerLevel = z.enum(readerLevels);
export type ReaderLevel = z.infer<typeof readerLevel>;

export const contactChannels = ['portal', 'email', 'phone', 'im'] as const;
export const contactChannel = z.enum(contactChannels);

/** In the portal: one's own questions, or all of the customer's. */
export const portalSees = z.enum(['own', 'all']);

/** What decides about a contact's way into the portal. */
export type PortalFacts = {
  user_id: string | null;
  invitation_ends_at: Instant | null;
  portal_ended_at: Instant | null;
  left_at: Instant | null;
};

export const portalStates = ['none', 'invited', 'expired', 'active', 'ended'] as const;
export type PortalState = (typeof portalStates)[number];

/** How a contact stands with the portal at `now`; who has left is out, whatever else is written. */
export function portalState(contact: PortalFacts, now: Instant): PortalState {
  if (contact.left_at !== null || contact.portal_ended_at !== null) return 'ended';
  if (contact.user_id !== null) return 'active';
  if (contact.invitation_ends_at === null) return 'none';
  return contact.invitation_ends_at > now ? 'invited' : 'expired';
}

/** The stakeholder roles that nobody of a customer's present people holds: the gaps in the picture (R35). */
export function missingRoles(
  contacts: readonly { roles: readonly string[]; left_at: Instant | null }[],
): StakeholderRole[] {
  const present = contacts.filter((contact) => contact.left_at === null);
  return stakeholderRoles.filter((role) => !present.some((contact) => contact.roles.includes(role)));
}
