import type { FastifyReply } from 'fastify';
import { Refusal } from '#domain/ground/refusal.ts';
import { downloadReport } from '#domain/reports/commands.ts';
import { contentDisposition } from '../../platform/files/naming.ts';
import { FileStore } from '../../platform/files/store.ts';
import { loadVersion } from '../queries/load-version.ts';
import { paperName } from '../rendering/paper.ts';
import { printMediaTypes } from '../rendering/print.ts';
import { type PrintParts, printVersion } from './print-version.ts';

/**
 * Sends a version of a report as a file to save. Whether the caller may see it, the caller of this has asked.
 */
export async function sendReport(
  parts: PrintParts,
  call: { reply: FastifyReply; id: string; query: unknown },
): Promise<FastifyReply> {
  const query = downloadReport.safeParse(call.query);
  if (!query.success)
    throw new Refusal('invalid', 'ground.invalid', {
      fields: query.error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.code })),
    });
  const { format, language } = query.data;
  const version = await loadVersion(parts.db, call.id);
  const { sha256 } = await printVersion(parts, version, { format, locale: language });
  const { stream, size } = await new FileStore(parts.settings.dataDir)
    .read(sha256)
    .catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new Refusal('not_found', 'files.bytes_missing') : error;
    });
  const name = `${paperName(version, language)}.${format}`;
  return call.reply
    .header('Content-Type', printMediaTypes[format])
    .header('Content-Length', size)
    .header('Content-Disposition', contentDisposition('attachment', name))
    .header('X-Content-Type-Options', 'nosniff')
    .header('Content-Security-Policy', "default-src 'none'; sandbox")
    .header('Cross-Origin-Resource-Policy', 'same-origin')
    .header('Cache-Control', 'private, no-store')
    .send(stream);
}
