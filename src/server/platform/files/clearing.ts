import { sql } from 'kysely';
import { systemActor } from '#domain/ground/actor.ts';
import type { Database } from '../db/connect.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Ticker } from '../jobs.ts';
import { lockContent } from './keeping.ts';
import { FileStore } from './store.ts';

/** Clears files that no act claimed within a day, and their bytes when nobody else has the same. */
export async function clearUnclaimed(db: Database, store: FileStore, nowMs: number): Promise<void> {
  const before = new Date(nowMs - 86_400_000).toISOString();
  const unclaimed = await sql<{ id: string }>`select id from files
    where subject_id is null and created_at < ${before} order by created_at limit 1000`.execute(db);
  for (const { id } of unclaimed.rows) await clearFile(db, store, id).catch(unlessReferred);
  await store.clearArriving(nowMs);
}

// Something holds on to the file without having claimed it: then it stays.
function unlessReferred(error: { code?: string }): void {
  if (error.code !== '23503') throw error;
}

async function clearFile(db: Database, store: FileStore, id: string): Promise<void> {
  await inTransaction(db, systemActor, async (transaction) => {
    const { rows } = await sql<{ sha256: string; thumbnail_sha256: string | null }>`delete from files
      where id = ${id} and subject_id is null returning sha256, thumbnail_sha256`.execute(transaction);
    const contents = rows.flatMap((row) => [row.sha256, row.thumbnail_sha256]).filter((sha) => sha !== null);
    for (const sha256 of contents.sort()) await clearContent(transaction, store, sha256);
  });
}

async function clearContent(db: Database, store: FileStore, sha256: string): Promise<void> {
  await lockContent(db, sha256);
  const { numAffectedRows } = await sql`delete from file_contents c where sha256 = ${sha256}
    and not exists (select from files where files.sha256 = c.sha256)
    and not exists (select from files where files.thumbnail_sha256 = c.sha256)`.execute(db);
  // Before the commit: should it fail, the next round finds the row again, and an upload of the same bytes
  // writes them anew.
  if (numAffectedRows) await store.remove(sha256);
}

export const clearUnclaimedFiles: Ticker = {
  name: 'files.clear_unclaimed',
  everySeconds: 3_600,
  run: (tools) => clearUnclaimed(tools.db, new FileStore(tools.settings.dataDir), Date.now()),
};
