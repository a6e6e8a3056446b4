import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type {
  completePromise as CompletePromise,
  declinePromise as DeclinePromise,
  keepPromise as KeepPromise,
  MakePromise,
  movePromise as MovePromise,
  PromiseRow,
  PromiseState,
} from '#domain/promises/commands.ts';
import {
  missingParts,
  type Promised,
  refuseCompleting,
  refuseMoving,
  refuseSettling,
} from '#domain/promises/settling.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { openPromise } from './queries.ts';

type Call<S extends z.ZodType> = { params: { id: string }; body: z.output<S> };
type Loaded = Promised & {
  id: string;
  customer_id: string;
  subject_kind: string;
  subject_id: string;
  words: string;
  moved_count: number;
};

/**
 * How a promise finds the thing it was given in; the module of that thing answers. Null: not there, not visible. `held`: it
 * is not closed before the transaction is over, and where it is being closed just now, that is waited for.
 */
export type FindSubject = (
  ctx: Context,
  at: { id: string; message_id: string | null; held: boolean },
) => Promise<{
  customer_id: string;
  contact_id: string | null;
  closed: boolean;
  has_message: boolean;
} | null>;

const subjects = new Map<string, FindSubject>();

/** Modules right of this one tell how to find their things; called once when the server is put together. */
export function promisesCanBeGivenIn(kind: string, find: FindSubject): void {
  subjects.set(kind, find);
}

/**
 * Writes down what one of us promised, where it was said. Complete or not: nothing said is lost. What came due while a phone
 * was without signal was promised in time all the same; and what was promised on a visit was said to somebody's face,
 * whatever became of the thing meanwhile: it stays closed, and the promise stands open in it.
 */
export async function makePromise(
  ctx: Context,
  { body, visit_id }: { body: MakePromise; visit_id?: string },
): Promise<PromiseRow> {
  const subject = await subjects.get(body.subject.kind)?.(ctx, {
    id: body.subject.id,
    message_id: body.message_id,
    // No closing refuses what comes from a visit. Held for it, two visits of one ticket would stand in each other's way, as
    // what they tell it afterwards locks it altogether.
    held: visit_id === undefined,
  });
  if (!subject) throw new Refusal('not_found', 'ground.not_found');
  if (subject.closed && visit_id === undefined) throw new Refusal('conflict', 'promises.subject_closed');
  if (body.due_at !== null && body.due_at <= ctx.happenedAt) {
    throw new Refusal('invalid', 'promises.due_in_past', { due_at: body.due_at });
  }
  if (body.to_contact_id) await checkContact(ctx, body.to_contact_id, subject.customer_id);
  const owner_id = visit_id === undefined ? body.owner_id : await ownerOfLate(ctx, body.owner_id);
  if (owner_id) await checkOwner(ctx, owner_id);
  if (body.message_id && !subject.has_message) throw new Refusal('invalid', 'promises.message_unknown');
  await ctx.db
    .insertInto('promises')
    .values({
      id: body.id,
      customer_id: subject.customer_id,
      subject_kind: body.subject.kind,
      subject_id: body.subject.id,
      message_id: body.message_id,
      visit_id: visit_id ?? null,
      words: body.words,
      to_contact_id: body.to_contact_id,
      owner_id,
      due_at: body.due_at,
      first_due_at: body.due_at,
      state: 'open',
      created_by_id: ctx.actor.id,
      created_at: ctx.now,
    })
    .execute();
  const { words, due_at, message_id } = body;
  const promise = await tell(ctx, 'promise.made', body.id, { words, due_at, message_id });
  if (owner_id !== body.owner_id) {
    ctx.record({
      name: 'promise.owner_gone',
      subject: { kind: 'promise', id: body.id },
      context: body.subject,
      customer_id: subject.customer_id,
      data: { words, owner_id: body.owner_id, left_with_id: owner_id },
    });
  }
  return promise;
}

/** Fills in what a promise caught in passing still lacked. */
export async function completePromise(
  ctx: Context,
  { params, body }: Call<typeof CompletePromise>,
): Promise<PromiseRow> {
  const promise = await loadPromise(ctx, params.id);
  unlessRefused(refuseCompleting(promise, body, ctx.now));
  if (body.to_contact_id) await checkContact(ctx, body.to_contact_id, promise.customer_id);
  if (body.owner_id) await checkOwner(ctx, body.owner_id);
  if (Object.keys(body).length > 0) {
    await ctx.db
      .updateTable('promises')
      .set({ ...body, ...(promise.due_at === null && body.due_at ? { first_due_at: body.due_at } : {}) })
      .where('id', '=', promise.id)
      .execute();
  }
  return tell(ctx, 'promise.completed', promise.id, { ...body });
}

/** Kept, and the customer was told: how and when. */
export async function keepPromise(
  ctx: Context,
  { params, body }: Call<typeof KeepPromise>,
): Promise<PromiseRow> {
  const promise = await loadPromise(ctx, params.id);
  unlessRefused(refuseSettling(promise, body, ctx.now));
  await settle(ctx, promise, 'kept', body);
  return tell(ctx, 'promise.kept', promise.id, {
    words: promise.words,
    told_how: body.told_how,
    told_at: body.told_at,
  });
}

/** It will not be done: with the reason, and the customer was told. */
export async function declinePromise(
  ctx: Context,
  { params, body }: Call<typeof DeclinePromise>,
): Promise<PromiseRow> {
  const promise = await loadPromise(ctx, params.id);
  unlessRefused(refuseSettling(promise, body, ctx.now));
  await settle(ctx, promise, 'declined', body, body.reason);
  return tell(ctx, 'promise.declined', promise.id, {
    words: promise.words,
    reason: body.reason,
    told_how: body.told_how,
    told_at: body.told_at,
  });
}

