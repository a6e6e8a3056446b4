import { sql } from 'kysely';
import { parseQuery } from '#domain/search/query.ts';
import { startApp } from '#server/app.ts';
import type { Database } from '#server/platform/db/connect.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { newId } from '#server/platform/ids.ts';
import { makeLog } from '#server/platform/log.ts';
import { readSettings } from '#server/platform/settings.ts';
import { reindex } from '#server/search/actions/reindex.ts';
import { findHits } from '#server/search/queries/find-hits.ts';
import { type Judged, judge } from './judging.ts';
import type { Passage, Question } from './test-collection.ts';

const longestTitle = 200;
const longestText = 20_000;

/** Makes tickets of the passages, has them indexed by the ordinary way, and asks as the search does. */
export async function judgeSearch({
  databaseUrl,
  passages,
  questions,
  budget,
}: {
  databaseUrl: string;
  passages: readonly Passage[];
  questions: readonly Question[];
  /** How many candidates are looked at; by default as many as always. */
  budget?: number;
}): Promise<Judged> {
  await migrate({ url: databaseUrl });
  const log = makeLog('silent');
  const settings = readSettings({ DATA_DIR: '.', LOG_LEVEL: 'silent', AUTH_SECRET: newId() });
  const app = await startApp({ settings, url: databaseUrl, log, roles: { web: true, worker: false } });
  try {
    const passageOf = await makeTickets(app.db, passages);
    await reindex(app);
    const now = new Date().toISOString();
    const scope = { filters: [], where: sql`true` };
    return await judge(questions, async (text) => {
      const hits = await findHits(app.db, { query: parseQuery(text), scope, now, budget });
      const ids = hits.slice(0, 10).map(({ id }) => id);
      const { rows } = await sql<{ id: string; subject_id: string }>`
        select id, subject_id from search_documents where id = any(${ids}::uuid[])`.execute(app.db);
      const subjects = new Map(rows.map(({ id, subject_id }) => [id, subject_id]));
      return ids.map((id) => passageOf.get(subjects.get(id) ?? '') ?? '');
    });
  } finally {
    await app.close();
  }
}

/** One ticket for each passage; which ticket is which passage. */
async function makeTickets(db: Database, passages: readonly Passage[]): Promise<Map<string, string>> {
  const now = new Date().toISOString();
  const [customer, contact] = [newId(), newId()];
  await db.insertInto('customers').values({ id: customer, name: 'Corpus', created_at: now }).execute();
  await db
    .insertInto('contacts')
    .values({ id: contact, customer_id: customer, name: 'Reader', created_at: now })
    .execute();
  const passageOf = new Map<string, string>();
  for (let from = 0; from < passages.length; from += 1_000) {
    const rows = passages.slice(from, from + 1_000).map(({ id: passage, title, text }) => {
      const id = newId();
      passageOf.set(id, passage);
      return { id, title: title.slice(0, longestTitle) || '-', customer_words: text.slice(0, longestText) };
    });
    await sql`insert into tickets (id, customer_id, requester_id, kind, title, customer_words, state, impact, urgency,
        priority, channel, created_by_kind, created_at, updated_at)
      select id, ${customer}, ${contact}, 'question', title, customer_words, 'new', 3, 3, 4, 'desk', 'system', ${now}, ${now}
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (id uuid, title text, customer_words text)`.execute(
      db,
    );
  }
  return passageOf;
}
