import { createHash } from 'node:crypto';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { mailLimits } from '#domain/channels/received-mail.ts';
import type { Context } from '../../platform/context.ts';
import { keepPlacedFile } from '../../platform/files/keeping.ts';
import { type Arrived, FileStore } from '../../platform/files/store.ts';
import { newId } from '../../platform/ids.ts';
import type { JobTools } from '../../platform/jobs.ts';
import { readyToRead } from './reading.ts';

export type Position = {
  uidvalidity: number;
  last_uid: number;
  /** What came before this instant is not taken; null: all of it is. */
  since: string | null;
  /** The folder is looked at anew: known bytes are passed over. */
  again: boolean;
};

// So many mails and bytes in one go: one transaction, and never more in memory.
const batchMails = 20;
const batchBytes = 8 * 1024 * 1024;

type Found = { uid: number; size: number; arrived_at: string };
type Kept = Found & { arrived: Arrived | null };

/** Keeps all that is new in the opened folder: bytes first, then rows and the order to read them, batch by batch. */
export async function keepMails(parts: {
  tools: JobTools;
  client: ImapFlow;
  mailboxId: string;
  position: Position;
}): Promise<void> {
  const { tools, client, mailboxId, position } = parts;
  const store = new FileStore(tools.settings.dataDir);
  const found = await findNew(client, position);
  if (found.length > 0) readyToRead();
  for (const batch of batchesOf(found)) {
    const kept = await receive(client, store, batch);
    try {
      await tools.asSystem((ctx) => writeDown(ctx, store, { mailboxId, position, kept }));
    } finally {
      for (const { arrived } of kept) if (arrived) await store.discard(arrived.path);
    }
    position.last_uid = batch.at(-1)?.uid ?? position.last_uid;
  }
  position.again = false;
}

async function findNew(client: ImapFlow, position: Position): Promise<Found[]> {
  const from = position.last_uid + 1;
  const found: Found[] = [];
  // `n:*` always answers with the last mail, also where it is older than n.
  const wanted = { uid: true, size: true, internalDate: true } as const;
  for await (const mail of client.fetch(`${from}:*`, wanted, { uid: true })) {
    const arrived_at = instantOf(mail);
    if (mail.uid < from || (position.since !== null && arrived_at < position.since)) continue;
    found.push({ uid: mail.uid, size: mail.size ?? 0, arrived_at });
  }
  return found.sort((a, b) => a.uid - b.uid);
}

function instantOf({ internalDate }: FetchMessageObject): string {
  const at = internalDate ? new Date(internalDate) : new Date();
  return (Number.isNaN(at.getTime()) ? new Date() : at).toISOString();
}

