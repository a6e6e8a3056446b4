import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { JobTools } from '../../platform/jobs.ts';

/** So many documents are read to know how common the terms are. */
const sample = 15_000;
// Rarer ones are counted when they are asked for.
const leastDocuments = 3;
const drift = 0.1;

/** Counts again when a tenth of the documents came or went since. */
export async function countTermsWhenDue(tools: Pick<JobTools, 'asSystem' | 'db'>): Promise<void> {
  const { rows } = await sql<{ due: boolean }>`
    select coalesce(abs(live.n_live_tup - counted.live_rows) > ${drift}::float8 * greatest(counted.live_rows, 100),
      live.n_live_tup > 0) as due
    from pg_stat_user_tables live left join search_counts counted on true
    where live.relid = 'search_documents'::regclass`.execute(tools.db);
  if (rows[0]?.due) await countTerms(tools);
}

/** How many documents there are, how long in the mean, and how many have each of the commoner terms. */
export async function countTerms({ asSystem }: Pick<JobTools, 'asSystem'>): Promise<void> {
  await asSystem(async ({ db, now }) => {
    // One at a time; who comes second counts again, which harms nobody.
    await sql`select pg_advisory_xact_lock(hashtextextended('search.count_terms', 0))`.execute(db);
    const all = await sql<{
      documents: number;
    }>`select count(*)::int as documents from search_documents`.execute(db);
    const documents = all.rows[0]?.documents ?? 0;
    const percent = Math.min(100, (100 * sample) / Math.max(1, documents));
    // Repeatable: counted and read is the same sample.
    const read = `from search_documents${percent < 100 ? ` tablesample system (${percent.toFixed(4)}) repeatable (1)` : ''}`;
    const seen = await sql<{ seen: number; mean: number }>`
      select count(*)::int as seen, coalesce(avg(length), 0)::float8 as mean ${sql.raw(read)}`.execute(db);
    const { seen: lookedAt, mean } = seen.rows[0] as { seen: number; mean: number };
    await sql`delete from search_counts`.execute(db);
    await sql`delete from search_terms`.execute(db);
    await sql`insert into search_counts (id, documents, mean_length, live_rows, created_at)
      select ${newId()}, ${documents}, ${mean}, n_live_tup, ${now} from pg_stat_user_tables
      where relid = 'search_documents'::regclass`.execute(db);
    await sql`insert into search_terms (term, documents, created_at)
      select word, least(${documents}, round(ndoc * ${documents}::float8 / ${Math.max(1, lookedAt)})), ${now}
      from ts_stat(${`select tokens ${read}`}) where ndoc >= ${leastDocuments}`.execute(db);
  });
}
