import type { Actor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../context.ts';

/** Who put a file up: a contact under their contact's id, so that row security can tell them apart. */
export function uploaderOf(actor: Actor): { kind: 'staff' | 'contact' | 'system'; id: string | null } {
  if (actor.kind === 'contact') return { kind: 'contact', id: actor.contact_id };
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id };
  return { kind: 'system', id: null };
}

/**
 * Gives uploaded files their place, in the action's transaction. Only whoever put a file up may place it, once,
 * and only with the customer it was put up for. Somebody else's file does not exist (`files.not_found`), an own
 * one may be taken already (`files.already_taken`) or stand with another customer (`files.other_customer`).
 * Works with the portal's rights too, which allow a contact exactly this.
 */
export async function claimFiles(
  ctx: Context,
  claim: {
    file_ids: readonly string[];
    /** Null for what belongs to the firm itself, its logo for one. */
    customer_id: string | null;
    subject: { kind: string; id: string };
    visible_to_customer: boolean;
  },
): Promise<void> {
  const ids = [...new Set(claim.file_ids)];
  if (ids.length === 0) return;
  const uploader = uploaderOf(ctx.actor);
  const rows = await ctx.db
    .selectFrom('files')
    .select(['id', 'name', 'customer_id', 'subject_id'])
    .where('id', 'in', ids)
    .where('uploaded_by_kind', '=', uploader.kind)
    .where('uploaded_by_id', uploader.id === null ? 'is' : '=', uploader.id)
    .execute();
  if (rows.length < ids.length) throw new Refusal('not_found', 'files.not_found');
  for (const row of rows) {
    if (row.subject_id !== null) throw new Refusal('conflict', 'files.already_taken', { name: row.name });
    if (row.customer_id !== null && row.customer_id !== claim.customer_id) {
      throw new Refusal('conflict', 'files.other_customer', { name: row.name });
    }
  }
  // The condition and not a lock decides a race: row security hides a placed file from a contact's lock.
  const { numUpdatedRows } = await ctx.db
    .updateTable('files')
    .set({
      customer_id: claim.customer_id,
      subject_kind: claim.subject.kind,
      subject_id: claim.subject.id,
      visible_to_customer: claim.visible_to_customer,
    })
    .where('id', 'in', ids)
    .where('subject_id', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows < ids.length)
    throw new Refusal('conflict', 'files.already_taken', { name: rows[0]?.name });
}

/** Lets the customer look at files that stand with a thing, or no longer. */
export async function showFiles(
  ctx: Context,
  show: {
    file_ids: readonly string[];
    subject: { kind: string; id: string };
    visible_to_customer: boolean;
  },
): Promise<void> {
  if (show.file_ids.length === 0) return;
  await ctx.db
    .updateTable('files')
    .set({ visible_to_customer: show.visible_to_customer })
    .where('id', 'in', [...show.file_ids])
    .where('subject_kind', '=', show.subject.kind)
    .where('subject_id', '=', show.subject.id)
    .execute();
}

/** What a thing held on to belongs to nobody from now on, and is cleared within a day (clearing.ts). */
export async function releaseFiles(ctx: Context, subject: { kind: string; id: string }): Promise<void> {
  await ctx.db
    .updateTable('files')
    .set({ subject_kind: null, subject_id: null, visible_to_customer: false })
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .execute();
}

/** Files go with the thing they stand in when it turns out to be another customer's. */
export async function moveFiles(
  ctx: Context,
  move: { subject_kind: string; subject_ids: readonly string[]; customer_id: string },
): Promise<void> {
  if (move.subject_ids.length === 0) return;
  await ctx.db
    .updateTable('files')
    .set({ customer_id: move.customer_id })
    .where('subject_kind', '=', move.subject_kind)
    .where('subject_id', 'in', [...move.subject_ids])
    .execute();
}
