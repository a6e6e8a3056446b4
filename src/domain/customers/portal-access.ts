import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import { type PortalFacts, portalState } from './contact.ts';

/** Says why a contact can no longer be changed, or null. Who has left stays as they were. */
export function refuseIfLeft(contact: { left_at: Instant | null }): Refusal | null {
  return contact.left_at === null ? null : new Refusal('conflict', 'contacts.already_left');
}

/**
 * Says why a contact cannot be invited to the portal, or null. A link goes to an address; who is in needs none.
 * An open invitation may be sent anew: the new link replaces the old one.
 */
export function refuseInviting(
  contact: PortalFacts & { email: string | null },
  now: Instant,
): Refusal | null {
  const left = refuseIfLeft(contact);
  if (left) return left;
  if (contact.email === null) return new Refusal('invalid', 'contacts.email_missing');
  return portalState(contact, now) === 'active' ? new Refusal('conflict', 'contacts.already_active') : null;
}

/** Says why a contact's way into the portal cannot be closed, or null. */
export function refuseEndingAccess(contact: PortalFacts, now: Instant): Refusal | null {
  const left = refuseIfLeft(contact);
  if (left) return left;
  const state = portalState(contact, now);
  return state === 'none' || state === 'ended' ? new Refusal('conflict', 'contacts.no_access') : null;
}

/** Nobody shuts the door behind themselves: the customer would be left without anyone who can open it. */
export function refuseOnOneself(contactId: string, actingContactId: string): Refusal | null {
  return contactId === actingContactId ? new Refusal('conflict', 'contacts.not_oneself') : null;
}
