import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { OwnDesk } from '#domain/channels/own-mail.ts';
import type { AttachmentOfMail, ReceivedMail } from '#domain/channels/received-mail.ts';
import { nextReading, type ReceivedFailure } from '#domain/channels/receiving.ts';
import { type Examined, examine } from '../../platform/files/keeping.ts';
import { cleanFileName } from '../../platform/files/naming.ts';
import { FileStore } from '../../platform/files/store.ts';
import type { Job, JobTools, Ticker } from '../../platform/jobs.ts';
import { loadOwnDesk } from './own-desk.ts';
import { readInThread } from './reading.ts';
import type { ReadAnswer } from './reading-worker.ts';
import { takeMail } from './take-mail.ts';

/** An attachment whose bytes are looked at and wait for their message. */
export type Enclosed = { name: string; examined: Examined };

export type Waiting = {
  id: string;
  mailbox_id: string;
  file_id: string | null;
  sha256: string | null;
  attempts: number;
};

// What a person would look through in one message; the rest stands in the raw mail.
const mostEnclosed = 50;

/**
 * Reads what waits in a mailbox, the oldest first, so that an answer finds the ticket that it answers. Each mail is
 * one transaction; a mail that cannot be read stands aside with its reason, and the next one's turn comes.
 */
export const readMails: Job = {
  task: 'channels.read_mails',
  run: async (payload, tools) => {
    const { mailbox_id } = payload as { mailbox_id: string };
    let mail = await findNext(tools, mailbox_id);
    const desk = mail && (await loadOwnDesk(tools.db, tools.settings));
    while (mail && desk) {
      await readOne(tools, mail, desk);
      mail = await findNext(tools, mailbox_id);
    }
  },
};

/** Puts mails up for reading whose time has come again, and those whose job was lost with its worker. */
export const readDueMails: Ticker = {
  name: 'channels.read_due_mails',
  everySeconds: 15,
  run: async (tools) => {
    const due = await sql<{ mailbox_id: string }>`select distinct mailbox_id from received_mails
      where state = 'waiting' and next_try_at <= now()`.execute(tools.db);
    for (const { mailbox_id } of due.rows) await readMails.run({ mailbox_id }, tools);
  },
};

async function findNext(tools: JobTools, mailboxId: string): Promise<Waiting | undefined> {
  return tools.db
    .selectFrom('received_mails')
    .select(['id', 'mailbox_id', 'file_id', 'sha256', 'attempts'])
    .where('mailbox_id', '=', mailboxId)
    .where('state', '=', 'waiting')
    .where('next_try_at', '<=', sql<string>`now()`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

async function readOne(tools: JobTools, waiting: Waiting, desk: OwnDesk): Promise<void> {
  const store = new FileStore(tools.settings.dataDir);
  let enclosed: Enclosed[] = [];
  try {
    const raw = await loadRaw(store, waiting);
    const read = await readApart(tools, raw, desk);
    if (read.mail.problems.includes('unreadable') || (read.mail.kind === 'message' && !hasSender(read.mail)))
      throw new ReadingProblem('unreadable', read.mail.problems.join(' '));
    if (read.mail.kind === 'message') enclosed = await unpack(store, read);
    await tools.asSystem((ctx) => takeMail(ctx, { store, desk, waiting, mail: read.mail, enclosed }));
  } catch (error) {
    await standAside(tools, waiting, error as Error);
  } finally {
    for (const { examined } of enclosed) {
      await store.discard(examined.arrived.path);
      if (examined.thumbnail) await store.discard(examined.thumbnail.path);
    }
  }
}

/** Somebody who could be written back to; without one there is nobody whose ticket it could be. */
function hasSender({ from }: ReceivedMail): boolean {
  return from !== null && from.address.length <= 254 && /^[^\s@<>]+@[^\s@<>]+$/.test(from.address);
}

async function loadRaw(store: FileStore, { sha256 }: Waiting): Promise<Uint8Array> {
  if (!sha256) throw new ReadingProblem('bytes_missing', '');
  return readFile(store.pathOf(sha256)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new ReadingProblem('bytes_missing', error.message) : error;
  });
}

async function readApart(tools: JobTools, raw: Uint8Array, desk: OwnDesk): Promise<ReadAnswer> {
  const enclose = { most: mostEnclosed, most_bytes: tools.settings.fileLimitBytes };
  return readInThread({ raw, desk, enclose }).catch((error: Error) => {
    throw new ReadingProblem('unreadable', error.message);
  });
}

/** The attachments as files, judged by their content like any upload. */
async function unpack(store: FileStore, read: ReadAnswer): Promise<Enclosed[]> {
  const enclosed: Enclosed[] = [];
  for (const { index, bytes } of read.enclosed) {
    const { filename, inline, content_type } = read.mail.attachments[index] as AttachmentOfMail;
    const arrived = await store.receiveBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    const examined = await examine(store, arrived).catch(async () => {
      // A picture of too many pixels is a file like others, and is not shown.
      return { arrived, media_type: 'application/octet-stream', width: null, height: null, thumbnail: null };
    });
    enclosed.push({ name: cleanFileName(filename || nameFor(index, inline, content_type)), examined });
  }
  return enclosed;
}

function nameFor(index: number, inline: boolean, contentType: string): string {
  const ending = /^[a-z]+\/([a-z0-9]{2,5})$/.exec(contentType)?.[1];
  return `${inline ? 'image' : 'attachment'}-${index + 1}${ending ? `.${ending}` : ''}`;
}

export class ReadingProblem extends Error {
  override name = 'ReadingProblem';
  readonly failure: ReceivedFailure;
  constructor(failure: ReceivedFailure, words: string) {
    super(words);
    this.failure = failure;
  }
}

/** Writes down why a mail was not read; it is tried again by itself a few times, then when somebody says so. */
async function standAside(tools: JobTools, waiting: Waiting, error: Error): Promise<void> {
  const failure = error instanceof ReadingProblem ? error.failure : 'other';
  if (failure === 'other')
    tools.log.error({ err: error, received_mail: waiting.id }, 'a mail could not be read');
  await tools.asSystem(async (ctx) => {
    const attempts = waiting.attempts + 1;
    const next = nextReading(attempts, failure, ctx.now);
    const changed = await ctx.db
      .updateTable('received_mails')
      .set({
        state: next ? 'waiting' : 'failed',
        attempts,
        next_try_at: next,
        failure,
        last_error: error.message.replace(/\s+/g, ' ').slice(0, 1_000) || null,
      })
      .where('id', '=', waiting.id)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (!next && changed.numUpdatedRows > 0)
      ctx.record({
        name: 'mail.unread',
        subject: { kind: 'received_mail', id: waiting.id },
        data: { failure },
      });
  });
}
