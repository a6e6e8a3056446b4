import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Database } from '../db/connect.ts';
import { inReadTransaction } from '../db/transaction.ts';
import { contentDisposition } from './naming.ts';
import { shownPictures } from './sniffing.ts';
import type { FileStore } from './store.ts';

// What a browser may be told of a download. Anything that could run (HTML, SVG, XML, scripts) goes as bytes.
const namedDownloads = ['application/pdf', 'text/plain', 'application/zip'];

type Called = { reply: FastifyReply; actor: Actor; params: unknown };
type Parts = { db: Database; store: FileStore };

/** Sends a file as what it is, or as a download, and never as something that could run in our own name. */
export async function serveFile(call: Called, parts: Parts): Promise<FastifyReply> {
  const file = await findVisible(call, parts.db);
  const shown = shownPictures.includes(file.media_type);
  const type =
    shown || namedDownloads.includes(file.media_type) ? file.media_type : 'application/octet-stream';
  return send(call.reply, parts.store, {
    sha256: file.sha256,
    type: type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    disposition: contentDisposition(shown ? 'inline' : 'attachment', file.name),
  });
}

/** Sends the small picture of a picture. */
export async function serveThumbnail(call: Called, parts: Parts): Promise<FastifyReply> {
  const file = await findVisible(call, parts.db);
  if (!file.thumbnail_sha256) throw new Refusal('not_found', 'files.not_found');
  return send(call.reply, parts.store, {
    sha256: file.thumbnail_sha256,
    type: 'image/webp',
    disposition: 'inline',
  });
}

/**
 * Staff see every file. A contact sees what they put up and what stands in a message that they may read; the
 * policies of the portal role say so (0001, 0007), since this runs with its rights.
 */
async function findVisible(call: Called, db: Database) {
  const params = z.strictObject({ id: z.uuid() }).safeParse(call.params);
  if (!params.success) throw new Refusal('not_found', 'files.not_found');
  const file = await inReadTransaction(db, call.actor, (narrowed) =>
    narrowed
      .selectFrom('files')
      .select(['name', 'media_type', 'sha256', 'thumbnail_sha256'])
      .where('id', '=', params.data.id)
      .$if(call.actor.kind === 'contact', (query) =>
        query.where('customer_id', '=', (call.actor as { customer_id: string }).customer_id),
      )
      .executeTakeFirst(),
  );
  if (!file) throw new Refusal('not_found', 'files.not_found');
  return file;
}

async function send(
  reply: FastifyReply,
  store: FileStore,
  content: { sha256: string; type: string; disposition: string },
): Promise<FastifyReply> {
  const { stream, size } = await store.read(content.sha256).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Refusal('not_found', 'files.bytes_missing') : error;
  });
  return (
    reply
      .header('Content-Type', content.type)
      .header('Content-Length', size)
      .header('Content-Disposition', content.disposition)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .header('Cross-Origin-Resource-Policy', 'same-origin')
      // The id's bytes never change, but the right to see them may.
      .header('Cache-Control', 'private, max-age=300')
      .send(stream)
  );
}
