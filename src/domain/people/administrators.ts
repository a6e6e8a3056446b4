import type { StaffRole } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';

export type Standing = { id: string; roles: readonly StaffRole[]; disabled: boolean };

/**
 * Somebody must always be able to let people in. Refuses (`people.last_administrator`) a change after which no
 * enabled administrator is left. `administratorIds` are the enabled ones before the change.
 */
export function refuseLosingLastAdministrator(
  administratorIds: readonly string[],
  after: Standing,
): Refusal | null {
  const stays = !after.disabled && after.roles.includes('administrator');
  const others = administratorIds.filter((id) => id !== after.id);
  if (stays || others.length > 0 || !administratorIds.includes(after.id)) return null;
  return new Refusal('conflict', 'people.last_administrator');
}
