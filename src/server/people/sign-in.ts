import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Actor, ContactActor, StaffActor } from '#domain/ground/actor.ts';
import type { StaffRole } from '#domain/ground/policy.ts';
import type { Database } from '../platform/db/connect.ts';
import { cookiePrefix, sessionDays, sessionDaysAtMost } from './better-auth.ts';

/** What the customers module knows of the contact behind a portal account; null: no longer anybody's contact. */
export type ContactStanding = Pick<
  ContactActor,
  'contact_id' | 'customer_id' | 'sees' | 'is_customer_administrator'
>;

export type SignInParts = {
  db: Database;
  secret: string;
  https: boolean;
  findContactOfUser: (db: Database, userId: string) => Promise<ContactStanding | null>;
};

/** Who calls: by API key when one is sent, else by session cookie; null when by neither. */
export type ResolveActor = (request: FastifyRequest) => Promise<StaffActor | ContactActor | null>;

// Marking "last seen" with each request would turn every read into a write.
const markEveryMs = 5 * 60_000;

type Holder = {
  id: string;
  user_id: string;
  kind: 'staff' | 'contact';
  name: string;
  roles: StaffRole[];
  locale: string;
  zone: string;
  marked_at: string | null;
  scopes: string[] | null;
};

/**
 * One indexed query per request, nothing cached: a disabled person, a revoked or expired session or key is
 * refused from the next request on, in every process.
 */
export function makeResolveActor(parts: SignInParts): ResolveActor {
  const cookieName = sessionCookieName(parts.https);
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const holder = await findHolderOfKey(parts.db, authorization);
      if (!holder) return null;
      mark(parts.db, holder, request, 'api_key');
      return staffActor(holder, { session_id: null, api_key_id: holder.id });
    }
    const token = readSessionCookie(request.headers.cookie, cookieName, parts.secret);
    const holder = token === null ? null : await findHolderOfSession(parts.db, token);
    if (!holder) return null;
    mark(parts.db, holder, request, 'session');
    if (holder.kind === 'staff') return staffActor(holder, { session_id: holder.id, api_key_id: null });
    const standing = await parts.findContactOfUser(parts.db, holder.user_id);
    return standing ? contactActor(holder, standing) : null;
  };
}

export function sessionCookieName(https: boolean): string {
  return `${https ? '__Secure-' : ''}${cookiePrefix}.session_token`;
}

/** The value of a session cookie: the token and its seal, as better-auth writes it. */
export function sealSessionToken(token: string, secret: string): string {
  return encodeURIComponent(`${token}.${seal(token, secret)}`);
}

/** The token of a session cookie whose seal is ours, else null. */
export function readSessionCookie(header: string | undefined, name: string, secret: string): string | null {
  const pair = header?.split(';').find((part) => part.trim().startsWith(`${name}=`));
  if (!pair) return null;
  const value = decodeCookie(pair.trim().slice(name.length + 1));
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1));
  const own = Buffer.from(seal(token, secret));
  return given.length === own.length && timingSafeEqual(given, own) ? token : null;
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function seal(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64');
}

/** A cookie's value as it was set; empty where it is malformed. */
export function decodeCookie(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

async function findHolderOfSession(db: Database, token: string): Promise<Holder | null> {
  const { rows } = await sql<Holder>`
    select s.id, s.user_id, u.kind, u.name, u.roles, u.locale, u.zone, s.last_seen_at as marked_at,
      null::text[] as scopes
    from sessions s join users u on u.id = s.user_id
    where s.token = ${token} and s.expires_at > now() and u.disabled_at is null`.execute(db);
  return rows[0] ?? null;
}

async function findHolderOfKey(db: Database, authorization: string): Promise<Holder | null> {
  const [scheme, secret, rest] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !secret || rest !== undefined) return null;
  const { rows } = await sql<Holder>`
    select k.id, k.user_id, u.kind, u.name, u.roles, u.locale, u.zone, k.last_used_at as marked_at, k.scopes
    from api_keys k join users u on u.id = k.user_id
    where k.secret_sha256 = ${hashSecret(secret)} and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > now())
      and u.disabled_at is null and u.kind = 'staff'`.execute(db);
  return rows[0] ?? null;
}

function staffActor(
  holder: Holder,
  by: { session_id: string | null; api_key_id: string | null },
): StaffActor {
  const { user_id: id, name, roles, locale, zone, scopes } = holder;
  return { kind: 'staff', id, name, roles, locale, zone, scopes, ...by };
}

function contactActor(holder: Holder, standing: ContactStanding): ContactActor {
  const { user_id: id, name, locale, zone } = holder;
  return { kind: 'contact', id, name, locale, zone, session_id: holder.id, ...standing };
}

/** Notes that a session or key is in use and prolongs the session; beside the request, never in its way. */
function mark(db: Database, holder: Holder, request: FastifyRequest, what: 'session' | 'api_key'): void {
  if (holder.marked_at && Date.now() - Date.parse(holder.marked_at) < markEveryMs) return;
  const marking =
    what === 'api_key'
      ? sql`update api_keys set last_used_at = now() where id = ${holder.id}`
      : sql`update sessions set last_seen_at = now(), ip_address = ${request.ip},
          expires_at = greatest(expires_at, least(now() + make_interval(days => ${sessionDays}),
            created_at + make_interval(days => ${sessionDaysAtMost})))
          where id = ${holder.id}`;
  marking.execute(db).catch((error) => request.log.warn({ err: error }, 'last seen was not noted'));
}

/** For Actor unions elsewhere: the id of the session a request came with, if it came with one. */
export function sessionIdOf(actor: Actor): string | null {
  return actor.kind === 'staff' || actor.kind === 'contact' ? actor.session_id : null;
}
