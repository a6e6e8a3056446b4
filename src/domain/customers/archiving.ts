import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';

type Customer = { archived_at: Instant | null };

/** Says why a customer cannot be archived, or null. */
export function refuseArchiving(customer: Customer): Refusal | null {
  return customer.archived_at === null ? null : new Refusal('conflict', 'customers.already_archived');
}

/** Says why a customer cannot be taken back from the archive, or null. */
export function refuseRestoring(customer: Customer): Refusal | null {
  return customer.archived_at === null ? new Refusal('conflict', 'customers.not_archived') : null;
}

/** Says why nothing of a customer can be changed now, or null: what is archived is read, not written. */
export function refuseChanging(customer: Customer): Refusal | null {
  return customer.archived_at === null ? null : new Refusal('conflict', 'customers.archived');
}
