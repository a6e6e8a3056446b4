import { z } from 'zod';
import { Refusal } from '#domain/ground/refusal.ts';

/** `<family>:read` or `<family>:write`; the family is the first word of the operations it opens (`tickets.close`). */
export const scopeList = z
  .array(z.string().regex(/^[a-z_]{2,40}:(read|write)$/))
  .min(1)
  .max(50)
  .refine((list) => new Set(list).size === list.length, { error: 'twice' });

// A stolen key must not be able to make itself another key or end the sessions of its owner.
const onlyInPerson = ['api_keys', 'sessions'];
// Open to everybody, with a key or without.
const alwaysOpen = ['api', 'health', 'metrics', 'setup'];

/** The families that a person with these permissions can open to a key, in alphabetical order. */
export function scopeFamilies(permissions: readonly string[]): string[] {
  const families = new Set(permissions.map((permission) => permission.split('.')[0] as string));
  return [...families].filter((family) => ![...onlyInPerson, ...alwaysOpen].includes(family)).sort();
}

/**
 * The scopes of a new key: those asked for, and always the right to ask whose key it is. A key never opens what
 * its owner may not do: Refusal `people.scope_not_yours`.
 */
export function grantedScopes(asked: readonly string[], permissions: readonly string[]): string[] | Refusal {
  const families = scopeFamilies(permissions);
  const foreign = asked.filter((scope) => !families.includes(scope.split(':')[0] as string));
  if (foreign.length > 0) return new Refusal('invalid', 'people.scope_not_yours', { scopes: foreign });
  return [...new Set([...asked, 'me:read'])].sort();
}
