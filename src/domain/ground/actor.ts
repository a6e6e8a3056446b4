import type { Role, StaffRole } from './policy.ts';

export type StaffActor = {
  kind: 'staff';
  id: string;
  name: string;
  roles: StaffRole[];
  locale: string;
  zone: string;
  session_id: string | null;
  api_key_id: string | null;
  /** Of an API key, `<module>:read` or `<module>:write`; null: whatever the roles allow. */
  scopes: string[] | null;
};

export type ContactActor = {
  kind: 'contact';
  id: string;
  name: string;
  contact_id: string;
  customer_id: string;
  sees: 'own' | 'all';
  is_customer_administrator: boolean;
  locale: string;
  zone: string;
  session_id: string;
};

/** The product itself: jobs, clocks, the sample company. */
export type SystemActor = { kind: 'system'; id: null; name: 'system' };
/** Nobody signed in. */
export type AnyoneActor = { kind: 'anyone'; id: null; name: null };

export type Actor = StaffActor | ContactActor | SystemActor | AnyoneActor;

export const systemActor: SystemActor = { kind: 'system', id: null, name: 'system' };
export const anyone: AnyoneActor = { kind: 'anyone', id: null, name: null };

/** The roles under which an actor is held against a policy. */
export function rolesOf(actor: Actor): readonly Role[] {
  switch (actor.kind) {
    case 'staff':
      return [...actor.roles, 'anyone'];
    case 'contact':
      return actor.is_customer_administrator
        ? ['contact', 'customer_administrator', 'anyone']
        : ['contact', 'anyone'];
    default:
      return ['anyone'];
  }
}
