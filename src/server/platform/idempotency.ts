import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from './context.ts';
import type { Database } from './db/connect.ts';
import { problem, refusalOf, statusOf } from './http/problems.ts';
import { newId } from './ids.ts';

/** The answer of a write as it was given first, and as every repeat of its key gets it. */
export type Verdict = { status: number; body: unknown; replayed: boolean };

const nobody = '00000000-0000-0000-0000-000000000000';

/** How long a stored verdict answers repeats. A phone may stay in a basement for days, not for months. */
export const verdictDays = 90;

/** A write as it is told from others under its key: by the actor, and by the hash of what was received. */
export type Call = {
  actor: Actor;
  key: string;
  hash: string;
  /** What a version before this one would have stored as the hash. */
  formerHash: () => string;
};

type Received = { method: string; url: string; body: unknown };

/**
 * Tells one request from another, whatever version reads it: of the body as it was received, before a shape adds its
 * defaults. The order of the fields of an object is no part of it. Refusal for a body that is nested too deep.
 */
export function requestHash(request: Received): string {
  return hashOf(request, textOf(request.body, inOrder));
}

/**
 * The hash as it was stored until 2026-11-29, of the body as the shape had read it, so that a repeat which spans that update is
 * known again. It can go once no verdict of before is kept: `verdictDays` after the update.
 */
export function formerRequestHash(request: Received): string {
  return hashOf(request, textOf(request.body));
}

function hashOf({ method, url }: Received, body: string): string {
  return createHash('sha256').update(`${method} ${url}\n${body}`).digest('base64url');
}

function inOrder(_field: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What was parsed as JSON, as text again; Refusal where it is nested too deep for that. */
export function textOf(body: unknown, replacer?: (field: string, value: unknown) => unknown): string {
  try {
    return JSON.stringify(body ?? null, replacer);
  } catch {
    // Nested deeper than anybody means: it can be parsed, but not written again.
    throw new Refusal('invalid', 'ground.unreadable');
  }
}

/** The stored verdict of this actor's key; Refusal when the key was used for another request. */
export async function findVerdict(db: Database, call: Call): Promise<Verdict | null> {
  const row = await db
    .selectFrom('verdicts')
    .select(['status', 'body', 'request_hash'])
    .where('actor_id', '=', call.actor.id ?? nobody)
    .where('key', '=', call.key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.request_hash !== call.hash && row.request_hash !== call.formerHash())
    throw new Refusal('conflict', 'ground.key_reused');
  return { status: row.status, body: row.body, replayed: true };
}

/** Where a transaction is undone to when its action is refused; set by whoever opens the transaction. */
export const actSavepoint = 'act';

/**
 * Runs an action inside the open transaction and stores its verdict with it. A refusal undoes the action back
 * to the savepoint and is itself the verdict; a bug undoes everything and leaves no verdict, so a repeat tries again.
 */
export async function decide(
  ctx: Context,
  call: {
    operation: string;
    key: string;
    hash: string;
    status: number;
    run: (ctx: Context) => Promise<unknown>;
    keep?: ((result: unknown) => unknown) | undefined;
  },
): Promise<Verdict> {
  const verdictRow = (status: number, body: unknown) => ({
    id: newId(),
    actor_id: ctx.actor.id ?? nobody,
    key: call.key,
    operation: call.operation,
    request_hash: call.hash,
    status,
    body: JSON.stringify(body ?? null),
    created_at: ctx.now,
  });
  let result: unknown;
  try {
    result = await call.run(ctx);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await sql.raw(`rollback to savepoint ${actSavepoint}; set local role copperpea_app`).execute(ctx.db);
    const status = statusOf[refusal.kind];
    const body = problem(status, refusal.code, refusal.params, ctx.requestId);
    await ctx.db.insertInto('verdicts').values(verdictRow(status, body)).execute();
    return { status, body, replayed: false };
  }
  if (ctx.actor.kind === 'contact') await sql.raw('set local role copperpea_app').execute(ctx.db);
  await ctx.flush(verdictRow(call.status, call.keep ? call.keep(result) : result));
  return { status: call.status, body: result ?? null, replayed: false };
}

/** True for the error of two repeats that ran side by side: the other one's verdict stands by now. */
export function isRepeatRace(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'verdicts_actor_id_key_key';
}

/** Clears verdicts that no repeat will ask for any more. Bounded, so that it never holds the table long. */
export async function clearOldVerdicts(db: Database): Promise<void> {
  await sql`delete from verdicts where id in (
    select id from verdicts where created_at < now() - make_interval(days => ${verdictDays}) limit 10000)`.execute(
    db,
  );
}
