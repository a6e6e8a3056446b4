import { Refusal } from '#domain/ground/refusal.ts';
import type { Database } from '../../platform/db/connect.ts';

/** A colleague who goes on site: there, an engineer and not disabled; refused otherwise. */
export async function loadEngineer(db: Database, id: string): Promise<{ id: string; name: string }> {
  const person = await db
    .selectFrom('users')
    .select(['id', 'name', 'roles', 'disabled_at'])
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
  if (!person?.roles.includes('engineer')) throw new Refusal('invalid', 'people.no_engineer');
  if (person.disabled_at) throw new Refusal('conflict', 'people.engineer_disabled', { name: person.name });
  return { id: person.id, name: person.name };
}

/** Holds the person's row until the transaction ends, so that two plans for one engineer are made one after the other. */
export async function lockEngineer(db: Database, id: string): Promise<void> {
  await db.selectFrom('users').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}
