import { sql } from 'kysely';
import { Refusal } from '#domain/ground/refusal.ts';
import { unlinkMails } from '../../channels/actions/unlink-mails.ts';
import { takeBackContacts, takeBackCustomers } from '../../customers/actions/import-people.ts';
import type { Context } from '../../platform/context.ts';
import { releaseFiles } from '../../platform/files/claiming.ts';
import type { JobTools } from '../../platform/jobs.ts';
import { takeBackMessages, takeBackTickets } from '../../tickets/actions/import-tickets.ts';
import { listUntouchedTickets, listUnusedContacts, listUnusedCustomers } from '../queries/untouched.ts';
import { useIndexes } from './write-batch.ts';

// What one transaction removes; a few seconds at most.
const batchTickets = 1_000;
const batchRows = 5_000;

/** Begins to take an import back. What somebody has worked on since stays, and is named; all else goes. */
export async function takeBackImport(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<{ id: string }> {
  const row = await ctx.db
    .selectFrom('imports')
    .select(['state', 'kind', 'source', 'file_name'])
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  if (row.state === 'taken_back' || row.state === 'taking_back')
    throw new Refusal('conflict', 'imports.already_taken_back');
  await ctx.db
    .updateTable('imports')
    .set({
      state: 'taking_back',
      failure: null,
      taken_back_at: ctx.now,
      taken_back_by_id: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      updated_at: ctx.now,
    })
    .where('id', '=', params.id)
    .execute();
  const { kind, source, file_name } = row;
  ctx.record({
    name: 'import.taken_back',
    subject: { kind: 'import', id: params.id },
    data: { kind, source, file_name },
  });
  ctx.enqueue('imports.run', { import_id: params.id }, { key: `import ${params.id}` });
  return { id: params.id };
}

/** Removes what an import brought, batch by batch; a killed run is taken up by running it again. */
export async function finishTakingBack(
  tools: Pick<JobTools, 'asSystem'>,
  importId: string,
  untilMs = Infinity,
): Promise<'done' | 'paused' | 'overtaken'> {
  for (const step of [removeEvents, removeTickets, removeMessages, removeContacts, removeCustomers]) {
    let after: string | null = beforeAll;
    while (after !== null) {
      if (Date.now() > untilMs) return 'paused';
      const slice: Slice = { import_id: importId, after };
      const reached: string | null = await tools.asSystem((ctx) => inStep(ctx, slice, step));
      if (reached === 'overtaken') return 'overtaken';
      after = reached;
    }
  }
  await tools.asSystem((ctx) => noteTakenBack(ctx, importId));
  return 'done';
}

const beforeAll = '00000000-0000-0000-0000-000000000000';

type Slice = { import_id: string; after: string };
/** Removes some and says how far it came; null when nothing is left. */
type Step = (ctx: Context, slice: Slice) => Promise<string | null>;

async function inStep(ctx: Context, slice: Slice, step: Step): Promise<string | null> {
  const row = await ctx.db
    .updateTable('imports')
    .set({ updated_at: ctx.now })
    .where('id', '=', slice.import_id)
    .where('state', '=', 'taking_back')
    .returning('id')
    .executeTakeFirst();
  if (!row) return 'overtaken';
  await useIndexes(ctx);
  return step(ctx, slice);
}

/** Recorded history of tickets that another import brought; that of its own tickets goes with them. */
const removeEvents: Step = async (ctx, { import_id }) => {
  const { numAffectedRows = 0n } = await sql`delete from imported_events where id in (
    select imported_events.id from imported_events join tickets on tickets.id = imported_events.ticket_id
    where imported_events.import_id = ${import_id}::uuid and tickets.import_id <> ${import_id}::uuid
    limit ${batchRows})`.execute(ctx.db);
  return numAffectedRows > 0n ? beforeAll : null;
};

const removeTickets: Step = async (ctx, slice) => {
  const ids = await listUntouchedTickets(ctx.db, { ...slice, limit: batchTickets });
  await removeUnlessHeld(ctx, ids, async (some) => {
    await ctx.db.deleteFrom('imported_events').where('ticket_id', 'in', some).execute();
    await unlinkMails(ctx, some);
    await takeBackTickets(ctx, some);
  });
  return ids.at(-1) ?? null;
};

const removeMessages: Step = async (ctx, { import_id }) =>
  (await takeBackMessages(ctx, { import_id, limit: batchRows })) > 0 ? beforeAll : null;

const removeContacts: Step = async (ctx, slice) => {
  const ids = await listUnusedContacts(ctx.db, { ...slice, limit: batchRows });
  await removeUnlessHeld(ctx, ids, (some) => takeBackContacts(ctx, some));
  return ids.at(-1) ?? null;
};

const removeCustomers: Step = async (ctx, slice) => {
  const ids = await listUnusedCustomers(ctx.db, { ...slice, limit: batchRows });
  await removeUnlessHeld(ctx, ids, (some) => takeBackCustomers(ctx, some));
  return ids.at(-1) ?? null;
};

const heldByAnother = '23503';

/**
 * Removes what can be removed: what a row of whatever table still stands on (a foreign key) stays, and only that, found
 * by halving.
 */
async function removeUnlessHeld(
  ctx: Context,
  ids: readonly string[],
  remove: (some: readonly string[]) => Promise<void>,
): Promise<void> {
  if (ids.length === 0) return;
  await sql`savepoint removing`.execute(ctx.db);
  try {
    await remove(ids);
    await sql`release savepoint removing`.execute(ctx.db);
  } catch (error) {
    if ((error as { code?: string }).code !== heldByAnother) throw error;
    await sql`rollback to savepoint removing`.execute(ctx.db);
    if (ids.length === 1) return;
    const middle = Math.ceil(ids.length / 2);
    await removeUnlessHeld(ctx, ids.slice(0, middle), remove);
    await removeUnlessHeld(ctx, ids.slice(middle), remove);
  }
}

async function noteTakenBack(ctx: Context, importId: string): Promise<void> {
  const { kept } = await ctx.db
    .selectFrom('tickets')
    .select((row) => row.fn.countAll<number>().as('kept'))
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow();
  await ctx.db.deleteFrom('import_rejects').where('import_id', '=', importId).execute();
  const row = await ctx.db
    .updateTable('imports')
    .set({
      state: 'taken_back',
      kept: Number(kept),
      file_id: null,
      finished_at: ctx.now,
      updated_at: ctx.now,
    })
    .where('id', '=', importId)
    .where('state', '=', 'taking_back')
    .returning(['tickets'])
    .executeTakeFirst();
  if (!row) return;
  // The file holds all that was just removed.
  await releaseFiles(ctx, { kind: 'import', id: importId });
  ctx.record({
    name: 'import.removed',
    subject: { kind: 'import', id: importId },
    data: { tickets: row.tickets - Number(kept), kept: Number(kept) },
  });
}
