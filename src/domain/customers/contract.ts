import { z } from 'zod';
import type { PlainDate } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';

// A target of two years of working time is a slip of the pen.
const minutes = z.number().int().min(1).max(500_000);
const target = z.strictObject({ first_response: minutes, resolution: minutes });

export const priorities = ['p1', 'p2', 'p3', 'p4'] as const;
export type PriorityKey = (typeof priorities)[number];

/** Minutes of working time in the contract's calendar, by priority. */
export const targets = z.strictObject({ p1: target, p2: target, p3: target, p4: target });
export type Targets = z.infer<typeof targets>;

export const coveredItemKinds = ['product', 'work', 'site'] as const;
export const coveredItemKind = z.enum(coveredItemKinds);

export type ContractTerms = { targets: Targets; starts_on: PlainDate; ends_on: PlainDate | null };

/**
 * Refuses terms that cannot be meant: an end before the start (`contracts.ends_before_start`), an answer due
 * after the solution (`contracts.response_after_resolution`, with the priority it was found at).
 */
export function refuseTerms(terms: ContractTerms): Refusal | null {
  if (terms.ends_on !== null && terms.ends_on < terms.starts_on) {
    return new Refusal('invalid', 'contracts.ends_before_start', {
      starts_on: terms.starts_on,
      ends_on: terms.ends_on,
    });
  }
  const reversed = priorities.find(
    (key) => terms.targets[key].first_response > terms.targets[key].resolution,
  );
  return reversed
    ? new Refusal('invalid', 'contracts.response_after_resolution', { priority: Number(reversed.slice(1)) })
    : null;
}

export const contractStates = ['coming', 'in_force', 'ended'] as const;
export type ContractState = (typeof contractStates)[number];

/** Where a contract stands on a date of the customer's zone; its last day still counts. */
export function contractState(
  contract: { starts_on: PlainDate; ends_on: PlainDate | null },
  on: PlainDate,
): ContractState {
  if (contract.starts_on > on) return 'coming';
  return contract.ends_on !== null && contract.ends_on < on ? 'ended' : 'in_force';
}