function* batchesOf(found: Found[]): Generator<Found[]> {
  let batch: Found[] = [];
  let bytes = 0;
  for (const mail of found) {
    if (batch.length > 0 && (batch.length === batchMails || bytes + mail.size > batchBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(mail);
    bytes += mail.size;
  }
  if (batch.length > 0) yield batch;
}

/** The bytes of a batch, safe on disk. One that went away meanwhile is left out; one too large has no bytes. */
async function receive(client: ImapFlow, store: FileStore, batch: Found[]): Promise<Kept[]> {
  const kept = new Map<number, Kept>();
  const small = batch.filter(({ size }) => size <= batchBytes);
  if (small.length > 0) {
    const uids = small.map(({ uid }) => uid).join(',');
    for await (const mail of client.fetch(uids, { uid: true, source: true }, { uid: true })) {
      const found = small.find(({ uid }) => uid === mail.uid);
      if (found && mail.source)
        kept.set(mail.uid, { ...found, arrived: await store.receiveBytes(mail.source) });
    }
  }
  for (const found of batch.filter(({ size }) => size > batchBytes)) {
    const tooLarge = found.size > mailLimits.raw_bytes;
    const opened = tooLarge ? null : await client.download(String(found.uid), undefined, { uid: true });
    kept.set(found.uid, { ...found, arrived: opened ? await store.receive(opened.content) : null });
  }
  return batch.flatMap(({ uid }) => kept.get(uid) ?? []);
}

async function writeDown(
  ctx: Context,
  store: FileStore,
  batch: { mailboxId: string; position: Position; kept: Kept[] },
): Promise<void> {
  const { mailboxId, position } = batch;
  const known = await listKnown(ctx, batch);
  let news = 0;
  for (const mail of batch.kept) {
    const { arrived } = mail;
    const isKnown =
      known.uids.has(mail.uid) || (position.again && arrived && known.bytes.has(arrived.sha256));
    if (isKnown || arrived?.size === 0) continue;
    news += 1;
    await keepOne(ctx, store, { mailboxId, uidvalidity: position.uidvalidity, mail });
  }
  const last = batch.kept.at(-1);
  await ctx.db
    .updateTable('mailboxes')
    .set({
      last_uid: last?.uid ?? position.last_uid,
      ...(news > 0 ? { last_mail_at: ctx.now } : {}),
    })
    .where('id', '=', mailboxId)
    .where('uidvalidity', '=', position.uidvalidity)
    .execute();
  if (news > 0)
    ctx.enqueue('channels.read_mails', { mailbox_id: mailboxId }, { key: `read mails ${mailboxId}` });
}

async function listKnown(ctx: Context, batch: { mailboxId: string; position: Position; kept: Kept[] }) {
  const rows = await ctx.db
    .selectFrom('received_mails')
    .select(['uid', 'uidvalidity', 'sha256'])
    .where('mailbox_id', '=', batch.mailboxId)
    .where((is) =>
      is.or([
        is.and([
          is('uidvalidity', '=', batch.position.uidvalidity),
          is(
            'uid',
            'in',
            batch.kept.map(({ uid }) => uid),
          ),
        ]),
        ...(batch.position.again
          ? [
              is(
                'sha256',
                'in',
                batch.kept.flatMap(({ arrived }) => (arrived ? [arrived.sha256] : [''])),
              ),
            ]
          : []),
      ]),
    )
    .execute();
  const here = rows.filter(({ uidvalidity }) => uidvalidity === batch.position.uidvalidity);
  return { uids: new Set(here.map(({ uid }) => uid)), bytes: new Set(rows.map(({ sha256 }) => sha256)) };
}

async function keepOne(
  ctx: Context,
  store: FileStore,
  { mailboxId, uidvalidity, mail }: { mailboxId: string; uidvalidity: number; mail: Kept },
): Promise<void> {
  const id = newId();
  const file_id = mail.arrived ? newId() : null;
  if (mail.arrived && file_id)
    await keepPlacedFile(
      ctx,
      store,
      {
        id: file_id,
        customer_id: null,
        name: `${mail.uid}.eml`,
        subject: { kind: 'received_mail', id },
        visible_to_customer: false,
      },
      { arrived: mail.arrived, media_type: 'message/rfc822', width: null, height: null, thumbnail: null },
    );
  await ctx.db
    .insertInto('received_mails')
    .values({
      id,
      mailbox_id: mailboxId,
      uidvalidity,
      uid: mail.uid,
      file_id,
      sha256: mail.arrived?.sha256 ?? null,
      size_bytes: mail.arrived?.size ?? mail.size,
      ...(mail.arrived
        ? { state: 'waiting', next_try_at: ctx.now }
        : { state: 'failed', failure: 'too_large' }),
      arrived_at: mail.arrived_at,
      created_at: ctx.now,
    })
    .execute();
  ctx.record({
    name: 'mail.received',
    subject: { kind: 'received_mail', id },
    data: { size_bytes: mail.size },
  });
}

/** What makes a mail the same again, however often and by however many mailboxes it comes. */
export function fingerprintOf(mail: {
  message_id: string | null;
  from: string | null;
  date: string | null;
  subject: string;
  text: string;
  raw_sha256: string;
}): string {
  // Without an id of its own only the very same bytes are the same mail.
  const says = mail.message_id
    ? [mail.message_id, mail.from, mail.date, mail.subject, mail.text]
    : [mail.raw_sha256];
  return createHash('sha256').update(JSON.stringify(says)).digest('hex');
}
