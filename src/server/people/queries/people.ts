import { sql } from 'kysely';
import type { StaffRole } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Person } from '#domain/people/commands.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged } from '../../platform/cursor.ts';
import type { Database } from '../../platform/db/connect.ts';

const columns = [
  'id',
  'name',
  'email',
  'phone',
  'roles',
  'locale',
  'zone',
  'two_factor_enabled',
  'disabled_at',
  'created_at',
] as const;

/** The firm's people by name. */
export async function listPeople(
  ctx: Context,
  { query }: { query: { after?: string; limit: number; role?: StaffRole; disabled?: 'true' | 'false' } },
) {
  let rows = ctx.db.selectFrom('users').select(columns).where('kind', '=', 'staff');
  if (query.disabled) rows = rows.where('disabled_at', query.disabled === 'true' ? 'is not' : 'is', null);
  if (query.role) rows = rows.where(sql<boolean>`${query.role} = any(roles)`);
  if (query.after) {
    const [name, id] = decodeCursor(query.after, ['text', 'id']);
    rows = rows.where(sql<boolean>`(name, id) > (${name}, ${id}::uuid)`);
  }
  const found = await rows
    .orderBy('name')
    .orderBy('id')
    .limit(query.limit + 1)
    .execute();
  return paged(found as Person[], query.limit, (row) => [row.name, row.id]);
}

export async function openPerson(ctx: Context, { params }: { params: { id: string } }) {
  const row = await ctx.db
    .selectFrom('users')
    .select(columns)
    .select((eb) => [
      eb
        .selectFrom('sessions')
        .select((s) => s.fn.max<string | null>('last_seen_at').as('at'))
        .whereRef('user_id', '=', 'users.id')
        .as('last_seen_at'),
      eb
        .selectFrom('sessions')
        .select((s) => s.fn.countAll<number>().as('n'))
        .whereRef('user_id', '=', 'users.id')
        .where('expires_at', '>', ctx.now)
        .as('sessions'),
    ])
    .where('id', '=', params.id)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'people.not_found');
  return { ...(row as Person), last_seen_at: row.last_seen_at, sessions: row.sessions ?? 0 };
}

/** One of the firm's people with the row locked. */
export async function lockPerson(db: Database, id: string): Promise<Person> {
  const row = await db
    .selectFrom('users')
    .select(columns)
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'people.not_found');
  return row as Person;
}

export type Colleague = { id: string; name: string; email: string; locale: string; roles: StaffRole[] };

/** For other modules: a colleague who may be given work or told things; null when unknown or disabled. */
export async function findColleague(db: Database, id: string): Promise<Colleague | null> {
  const row = await db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'locale', 'roles'])
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return (row as Colleague | undefined) ?? null;
}
