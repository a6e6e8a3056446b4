import type { ImapFlow, MailboxObject } from 'imapflow';
import { sql } from 'kysely';
import type { JobTools } from '../../platform/jobs.ts';
import { findReceivingPlace, openImap, unlessStopped } from '../mailboxes/connecting.ts';
import { keepMails, type Position } from './keep-mails.ts';

// With IDLE the server tells; now and then we look all the same, since some forget to.
const idleMs = 3 * 60_000;
const pollMs = 30_000;

/** Reads one mailbox for as long as it may: what is new first, then what comes. Throws why it cannot go on. */
export async function readMailbox(tools: JobTools, mailboxId: string, stop: AbortSignal): Promise<void> {
  const place = await findReceivingPlace(tools, mailboxId);
  if (!place) return;
  const client = await openImap(place, stop);
  try {
    await unlessStopped(client, stop, async () => {
      const box = client.mailbox as MailboxObject;
      const position = await findPosition(tools, mailboxId, box);
      await noteConnected(tools, mailboxId, client, place.folder);
      const news = listenForNews(client);
      while (!stop.aborted) {
        news.expect();
        await keepMails({ tools, client, mailboxId, position });
        await noteLooked(tools, mailboxId);
        await news.wait(client.capabilities.has('IDLE') ? idleMs : pollMs, stop);
        if (!stop.aborted && !client.usable) throw new Error('connection closed');
      }
    });
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    client.close();
  }
}

/**
 * Where to go on. Uids count within a uidvalidity: with another one all is looked at again, and what is known by its
 * bytes is not kept a second time. A new mailbox begins with what comes from now on, unless it takes what is there.
 */
async function findPosition(tools: JobTools, mailboxId: string, box: MailboxObject): Promise<Position> {
  const row = await tools.db
    .selectFrom('mailboxes')
    .select(['uidvalidity', 'last_uid', 'receives_since', 'takes_existing'])
    .where('id', '=', mailboxId)
    .executeTakeFirstOrThrow();
  const uidvalidity = Number(box.uidValidity);
  if (row.uidvalidity === uidvalidity)
    return { uidvalidity, last_uid: row.last_uid ?? 0, since: row.receives_since, again: false };
  const isNew = row.uidvalidity === null;
  const last_uid = isNew && !row.takes_existing ? box.uidNext - 1 : 0;
  const since = isNew ? (row.takes_existing ? null : new Date().toISOString()) : row.receives_since;
  await tools.db
    .updateTable('mailboxes')
    .set({ uidvalidity, last_uid, receives_since: since })
    .where('id', '=', mailboxId)
    .execute();
  return { uidvalidity, last_uid, since: isNew ? null : since, again: !isNew };
}

async function noteConnected(
  tools: JobTools,
  mailboxId: string,
  client: ImapFlow,
  folder: string,
): Promise<void> {
  const quota = client.capabilities.has('QUOTA') ? await client.getQuota(folder).catch(() => false) : false;
  const storage = quota ? (quota as { storage?: { used: number; limit: number } }).storage : undefined;
  await tools.asSystem(async (ctx) => {
    const box = await ctx.db
      .selectFrom('mailboxes')
      .select(['name', 'state'])
      .where('id', '=', mailboxId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await ctx.db
      .updateTable('mailboxes')
      .set({
        state: 'connected',
        failure: null,
        last_error: null,
        failing_since: null,
        tries: 0,
        next_try_at: null,
        connected_at: ctx.now,
        waits_by: client.capabilities.has('IDLE') ? 'idle' : 'polling',
        quota_percent: storage?.limit ? Math.round((storage.used / storage.limit) * 100) : null,
      })
      .where('id', '=', mailboxId)
      .execute();
    if (box.state !== 'connected')
      ctx.record({
        name: 'mailbox.connected',
        subject: { kind: 'mailbox', id: mailboxId },
        data: { name: box.name },
      });
  });
}

async function noteLooked(tools: JobTools, mailboxId: string): Promise<void> {
  await sql`update mailboxes set looked_at = now() where id = ${mailboxId}`.execute(tools.db);
}

/** Waits for the server's word that something came, for the end of the line, or for the time to look anyway. */
function listenForNews(client: ImapFlow) {
  let came = false;
  let wake = () => {};
  const tell = () => {
    came = true;
    wake();
  };
  client.on('exists', tell);
  client.on('close', tell);
  return {
    /** From here on every word counts, also one that comes while we are still looking. */
    expect: () => {
      came = false;
    },
    wait: async (ms: number, stop: AbortSignal) => {
      if (came || stop.aborted || !client.usable) return;
      const idling = client.capabilities.has('IDLE') ? client.idle().catch(() => false) : null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        stop.addEventListener('abort', wake, { once: true });
        if (came || stop.aborted) wake();
      });
      wake = () => {};
      // The next command ends the IDLE; a poll asks the server for its word.
      if (stop.aborted || !client.usable) return;
      await client.noop();
      await idling;
    },
  };
}
