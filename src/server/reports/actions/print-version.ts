import { systemActor } from '#domain/ground/actor.ts';
import type { Locale } from '#domain/people/person.ts';
import type { PrintFormat } from '#domain/reports/commands.ts';
import { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { claimFiles } from '../../platform/files/claiming.ts';
import { keepFile } from '../../platform/files/keeping.ts';
import { FileStore } from '../../platform/files/store.ts';
import { newId } from '../../platform/ids.ts';
import type { Settings } from '../../platform/settings.ts';
import { findPrint, type LoadedVersion, listPictureHashes } from '../queries/load-version.ts';
import { paperName } from '../rendering/paper.ts';
import { look, printMediaTypes, printReport } from '../rendering/print.ts';
import { type PictureSource, photoIdsOf, photoUse } from '../rendering/scaling.ts';

export type PrintParts = { db: Database; settings: Settings };
type How = { format: PrintFormat; locale: Locale };

// Two who ask at once for what is not printed yet wait for one print.
const underWay = new Map<string, Promise<{ sha256: string }>>();

/** The paper of a version: as it was printed before, or printed now and kept. Answers where its bytes lie. */
export async function printVersion(
  parts: PrintParts,
  version: LoadedVersion,
  how: How,
): Promise<{ sha256: string }> {
  const found = await findPrint(parts.db, { version, ...how, look });
  if (found) return found;
  const key = `${version.id} ${how.format} ${how.locale}`;
  const already = underWay.get(key);
  if (already) return already;
  const made = print(parts, version, how).finally(() => underWay.delete(key));
  underWay.set(key, made);
  return made;
}

async function print(parts: PrintParts, version: LoadedVersion, how: How): Promise<{ sha256: string }> {
  const store = new FileStore(parts.settings.dataDir);
  const ids = photoIdsOf(version.facts);
  const logo = version.facts.firm.logo_file_id;
  const sourceOf = await pictureSources(parts, logo ? [...ids, logo] : ids);
  const bytes = await printReport(version, { ...how, sourceOf });
  const arrived = await store.receiveBytes(bytes);
  try {
    await inTransaction(parts.db, systemActor, (db) =>
      keepPrint(parts, { db, store, version, how, arrived }),
    );
    return { sha256: arrived.sha256 };
  } catch (error) {
    // Another process was quicker: what it printed is the print.
    if ((error as { constraint?: string }).constraint !== 'report_prints_version_id_format_language_look_key')
      throw error;
    return (await findPrint(parts.db, { version, ...how, look })) as { sha256: string };
  } finally {
    await store.discard(arrived.path);
  }
}

/** Where the bytes of these pictures lie, and where photos of theirs made ready for paper. */
export async function pictureSources(
  { db, settings }: PrintParts,
  ids: readonly string[],
): Promise<(id: string) => PictureSource | null> {
  const store = new FileStore(settings.dataDir);
  const hashes = await listPictureHashes(db, ids);
  return (id) => {
    const sha256 = hashes.get(id);
    return sha256 ? { path: store.pathOf(sha256), prepared: store.drawnPathOf(sha256, photoUse) } : null;
  };
}

async function keepPrint(
  parts: PrintParts,
  print: {
    db: Database;
    store: FileStore;
    version: LoadedVersion;
    how: How;
    arrived: Awaited<ReturnType<FileStore['receiveBytes']>>;
  },
): Promise<void> {
  const { db, store, version, how, arrived } = print;
  const ctx = new Context({
    db,
    actor: systemActor,
    now: new Date().toISOString(),
    requestId: newId(),
    settings: parts.settings,
    listening: new Map(),
  });
  const [id, file_id] = [newId(), newId()];
  const name = `${paperName(version, how.locale)}.${how.format}`;
  const media_type = printMediaTypes[how.format];
  const examined = { arrived, media_type, width: null, height: null, thumbnail: null };
  await keepFile(ctx, store, { id: file_id, customer_id: version.customer_id, name }, examined);
  await claimFiles(ctx, {
    file_ids: [file_id],
    customer_id: version.customer_id,
    subject: { kind: 'report_print', id },
    visible_to_customer: false,
  });
  await db
    .insertInto('report_prints')
    .values({
      id,
      version_id: version.id,
      customer_id: version.customer_id,
      format: how.format,
      language: how.locale,
      look,
      file_id,
      created_at: ctx.now,
    })
    .execute();
  await ctx.flush();
}
