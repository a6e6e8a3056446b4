import { sql } from 'kysely';
import { sealSessionToken, sessionCookieName } from '#server/people/sign-in.ts';
import type { Database } from '#server/platform/db/connect.ts';
import { newId } from '#server/platform/ids.ts';

/** Sessions of the cast are sealed with this; the test server runs under it. */
export const testSecret = 'a secret that only tests know, forty chars';

/** Fixed ids, so that a failing test names people and not numbers. */
const fixed = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const people = {
  林海: { id: fixed(1), roles: ['engineer'] },
  周敏: { id: fixed(2), roles: ['dispatcher'] },
  陈立: { id: fixed(3), roles: ['manager'] },
  王经理: { id: fixed(4), roles: ['sales'] },
  管理员: { id: fixed(5), roles: ['administrator'] },
  赵工: { id: fixed(6), roles: ['engineer'] },
} as const;
export type StaffName = keyof typeof people;

/** Two customers, so that every test can try the other one's ids. */
export const customers = {
  鲁味餐饮: { id: fixed(101), site: fixed(111), contract: fixed(121) },
  华安医院: { id: fixed(102), site: fixed(112), contract: fixed(122) },
} as const;
export type CustomerName = keyof typeof customers;

/**
 * 收银员小吴 sees only her own questions; 店长孙悦 everything of the chain and manages its people;
 * 李医生 belongs to the other customer.
 */
export const contacts = {
  小吴: { id: fixed(201), user: fixed(301), customer: '鲁味餐饮', sees: 'own', administrator: false },
  孙悦: { id: fixed(202), user: fixed(302), customer: '鲁味餐饮', sees: 'all', administrator: true },
  老马: { id: fixed(203), user: fixed(303), customer: '鲁味餐饮', sees: 'own', administrator: false },
  李医生: { id: fixed(204), user: fixed(304), customer: '华安医院', sees: 'all', administrator: true },
} as const;
export type ContactName = keyof typeof contacts;
export type CastName = StaffName | ContactName;

export const calendarVersion = fixed(402);

/** Puts the cast into an empty database: people, two customers with a contract each, and a session for everyone. */
export async function fillCast(db: Database): Promise<void> {
  await sql`insert into calendars (id, name, created_at) values (${fixed(401)}, '全天候', now())`.execute(db);
  await sql`insert into calendar_versions (id, calendar_id, version, definition, effective_at, created_at)
    values (${calendarVersion}, ${fixed(401)}, 1, ${JSON.stringify(aroundTheClock)}, now(), now())`.execute(
    db,
  );
  for (const [name, person] of Object.entries(people)) {
    await addUser(db, { id: person.id, kind: 'staff', name, roles: [...person.roles] });
  }
  for (const [name, customer] of Object.entries(customers)) await addCustomer(db, name, customer);
  for (const [name, contact] of Object.entries(contacts)) {
    await addUser(db, { id: contact.user, kind: 'contact', name, roles: [] });
    await sql`insert into contacts (id, customer_id, user_id, name, email, roles, portal_sees,
        is_customer_administrator, created_at)
      values (${contact.id}, ${customers[contact.customer].id}, ${contact.user}, ${name},
        ${emailOf(contact.user)}, '{uses}', ${contact.sees}, ${contact.administrator}, now())`.execute(db);
  }
}

const aroundTheClock = {
  zone: 'Asia/Shanghai',
  hours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
  ),
  off: [],
  workdays: {},
  restAnyway: false,
};

const targets = {
  p1: { first_response: 30, resolution: 240 },
  p2: { first_response: 60, resolution: 480 },
  p3: { first_response: 240, resolution: 1440 },
  p4: { first_response: 480, resolution: 2880 },
};

async function addCustomer(
  db: Database,
  name: string,
  { id, site, contract }: { id: string; site: string; contract: string },
): Promise<void> {
  await sql`insert into customers (id, name, created_at) values (${id}, ${name}, now())`.execute(db);
  await sql`insert into sites (id, customer_id, name, created_at) values (${site}, ${id}, '总店', now())`.execute(
    db,
  );
  await sql`insert into contracts (id, customer_id, name, calendar_id, targets, starts_on, created_at)
    values (${contract}, ${id}, '全年维保', ${fixed(401)}, ${JSON.stringify(targets)}, '2020-01-01', now())`.execute(
    db,
  );
}

async function addUser(
  db: Database,
  user: { id: string; kind: 'staff' | 'contact'; name: string; roles: string[] },
): Promise<void> {
  await sql`insert into users (id, kind, name, email, email_verified, roles, created_at, updated_at)
    values (${user.id}, ${user.kind}, ${user.name}, ${emailOf(user.id)}, true, ${user.roles}, now(), now())`.execute(
    db,
  );
  await addSession(db, user.id);
}

/** Signs somebody of the cast in, under the cookie that they always have. */
export async function addSession(db: Database, userId: string): Promise<void> {
  await sql`insert into sessions (id, user_id, token, expires_at, created_at, updated_at)
    values (${newId()}, ${userId}, ${tokenOf(userId)}, now() + interval '7 days', now(), now())`.execute(db);
}

function emailOf(userId: string): string {
  return `${userId.slice(-4)}@cast.example`;
}

function tokenOf(userId: string): string {
  return `session-of-${userId}-for-tests-only`;
}

/** The Cookie header with which somebody of the cast is signed in. */
export function cookieOf(name: CastName): string {
  const userId = name in people ? people[name as StaffName].id : contacts[name as ContactName].user;
  return `${sessionCookieName(false)}=${sealSessionToken(tokenOf(userId), testSecret)}`;
}
