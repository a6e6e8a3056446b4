import { Refusal } from '#domain/ground/refusal.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import type { Photo, Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import { claimFiles, showFiles } from '../../platform/files/claiming.ts';
import { shownPictures } from '../../platform/files/sniffing.ts';

/**
 * Gives the photos that an act names their place on the visit, those of a value that waits in a clash too. The customer
 * may look at those of findings and of entries with a line for them, and at others no longer.
 */
export async function claimPhotos(
  ctx: Context,
  { before, after, act }: { before: Visit; after: Visit; act: VisitAct },
): Promise<void> {
  await placePhotos(ctx, after, photosIn(act));
  const [shownBefore, shownAfter] = [shownTo(before), shownTo(after)];
  const without = (ids: Set<string>, others: Set<string>) => [...ids].filter((id) => !others.has(id));
  const subject = { kind: 'visit', id: after.id };
  await showFiles(ctx, { file_ids: without(shownAfter, shownBefore), subject, visible_to_customer: true });
  await showFiles(ctx, { file_ids: without(shownBefore, shownAfter), subject, visible_to_customer: false });
}

/** Claims uploaded photos for a visit; those that stand there already stay. Refuses what is no picture. */
export async function placePhotos(
  ctx: Context,
  visit: Pick<Visit, 'id' | 'customer_id'>,
  photos: readonly Photo[],
): Promise<void> {
  const ids = [...new Set(photos.map(({ file_id }) => file_id))];
  if (ids.length === 0) return;
  const rows = await ctx.db
    .selectFrom('files')
    .select(['id', 'name', 'media_type', 'subject_id'])
    .where('id', 'in', ids)
    .execute();
  // Drawings with scripts call themselves images too.
  const other = rows.find(({ media_type }) => !shownPictures.includes(media_type));
  if (other) throw new Refusal('invalid', 'visits.no_picture', { name: other.name });
  const here = rows.filter(({ subject_id }) => subject_id === visit.id).map(({ id }) => id);
  const file_ids = ids.filter((id) => !here.includes(id));
  if (file_ids.length > 0) ctx.enqueue('reports.prepare_photos', { file_ids });
  await claimFiles(ctx, {
    file_ids,
    customer_id: visit.customer_id,
    subject: { kind: 'visit', id: visit.id },
    visible_to_customer: false,
  });
}

export function photosIn(act: VisitAct): Photo[] {
  if (act.name === 'log' || act.name === 'find' || act.name === 'note') return act.body.photos;
  if (act.name === 'edit_log' || act.name === 'edit_finding') return act.body.changes.photos?.to ?? [];
  return [];
}

function shownTo(visit: Visit): Set<string> {
  const entries = visit.log.filter(({ customer_line }) => customer_line.trim() !== '');
  return new Set(
    [...entries, ...visit.findings].flatMap(({ photos }) => photos.map(({ file_id }) => file_id)),
  );
}