/** Another time, which the customer agreed to. The first word stays on record. */
export async function movePromise(
  ctx: Context,
  { params, body }: Call<typeof MovePromise>,
): Promise<PromiseRow> {
  const promise = await loadPromise(ctx, params.id);
  unlessRefused(refuseMoving(promise, body.to, ctx.now));
  await ctx.db
    .insertInto('promise_moves')
    .values({
      id: newId(),
      promise_id: promise.id,
      customer_id: promise.customer_id,
      from_due_at: promise.due_at as string,
      to_due_at: body.to,
      agreed_by: body.agreed_by,
      reason: body.reason,
      moved_by_id: ctx.actor.id,
      created_at: ctx.now,
    })
    .execute();
  await ctx.db
    .updateTable('promises')
    .set({
      due_at: body.to,
      moved_count: promise.moved_count + 1,
      overdue_noted_at: null,
      overdue_climbed_at: null,
    })
    .where('id', '=', promise.id)
    .execute();
  return tell(ctx, 'promise.moved', promise.id, {
    words: promise.words,
    from: promise.due_at,
    to: body.to,
    agreed_by: body.agreed_by,
    reason: body.reason,
  });
}

async function loadPromise(ctx: Context, id: string): Promise<Loaded> {
  const row = await ctx.db
    .selectFrom('promises')
    .select([
      'id',
      'customer_id',
      'subject_kind',
      'subject_id',
      'words',
      'moved_count',
      'state',
      'to_contact_id',
      'owner_id',
      'due_at',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found', 'ground.not_found');
  return row as Loaded;
}

async function settle(
  ctx: Context,
  promise: Loaded,
  state: Exclude<PromiseState, 'open'>,
  told: { told_how: string; told_at: string; told_note: string },
  reason: string | null = null,
): Promise<void> {
  const missing = missingParts(promise);
  // Kept means kept towards somebody, by somebody, in time or not: without these it cannot be said.
  if (state === 'kept' && missing.length > 0)
    throw new Refusal('conflict', 'promises.incomplete', { missing });
  await ctx.db
    .updateTable('promises')
    .set({
      state,
      settled_at: ctx.happenedAt,
      settled_by_id: ctx.actor.id,
      told_how: told.told_how,
      told_at: told.told_at,
      told_note: told.told_note || null,
      decline_reason: reason,
    })
    .where('id', '=', promise.id)
    .execute();
}

/** Records the act under its subject's own customer and contact, and answers with the promise as it is now. */
async function tell(
  ctx: Context,
  name: string,
  id: string,
  data: Record<string, unknown>,
): Promise<PromiseRow> {
  const promise = await openPromise(ctx, { params: { id } });
  const subject = await subjects.get(promise.subject_kind)?.(ctx, {
    id: promise.subject_id,
    message_id: null,
    held: false,
  });
  ctx.record({
    name,
    subject: { kind: 'promise', id },
    context: { kind: promise.subject_kind, id: promise.subject_id },
    customer_id: promise.customer_id,
    contact_id: promise.to_contact_id ?? subject?.contact_id ?? null,
    visible_to_customer: true,
    data,
  });
  return promise;
}

async function checkContact(ctx: Context, id: string, customerId: string): Promise<void> {
  const contact = await ctx.db
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (!contact) throw new Refusal('invalid', 'promises.contact_unknown');
}

/**
 * Whose a promise is that comes home from a visit. Was its owner shut out meanwhile, it is left with whoever said it; are they
 * gone too, with nobody, and the ledger says that the owner is missing. Null or as named otherwise, strangers' ids included.
 */
async function ownerOfLate(ctx: Context, named: string | null): Promise<string | null> {
  if (named === null || !(await findStaff(ctx, named))?.disabled_at) return named;
  const said = ctx.actor.id && (await findStaff(ctx, ctx.actor.id));
  return said && !said.disabled_at ? ctx.actor.id : null;
}

async function checkOwner(ctx: Context, id: string): Promise<void> {
  const owner = await findStaff(ctx, id);
  if (!owner || owner.disabled_at) throw new Refusal('invalid', 'promises.owner_unknown');
}

function findStaff(ctx: Context, id: string): Promise<{ disabled_at: string | null } | undefined> {
  return ctx.db
    .selectFrom('users')
    .select('disabled_at')
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
}

/** What was promised to somebody who turned out to be of another customer goes with them. */
export async function movePromisesOf(
  ctx: Context,
  move: {
    subject: { kind: string; ids: readonly string[] };
    from_contact_id: string;
    to: { customer_id: string; contact_id: string };
  },
): Promise<void> {
  if (move.subject.ids.length === 0) return;
  const { customer_id, contact_id } = move.to;
  const moved = await ctx.db
    .updateTable('promises')
    .set({
      customer_id,
      to_contact_id: sql<
        string | null
      >`case when to_contact_id = ${move.from_contact_id} then ${contact_id}::uuid end`,
    })
    .where('subject_kind', '=', move.subject.kind)
    .where('subject_id', 'in', [...move.subject.ids])
    .returning('id')
    .execute();
  if (moved.length === 0) return;
  await ctx.db
    .updateTable('promise_moves')
    .set({ customer_id })
    .where(
      'promise_id',
      'in',
      moved.map(({ id }) => id),
    )
    .execute();
}
