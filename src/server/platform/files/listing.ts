import { sql } from 'kysely';
import type { Database } from '../db/connect.ts';

/** A file as screens show it; its bytes are at `/api/files/{id}`, a small picture at `…/thumbnail`. */
export type FileRow = {
  id: string;
  name: string;
  media_type: string;
  size_bytes: number;
  width: number | null;
  height: number | null;
  has_thumbnail: boolean;
};

/** The files of each of these things, oldest first; a thing without files has no entry. */
export async function listFilesOf(
  db: Database,
  subjectKind: string,
  subjectIds: readonly string[],
): Promise<Map<string, FileRow[]>> {
  const found = new Map<string, FileRow[]>();
  if (subjectIds.length === 0) return found;
  const rows = await db
    .selectFrom('files')
    .select(['id', 'name', 'media_type', 'size_bytes', 'width', 'height', 'thumbnail_sha256', 'subject_id'])
    .where('subject_kind', '=', subjectKind)
    // One text whatever their number, so that it is prepared once.
    .where(sql<boolean>`subject_id = any(${[...subjectIds]}::uuid[])`)
    .orderBy('id')
    .execute();
  for (const { thumbnail_sha256, subject_id, ...row } of rows) {
    const files = found.get(subject_id as string) ?? [];
    files.push({ ...row, size_bytes: Number(row.size_bytes), has_thumbnail: thumbnail_sha256 !== null });
    found.set(subject_id as string, files);
  }
  return found;
}
