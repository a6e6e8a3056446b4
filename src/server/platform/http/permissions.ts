import { type Actor, rolesOf } from '#domain/ground/actor.ts';
import type { Policy } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Route } from './route.ts';

/**
 * Says why an actor may not call a route, or null when they may. A contact who tries a route of the staff is
 * told that it does not exist; staff without the permission are told that they lack it.
 */
export function refuseByPermission(route: Route, actor: Actor, policy: Policy): Refusal | null {
  const allowed = policy[route.permission];
  if (!allowed)
    throw new Error(`route ${route.method} ${route.path} names an unknown permission ${route.permission}`);
  if (!rolesOf(actor).some((role) => allowed.includes(role))) {
    if (actor.kind === 'anyone') return new Refusal('unauthenticated', 'ground.sign_in_first');
    if (actor.kind === 'contact') return new Refusal('not_found', 'ground.not_found');
    if (!route.options.asksForRole) return refuseAsStaff(route, allowed);
  }
  return refuseByScope(route, actor);
}

function refuseAsStaff(route: Route, allowed: Policy[string]): Refusal {
  return allowed.some((role) => role === 'contact' || role === 'customer_administrator')
    ? new Refusal('not_found', 'ground.not_found')
    : new Refusal('forbidden', 'ground.forbidden', { permission: route.permission });
}

function refuseByScope(route: Route, actor: Actor): Refusal | null {
  if (actor.kind !== 'staff' || actor.scopes === null) return null;
  const module = route.permission.split('.')[0];
  const reading = route.method === 'GET';
  const enough =
    actor.scopes.includes(`${module}:write`) || (reading && actor.scopes.includes(`${module}:read`));
  return enough
    ? null
    : new Refusal('forbidden', 'ground.scope_missing', { module, access: reading ? 'read' : 'write' });
}

/** The permissions an actor has, for the screens that show only what works. */
export function permissionsOf(actor: Actor, policy: Policy): string[] {
  const roles = rolesOf(actor);
  return Object.keys(policy)
    .filter((permission) => policy[permission]?.some((role) => roles.includes(role)))
    .sort();
}
