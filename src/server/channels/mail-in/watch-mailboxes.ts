import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pauseBeforeTry } from '#domain/channels/mailbox.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { JobTools, Watch } from '../../platform/jobs.ts';
import { ConnectionProblem, explainImap } from '../mailboxes/connecting.ts';
import { readMailbox } from './read-mailbox.ts';

// A killed worker's mailboxes go to another one after this; a living one renews long before.
const leaseSeconds = 20;
const roundMs = 1_000;

type Held = { id: string; settings_version: number };
type Session = { version: number; stop: AbortController; ended: Promise<void> };

/**
 * Holds a connection to each mailbox that no other worker holds. The lease stands in the row: whoever dies loses it,
 * and one connection at a time is all that many servers allow.
 */
export const watchMailboxes: Watch = {
  name: 'channels.watch_mailboxes',
  run: async (tools, stop) => {
    const holder = randomUUID();
    const sessions = new Map<string, Session>();
    try {
      while (!stop.aborted) {
        const held = await hold(tools.db, holder);
        for (const box of held) begin(tools, sessions, box);
        for (const [id, session] of sessions) {
          const box = held.find((one) => one.id === id);
          if (box?.settings_version !== session.version) session.stop.abort();
        }
        await sleep(roundMs, undefined, { signal: stop }).catch(() => {});
      }
    } finally {
      for (const { stop: end } of sessions.values()) end.abort();
      await Promise.all([...sessions.values()].map(({ ended }) => ended));
      await letGo(tools.db, holder).catch(() => {});
    }
  },
};

function begin(tools: JobTools, sessions: Map<string, Session>, box: Held): void {
  if (sessions.has(box.id)) return;
  const stop = new AbortController();
  const ended = readMailbox(tools, box.id, stop.signal)
    .catch((error) => (stop.signal.aborted ? undefined : noteFailure(tools, box.id, error)))
    .catch((error) => tools.log.warn({ err: error, mailbox: box.id }, 'a failing mailbox was not noted'))
    .finally(() => sessions.delete(box.id));
  sessions.set(box.id, { version: box.settings_version, stop, ended });
}

/** What this worker may hold in the next moments: what it held, what nobody holds, and what is due to be tried. */
async function hold(db: Database, holder: string): Promise<Held[]> {
  const { rows } = await sql<Held>`update mailboxes set held_by = ${holder},
      held_until = now() + make_interval(secs => ${leaseSeconds})
    where id in (select id from mailboxes
      where imap_host is not null and paused_at is null
        and (held_by = ${holder} or held_until is null or held_until < now())
        and (next_try_at is null or next_try_at <= now())
      for update skip locked)
    returning id, settings_version`.execute(db);
  return rows;
}

async function letGo(db: Database, holder: string): Promise<void> {
  await sql`update mailboxes set held_by = null, held_until = null where held_by = ${holder}`.execute(db);
}

/** Writes down why a connection failed and when it is tried again; the first failure of several is an event. */
async function noteFailure(tools: JobTools, mailboxId: string, error: unknown): Promise<void> {
  const problem = error instanceof ConnectionProblem ? error : explainImap(error as Error);
  await tools.asSystem(async (ctx) => {
    const box = await ctx.db
      .selectFrom('mailboxes')
      .select(['name', 'state', 'tries', 'failing_since'])
      .where('id', '=', mailboxId)
      .forUpdate()
      .executeTakeFirst();
    if (!box) return;
    const tries = box.tries + 1;
    await ctx.db
      .updateTable('mailboxes')
      .set({
        state: 'failing',
        failure: problem.failure,
        last_error: problem.message || null,
        failing_since: box.state === 'failing' ? box.failing_since : ctx.now,
        tries,
        next_try_at: new Date(Date.parse(ctx.now) + pauseBeforeTry(tries) * 1_000).toISOString(),
        held_by: null,
        held_until: null,
      })
      .where('id', '=', mailboxId)
      .execute();
    if (box.state !== 'failing')
      ctx.record({
        name: 'mailbox.failed',
        subject: { kind: 'mailbox', id: mailboxId },
        data: { name: box.name, failure: problem.failure },
      });
  });
}
