import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '#domain/ground/refusal.ts';
import { id } from '#domain/ground/text.ts';
import { Context, type Listening } from '../context.ts';
import type { Database } from '../db/connect.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Settings } from '../settings.ts';
import { type Examined, examine, findRepeated, keepFile } from './keeping.ts';
import type { FileRow } from './listing.ts';
import { cleanFileName } from './naming.ts';
import type { Arrived, FileStore } from './store.ts';

export type UploadParts = { db: Database; settings: Settings; listening: Listening; store: FileStore };

const uploadFields = z.strictObject({
  id,
  customer_id: z
    .union([z.literal(''), id])
    .transform((value) => value || null)
    .nullish(),
});

type Upload = { fields: Record<string, unknown>; name: string; arrived: Arrived };

/**
 * Takes one file (multipart: `id`, `customer_id`, then the bytes). It belongs to its uploader alone until an act
 * claims it. A contact's files are always their own customer's.
 */
export async function uploadFile(request: FastifyRequest, parts: UploadParts): Promise<FileRow> {
  const upload = await receive(request, parts);
  let examined: Examined | null = null;
  try {
    const fields = uploadFields.safeParse(upload.fields);
    if (!fields.success) throw new Refusal('invalid', 'ground.invalid', { fields: fieldsOf(fields.error) });
    const { actor } = request;
    const own = actor.kind === 'contact' ? actor.customer_id : (fields.data.customer_id ?? null);
    if (actor.kind === 'contact' && (fields.data.customer_id ?? own) !== own)
      throw new Refusal('not_found', 'ground.not_found');
    const found = await examine(parts.store, upload.arrived);
    examined = found;
    const file = { id: fields.data.id, customer_id: own, name: cleanFileName(upload.name) };
    const keeping = inUpload(request, parts, async (ctx) => {
      const row = await keepFile(ctx, parts.store, file, found);
      await ctx.asApp(() => ctx.flush());
      return row;
    });
    return await keeping.catch(async (error) => {
      if ((error as { constraint?: string }).constraint !== 'files_pkey') throw error;
      // Two repeats of one upload side by side: the other one has written it down by now.
      const kept = await inUpload(request, parts, (ctx) => findRepeated(ctx, file.id, found.arrived.sha256));
      if (!kept) throw new Refusal('conflict', 'files.id_taken');
      return kept;
    });
  } finally {
    await parts.store.discard(upload.arrived.path);
    if (examined?.thumbnail) await parts.store.discard(examined.thumbnail.path);
  }
}

function inUpload<T>(
  request: FastifyRequest,
  parts: UploadParts,
  run: (ctx: Context) => Promise<T>,
): Promise<T> {
  const { actor } = request;
  return inTransaction(parts.db, actor, (db) =>
    run(
      new Context({
        db,
        actor,
        now: new Date().toISOString(),
        requestId: request.id,
        settings: parts.settings,
        listening: parts.listening,
      }),
    ),
  );
}

/** Reads the whole request, fields and bytes in whatever order. What breaks off or is too large leaves nothing. */
async function receive(request: FastifyRequest, parts: UploadParts): Promise<Upload> {
  if (!request.isMultipart()) throw Object.assign(new Error('not multipart'), { statusCode: 415 });
  const fields: Record<string, unknown> = {};
  let upload: Omit<Upload, 'fields'> | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = part.value;
      else if (upload) throw new Refusal('invalid', 'files.one_at_a_time');
      else upload = { name: part.filename ?? '', arrived: await arrivedWhole(part, parts) };
    }
  } catch (error) {
    if (upload) await parts.store.discard(upload.arrived.path);
    throw readable(error, parts);
  }
  if (!upload) throw new Refusal('invalid', 'files.missing');
  return { ...upload, fields };
}

async function arrivedWhole(part: MultipartFile, parts: UploadParts): Promise<Arrived> {
  const arrived = await parts.store.receive(part.file);
  // The parser cuts a file at the limit and goes on as if nothing had happened.
  if (part.file.truncated) {
    await parts.store.discard(arrived.path);
    throw tooLarge(parts);
  }
  return arrived;
}

function tooLarge({ settings }: UploadParts): Refusal {
  return new Refusal('invalid', 'files.too_large', {
    megabytes: Math.floor(settings.fileLimitBytes / 1024 / 1024),
  });
}

/** What goes wrong while bytes arrive is the transfer's fault, save a full disk. */
function readable(error: unknown, parts: UploadParts): unknown {
  const { code = '', statusCode } = error as { code?: string; statusCode?: number };
  if (error instanceof Refusal || ['ENOSPC', 'EDQUOT'].includes(code)) return error;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge(parts);
  if (code.startsWith('FST_') && statusCode !== undefined && statusCode < 500)
    return new Refusal('invalid', 'files.unreadable');
  if (/end of|premature|aborted|multipart/i.test((error as Error).message))
    return new Refusal('invalid', 'files.cut_off');
  return error;
}

function fieldsOf(error: z.ZodError) {
  return error.issues
    .slice(0, 20)
    .map((issue) => ({ field: issue.path.map(String).join('.'), reason: issue.code }));
}
