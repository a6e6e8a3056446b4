import { sql } from 'kysely';
import type { Actor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../context.ts';
import type { Database } from '../db/connect.ts';
import { uploaderOf } from './claiming.ts';
import type { FileRow } from './listing.ts';
import { makeThumbnail, measurePicture } from './pictures.ts';
import { shownPictures, sniff } from './sniffing.ts';
import type { Arrived, FileStore } from './store.ts';

export type NewFile = { id: string; customer_id: string | null; name: string };

/** What was found out about arrived bytes before anything about them is written down. */
export type Examined = {
  arrived: Arrived;
  media_type: string;
  width: number | null;
  height: number | null;
  thumbnail: Arrived | null;
};

// So many files may wait for their message; an open door must not become somebody's storage.
const waitingLimit = 100;

/** Looks at arrived bytes: kind, measures, small picture. Refuses empty files and pictures of too many pixels. */
export async function examine(store: FileStore, arrived: Arrived): Promise<Examined> {
  if (arrived.size === 0) throw new Refusal('invalid', 'files.empty');
  const media_type = await sniff(arrived.path);
  if (!shownPictures.includes(media_type)) {
    return { arrived, media_type, width: null, height: null, thumbnail: null };
  }
  const picture = await measurePicture(arrived.path);
  const small = picture ? await makeThumbnail(arrived.path) : null;
  return {
    arrived,
    media_type,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    thumbnail: small ? await store.receiveBytes(small) : null,
  };
}

/**
 * Writes a file down: bytes, row, event. A repeat of the same id with the same bytes by the same person answers
 * the same; the same id otherwise is `files.id_taken`.
 */
export async function keepFile(
  ctx: Context,
  store: FileStore,
  file: NewFile,
  found: Examined,
): Promise<FileRow> {
  const earlier = await findRepeated(ctx, file.id, found.arrived.sha256);
  if (earlier) return earlier;
  await refuseTooMany(ctx.db, ctx.actor);
  const contents = [
    { arrived: found.arrived, media_type: found.media_type },
    ...(found.thumbnail ? [{ arrived: found.thumbnail, media_type: 'image/webp' }] : []),
  ].sort((a, b) => (a.arrived.sha256 < b.arrived.sha256 ? -1 : 1));
  await ctx.asApp(async () => {
    for (const content of contents) await keepContent(ctx, store, content);
  });
  const uploader = uploaderOf(ctx.actor);
  const row = {
    id: file.id,
    customer_id: file.customer_id,
    uploaded_by_kind: uploader.kind,
    uploaded_by_id: uploader.id,
    name: file.name,
    sha256: found.arrived.sha256,
    media_type: found.media_type,
    size_bytes: found.arrived.size,
    width: found.width,
    height: found.height,
    thumbnail_sha256: found.thumbnail?.sha256 ?? null,
    created_at: ctx.now,
  };
  await ctx.db.insertInto('files').values(row).execute();
  ctx.record({
    name: 'file.uploaded',
    subject: { kind: 'file', id: file.id },
    customer_id: file.customer_id,
    data: { name: file.name, media_type: found.media_type, size_bytes: found.arrived.size },
  });
  return rowOf(row);
}

/**
 * Writes a file of the product itself down where it belongs, in one go: nobody put it up, so nobody has to claim it.
 * What happened is told by whoever keeps it.
 */
export async function keepPlacedFile(
  ctx: Context,
  store: FileStore,
  file: NewFile & { subject: { kind: string; id: string }; visible_to_customer: boolean },
  found: Examined,
): Promise<void> {
  const contents = [
    { arrived: found.arrived, media_type: found.media_type },
    ...(found.thumbnail ? [{ arrived: found.thumbnail, media_type: 'image/webp' }] : []),
  ].sort((a, b) => (a.arrived.sha256 < b.arrived.sha256 ? -1 : 1));
  for (const content of contents) await keepContent(ctx, store, content);
  await ctx.db
    .insertInto('files')
    .values({
      id: file.id,
      customer_id: file.customer_id,
      uploaded_by_kind: 'system',
      name: file.name,
      sha256: found.arrived.sha256,
      media_type: found.media_type,
      size_bytes: found.arrived.size,
      width: found.width,
      height: found.height,
      thumbnail_sha256: found.thumbnail?.sha256 ?? null,
      subject_kind: file.subject.kind,
      subject_id: file.subject.id,
      visible_to_customer: file.visible_to_customer,
      created_at: ctx.now,
    })
    .execute();
}

/** The lock keeps the clearing of unused bytes away until this transaction has ended. */
export async function lockContent(db: Database, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`file ${sha256}`}, 0))`.execute(db);
}

async function keepContent(
  ctx: Context,
  store: FileStore,
  content: { arrived: Arrived; media_type: string },
): Promise<void> {
  await lockContent(ctx.db, content.arrived.sha256);
  await store.keep(content.arrived);
  await ctx.db
    .insertInto('file_contents')
    .values({
      sha256: content.arrived.sha256,
      size_bytes: content.arrived.size,
      media_type: content.media_type,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
}

/** What the same upload was answered before; null where it is the first. */
export async function findRepeated(ctx: Context, id: string, sha256: string): Promise<FileRow | null> {
  const earlier = await findOwn(ctx, id);
  if (!earlier) return null;
  if (earlier.sha256 !== sha256) throw new Refusal('conflict', 'files.id_taken');
  return rowOf(earlier);
}

async function findOwn(ctx: Context, id: string) {
  const uploader = uploaderOf(ctx.actor);
  const row = await ctx.db
    .selectFrom('files')
    .select(['id', 'name', 'media_type', 'size_bytes', 'width', 'height', 'thumbnail_sha256', 'sha256'])
    .select(['uploaded_by_kind', 'uploaded_by_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.uploaded_by_kind !== uploader.kind || row.uploaded_by_id !== uploader.id)
    throw new Refusal('conflict', 'files.id_taken');
  return row;
}

async function refuseTooMany(db: Database, actor: Actor): Promise<void> {
  const uploader = uploaderOf(actor);
  if (uploader.kind === 'system') return;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
    select from files where subject_id is null and uploaded_by_kind = ${uploader.kind}
      and uploaded_by_id = ${uploader.id} limit ${waitingLimit}) waiting`.execute(db);
  if ((rows[0]?.n ?? 0) >= waitingLimit)
    throw new Refusal('limited', 'files.too_many_waiting', { limit: waitingLimit });
}

function rowOf(row: {
  id: string;
  name: string;
  media_type: string;
  size_bytes: number | bigint | string;
  width: number | null;
  height: number | null;
  thumbnail_sha256: string | null;
}): FileRow {
  return {
    id: row.id,
    name: row.name,
    media_type: row.media_type,
    size_bytes: Number(row.size_bytes),
    width: row.width,
    height: row.height,
    has_thumbnail: row.thumbnail_sha256 !== null,
  };
}
