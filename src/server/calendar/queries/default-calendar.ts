import { Refusal } from '#domain/ground/refusal.ts';
import type { Database } from '../../platform/db/connect.ts';

/** The calendar of customers without a contract: the one that was made first and is still in use. */
export async function findDefaultCalendar(db: Database): Promise<{ id: string; version_id: string }> {
  const row = await db
    .selectFrom('calendars')
    .innerJoin('calendar_versions', 'calendar_versions.calendar_id', 'calendars.id')
    .select(['calendars.id', 'calendar_versions.id as version_id'])
    .where('calendars.archived_at', 'is', null)
    .orderBy('calendars.created_at')
    .orderBy('calendars.id')
    .orderBy('calendar_versions.version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Refusal('conflict', 'calendar.none_yet');
  return row;
}
