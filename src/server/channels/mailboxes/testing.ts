import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { MailboxTried, SideTried } from '#domain/channels/mailbox-commands.ts';
import type { Actor } from '#domain/ground/actor.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Settings } from '../../platform/settings.ts';
import { greetSmtp, lineTo } from '../mail/smtp.ts';
import {
  ConnectionProblem,
  explainImap,
  failureOfLine,
  findReceivingPlace,
  findSendingPlace,
  openImap,
} from './connecting.ts';

type Parts = { db: Database; settings: Settings };

/**
 * Tries both connections of a mailbox as it is set up, and says what came of it. Outside of any transaction, since a
 * mail server takes its time. It connects wherever the administrator says, as reading the mailbox does; what the other
 * side says goes back to the administrator alone, and cut short.
 */
export async function testMailbox(
  parts: Parts,
  call: { reply: FastifyReply; actor: Actor; params: unknown },
): Promise<FastifyReply> {
  const params = z.strictObject({ id: z.uuid() }).safeParse(call.params);
  if (!params.success) throw new Refusal('not_found', 'ground.not_found');
  const { id } = params.data;
  const box = await parts.db.selectFrom('mailboxes').select('name').where('id', '=', id).executeTakeFirst();
  if (!box) throw new Refusal('not_found', 'ground.not_found');
  const [receiving, sending] = await Promise.all([tryReceiving(parts, id), trySending(parts, id)]);
  const tried: MailboxTried = { receiving, sending };
  await inTransaction(parts.db, call.actor, async (db) => {
    const { settings } = parts;
    const now = new Date().toISOString();
    const ctx = new Context({
      db,
      actor: call.actor,
      now,
      requestId: newId(),
      settings,
      listening: new Map(),
    });
    ctx.record({
      name: 'mailbox.tested',
      subject: { kind: 'mailbox', id },
      data: { name: box.name, receiving: wordOf(receiving), sending: wordOf(sending) },
    });
    await ctx.flush();
  });
  return call.reply.send(tried);
}

function wordOf(side: SideTried | null): string {
  if (!side) return 'none';
  return side.failure ?? 'ok';
}

async function tryReceiving(parts: Parts, id: string): Promise<SideTried | null> {
  return trying(async () => {
    const place = await findReceivingPlace(parts, id);
    if (!place) return false;
    const client = await openImap(place);
    client.close();
    return true;
  }, explainImap);
}

async function trySending(parts: Parts, id: string): Promise<SideTried | null> {
  return trying(async () => {
    const place = await findSendingPlace(parts, id);
    if (!place) return false;
    await greetSmtp(lineTo(place, parts.settings.publicUrl));
    return true;
  }, explainSmtp);
}

function explainSmtp(error: Error & { code?: string; response?: string }): ConnectionProblem {
  if (error instanceof ConnectionProblem) return error;
  const words = error.response ?? error.message;
  if (error.code === 'EAUTH') return new ConnectionProblem('sign_in_refused', words);
  return new ConnectionProblem(failureOfLine(error.code ?? '', `${error.message} ${words}`), words);
}

async function trying(
  work: () => Promise<boolean>,
  explain: (error: Error) => ConnectionProblem,
): Promise<SideTried | null> {
  try {
    return (await work()) ? { ok: true, failure: null, words: null } : null;
  } catch (error) {
    const problem = explain(error as Error);
    return { ok: false, failure: problem.failure, words: problem.message || null };
  }
}
