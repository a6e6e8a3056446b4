import { sql } from 'kysely';
import type { Ticker } from '../platform/jobs.ts';

/** Clears what has run out. Bounded, so that no table is held long; several processes may do it at once. */
export const tickers: Ticker[] = [
  {
    name: 'people.clear_ended',
    everySeconds: 600,
    run: async ({ db }) => {
      await sql`delete from sessions where id in
        (select id from sessions where expires_at < now() - interval '1 day' limit 5000 for update skip locked)`.execute(
        db,
      );
      await sql`delete from verifications where id in
        (select id from verifications where expires_at < now() - interval '1 day' limit 5000 for update skip locked)`.execute(
        db,
      );
      await sql`delete from attempts where id in
        (select id from attempts where window_ends_at < now() - interval '1 day' limit 5000 for update skip locked)`.execute(
        db,
      );
    },
  },
];
