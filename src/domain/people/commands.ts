import { z } from 'zod';
import { patchOf } from '#domain/ground/patch.ts';
import { id, instant, page, paging, shortText } from '#domain/ground/text.ts';
import { scopeList } from './api-keys.ts';
import { invitationStates } from './inviting.ts';
import { longestPassword } from './passwords.ts';
import { email, locale, personName, phone, roles, staffRole, zone } from './person.ts';

export const byId = z.strictObject({ id });
const done = z.strictObject({ id });
const token = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9_-]{20,100}$/);

/** A password on its way to be hashed; whether it is good enough is said by refusePassword. */
export const password = z.string().max(longestPassword * 4);

// the firm

const accentColor = z.string().regex(/^#[0-9a-f]{6}$/);

export const firm = z.strictObject({
  id: id.nullable(),
  name: z.string(),
  name_en: z.string().nullable(),
  accent_color: z.string(),
  logo_file_id: id.nullable(),
  contact_phone: z.string().nullable(),
});
export type Firm = z.infer<typeof firm>;

export const openFirm = { result: firm };
export const editFirm = {
  body: patchOf({
    name: personName,
    name_en: shortText(100).nullable(),
    accent_color: accentColor,
    logo_file_id: id.nullable(),
    contact_phone: phone.nullable(),
  }),
  result: firm,
};

// set-up

export const setupStatus = { result: z.strictObject({ needs_setup: z.boolean() }) };
export const completeSetup = {
  body: z.strictObject({
    id,
    firm_name: personName,
    name: personName,
    email,
    password,
    locale,
    zone,
    start: z.enum(['empty', 'sample']),
  }),
  result: done,
};

// people

export const person = z.strictObject({
  id,
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  roles: z.array(staffRole),
  locale: z.string(),
  zone: z.string(),
  two_factor_enabled: z.boolean(),
  disabled_at: instant.nullable(),
  created_at: instant,
});
export type Person = z.infer<typeof person>;

export const listPeople = {
  query: z.strictObject({
    ...paging,
    role: staffRole.optional(),
    /** Those who may no longer sign in; without it only those who may. */
    disabled: z.enum(['true', 'false']).optional(),
  }),
  result: page(person),
};
export const openPerson = {
  params: byId,
  result: person.extend({ last_seen_at: instant.nullable(), sessions: z.number().int() }),
};
export const editPerson = {
  params: byId,
  body: patchOf({ name: personName, email, phone: phone.nullable(), roles }),
  result: person,
};
export const actOnPerson = { params: byId, result: person };

// invitations

export const invitation = z.strictObject({
  id,
  kind: z.enum(['staff', 'contact']),
  name: z.string(),
  email: z.string(),
  roles: z.array(staffRole),
  contact_id: id.nullable(),
  customer_id: id.nullable(),
  locale: z.string(),
  state: z.enum(invitationStates),
  invited_by_id: id,
  invited_by_name: z.string(),
  expires_at: instant,
  accepted_at: instant.nullable(),
  revoked_at: instant.nullable(),
  created_at: instant,
});
export type Invitation = z.infer<typeof invitation>;

/** The link is shown once: from then on only its hash is known. */
export const sentInvitation = z.strictObject({ id, link: z.string().nullable(), expires_at: instant });

export const inviteStaff = {
  body: z.strictObject({ id, name: personName, email, roles, locale }),
  result: sentInvitation,
};
export const listInvitations = {
  query: z.strictObject({ ...paging, state: z.enum(['open', 'all']).default('open') }),
  result: page(invitation),
};
export const revokeInvitation = { params: byId, result: done };
export const resendInvitation = { params: byId, result: sentInvitation };
export const openInvitation = {
  params: z.strictObject({ token }),
  result: z.strictObject({
    kind: z.enum(['staff', 'contact']),
    name: z.string(),
    email: z.string(),
    locale: z.string(),
    invited_by_name: z.string(),
    firm: firm,
    expires_at: instant,
  }),
};
export const acceptInvitation = {
  body: z.strictObject({ token, name: personName, password, locale, zone }),
  result: z.strictObject({ user_id: id, email: z.string(), kind: z.enum(['staff', 'contact']) }),
};

// me

export const me = z.strictObject({
  kind: z.enum(['staff', 'contact']),
  id,
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  roles: z.array(staffRole),
  permissions: z.array(z.string()),
  locale: z.string(),
  zone: z.string(),
  two_factor_enabled: z.boolean(),
  contact_id: id.nullable(),
  customer_id: id.nullable(),
  sees: z.enum(['own', 'all']).nullable(),
  is_customer_administrator: z.boolean(),
  session_id: id.nullable(),
  firm,
});
export type Me = z.infer<typeof me>;

export const openMe = { result: me };
export const editMe = {
  body: patchOf({ name: personName, phone: phone.nullable(), locale, zone }),
  result: me,
};

// sessions

export const session = z.strictObject({
  id,
  is_this_one: z.boolean(),
  ip_address: z.string().nullable(),
  user_agent: z.string().nullable(),
  last_seen_at: instant,
  expires_at: instant,
  created_at: instant,
});
export type Session = z.infer<typeof session>;

export const listSessions = {
  query: z.strictObject({ ...paging, user_id: id.optional() }),
  result: page(session),
};
export const revokeSession = { params: byId, result: done };
export const revokeOtherSessions = { result: z.strictObject({ revoked: z.number().int() }) };

// API keys

export const apiKey = z.strictObject({
  id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  expires_at: instant.nullable(),
  last_used_at: instant.nullable(),
  revoked_at: instant.nullable(),
  created_at: instant,
});
export type ApiKey = z.infer<typeof apiKey>;

export const listApiKeys = { query: z.strictObject(paging), result: page(apiKey) };
export const createApiKey = {
  body: z.strictObject({ id, name: personName, scopes: scopeList, expires_at: instant.nullable() }),
  /** The secret is shown once, here; a repeat of the same request gets null in its place. */
  result: z.strictObject({ id, prefix: z.string(), secret: z.string().nullable() }),
};
export const revokeApiKey = { params: byId, result: done };
