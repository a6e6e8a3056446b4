import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { JobTools } from '../../platform/jobs.ts';
import { countTerms } from './count-terms.ts';
import { indexThings } from './index-things.ts';
import { type SourceKind, sourceKinds } from './sources.ts';

// So many things in one transaction, and so long at a stretch: a job gets its turn in between.
const batch = 200;
const stretchMs = 60_000;

/**
 * Has the index made anew from the things themselves, in the background: after rows came in, or went away, without
 * events. With `since`, an id, only from the things made after it on; nothing else is looked at, nor cleared away.
 */
export async function enqueueReindex(
  ctx: Context,
  { kinds = sourceKinds, since = null }: { kinds?: readonly SourceKind[]; since?: string | null } = {},
): Promise<void> {
  // One that is under way goes back to the earlier of the two places.
  await sql`update search_backlogs set done_at = null, after_id = case
      when ${since}::uuid is null or (done_at is null and after_id is null) then null
      when done_at is null then least(after_id, ${since}::uuid) else ${since}::uuid end
    where kind = any(${kinds}::text[])`.execute(ctx.db);
  ctx.enqueue('search.reindex', {}, { key: 'search.reindex' });
}

/** Works off what is to be indexed, batch by batch; where it ends, the next one goes on. */
export async function reindex(tools: Pick<JobTools, 'asSystem'>): Promise<void> {
  const started = performance.now();
  let indexed = 0;
  while (performance.now() - started < stretchMs) {
    const done = await tools.asSystem(({ db, now }) => indexBatch(db, now));
    if (done === null) break;
    indexed += done;
  }
  if (indexed > 0) await countTerms(tools);
}

/** Null when there is nothing left that nobody else is at. */
async function indexBatch(db: Database, now: string): Promise<number | null> {
  const { rows } = await sql<{ kind: SourceKind; after_id: string | null }>`
    select kind, after_id from search_backlogs where done_at is null
    order by array_position(${sourceKinds}::text[], kind) limit 1 for update skip locked`.execute(db);
  const [backlog] = rows;
  if (!backlog) return null;
  const { kind, after_id } = backlog;
  const next = await sql<{ id: string }>`
    select id from ${sql.table(tables[kind])} where ${after_id}::uuid is null or id > ${after_id}::uuid
    order by id limit ${batch}`.execute(db);
  const ids = next.rows.map(({ id }) => id);
  await indexThings(db, { kind, ids, now });
  if (ids.length < batch) await dropGone(db, kind);
  await sql`update search_backlogs set after_id = ${ids.at(-1) ?? after_id}, done_at = ${ids.length < batch ? now : null}
    where kind = ${kind}`.execute(db);
  return ids.length;
}

const tables: Record<SourceKind, string> = {
  customer: 'customers',
  site: 'sites',
  contact: 'contacts',
  asset: 'assets',
  ticket: 'tickets',
  message: 'messages',
  promise: 'promises',
  visit: 'visits',
};

/** Documents of things that are no more. */
async function dropGone(db: Database, kind: SourceKind): Promise<void> {
  const owner = kind === 'visit' ? sql`visit_id` : sql`subject_id`;
  const theirs =
    kind === 'visit'
      ? sql`kind in ('visit', 'finding', 'log_entry', 'wrap_up', 'visit_note')`
      : sql`kind = ${kind}`;
  await sql`delete from search_documents document where ${theirs}
    and not exists (select from ${sql.table(tables[kind])} thing where thing.id = document.${owner})`.execute(
    db,
  );
}
