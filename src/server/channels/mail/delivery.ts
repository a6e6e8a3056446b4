import { sql } from 'kysely';
import { isStale, type MailFailure, nextAttempt } from '#domain/channels/mail.ts';
import type { Locale } from '#domain/people/person.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Job, JobTools, Ticker } from '../../platform/jobs.ts';
import type { Settings } from '../../platform/settings.ts';
import { ConnectionProblem, findSendingPlace } from '../mailboxes/connecting.ts';
import { loadDeskMark } from '../mailboxes/sealing.ts';
import { escapeHtml } from './escape.ts';
import { loadSender } from './outbox.ts';
import { defaultLine, fromOf, lineTo, type Sent, sendBySmtp } from './smtp.ts';

// Longer than the longest conversation with a mail server; a killed attempt is repeated after it.
const attemptMinutes = 3;
const batch = 20;
const keptDays = 180;
// What a person of ours wrote to a person; everything else says of itself that a program wrote it.
const written = ['ticket_replied', 'ticket_waited'];

type Due = {
  id: string;
  to_email: string;
  to_name: string | null;
  locale: string;
  template: string;
  subject: string;
  text: string;
  html: string;
  secret: string | null;
  attempts: number;
  message_id: string;
  thread_id: string | null;
  in_reply_to: string | null;
  refers_to: string[];
  mailbox_id: string | null;
  about_message_id: string | null;
  ticket_id: string | null;
  customer_id: string | null;
  created_at: string;
};

/** Tries to send one mail, if it is due and nobody else is at it. The outcome is written down either way. */
export async function deliver(tools: JobTools, mailId: string): Promise<void> {
  const mail = await take(tools, mailId);
  if (!mail) return;
  const now = new Date().toISOString();
  if (mail.attempts === 1 && isStale(mail, now)) return fail(tools, mail, { failure: 'stale', words: '' });
  const outcome = await send(tools, mail);
  if (outcome.failure === null) return settle(tools, mail);
  tools.log.warn({ mail: mail.id, failure: outcome.failure }, 'a mail did not leave');
  await fail(tools, mail, outcome);
}

async function send(tools: JobTools, mail: Due): Promise<Sent> {
  const { settings } = tools;
  const firm = await loadSender(tools.db, mail.locale as Locale);
  const box = mail.mailbox_id === null ? null : await findMailbox(tools.db, mail.mailbox_id);
  try {
    const place = mail.mailbox_id === null ? null : await findSendingPlace(tools, mail.mailbox_id);
    const name = box?.sender_name ?? firm.name;
    const line = place
      ? lineTo(place, settings.publicUrl)
      : defaultLine(smtpOf(settings).url, settings.publicUrl);
    const from = place && box ? { name, address: box.address } : fromOf(smtpOf(settings).from, name);
    return await sendBySmtp(line, {
      ...mail,
      from,
      reply_to: box && box.address !== from.address ? box.address : null,
      automatic: automaticOf(mail.template),
      mark: await loadDeskMark(settings),
    });
  } catch (error) {
    if (error instanceof ConnectionProblem) return { failure: 'sign_in_refused', words: error.message };
    throw error;
  }
}

function automaticOf(template: string): false | 'auto-generated' | 'auto-replied' {
  if (written.includes(template)) return false;
  return template === 'ticket_received' ? 'auto-replied' : 'auto-generated';
}

function smtpOf({ smtp }: Settings): { url: string; from: string } {
  if (!smtp) throw new Error('there is no mail server to send by');
  return smtp;
}

function findMailbox(db: Database, id: string) {
  return db
    .selectFrom('mailboxes')
    .select(['address', 'sender_name'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** Mails that have a way out: by the sender of the settings, or by a mailbox of their own that is not paused. */
function sendable(settings: Settings) {
  return sql`(case when mailbox_id is null then ${settings.smtp !== null} else mailbox_id in (select id from mailboxes
    where paused_at is null and (smtp_host is not null or ${settings.smtp !== null})) end)`;
}

/** Takes a mail for one attempt. The lease stands in the row, so that no transaction waits for a mail server. */
async function take({ db, settings }: JobTools, id: string): Promise<Due | undefined> {
  const { rows } = await sql<Due>`update mails set attempts = attempts + 1,
      next_try_at = now() + make_interval(mins => ${attemptMinutes})
    where id = ${id} and state = 'waiting' and next_try_at <= now() and ${sendable(settings)}
    returning id, to_email, to_name, locale, template, subject, text, html, secret, attempts, message_id, thread_id,
      in_reply_to, refers_to, mailbox_id, about_message_id, ticket_id, customer_id, created_at`.execute(db);
  return rows[0];
}

async function settle(tools: JobTools, mail: Due): Promise<void> {
  const strike = (text: string, secret: string) => text.replaceAll(secret, '…');
  await tools.asSystem(async (ctx) => {
    await ctx.db
      .updateTable('mails')
      .set({
        state: 'sent',
        sent_at: sql`now()`,
        next_try_at: null,
        failure: null,
        last_error: null,
        ...(mail.secret === null
          ? {}
          : {
              text: strike(mail.text, mail.secret),
              html: strike(mail.html, escapeHtml(mail.secret)),
              secret: null,
            }),
      })
      .where('id', '=', mail.id)
      .execute();
    tell(ctx, 'sent', mail);
  });
}

/** The desk shows what became of an answer beside it; of other mails nobody waits to hear. */
function tell(ctx: Context, became: 'sent' | 'failed', mail: Due): void {
  if (!mail.about_message_id || !mail.ticket_id) return;
  ctx.record({
    name: became === 'sent' ? 'mail.sent' : 'mail.failed',
    subject: { kind: 'mail', id: mail.id },
    context: { kind: 'ticket', id: mail.ticket_id },
    customer_id: mail.customer_id,
    data: { message_id: mail.about_message_id, to: mail.to_email },
  });
}

async function fail(tools: JobTools, mail: Due, why: { failure: MailFailure; words: string }): Promise<void> {
  const next =
    why.failure === 'stale'
      ? null
      : nextAttempt({ attempts: mail.attempts, failure: why.failure }, new Date().toISOString());
  await tools.asSystem(async (ctx) => {
    await ctx.db
      .updateTable('mails')
      .set({
        state: next === null ? 'failed' : 'waiting',
        next_try_at: next,
        failure: why.failure,
        last_error: why.words || null,
      })
      .where('id', '=', mail.id)
      .execute();
    if (next === null) tell(ctx, 'failed', mail);
  });
}

export const sendMail: Job = {
  task: 'channels.send_mail',
  run: async (payload, tools) => deliver(tools, (payload as { mail_id: string }).mail_id),
};

/** Sends what has come due again, and what waited for the first mail server. */
export const sendDueMails: Ticker = {
  name: 'channels.send_due_mails',
  everySeconds: 20,
  run: async (tools) => {
    const { rows } = await sql<{ id: string }>`select id from mails where state = 'waiting'
      and next_try_at <= now() and ${sendable(tools.settings)} order by next_try_at limit ${batch}`.execute(
      tools.db,
    );
    for (const { id } of rows) await deliver(tools, id);
  },
};

/** Mails hold words about people; half a year is enough to answer "I never got it". */
export const forgetOldMails: Ticker = {
  name: 'channels.forget_old_mails',
  everySeconds: 3_600,
  run: async ({ db }) => {
    // Ids grow with time: looking at the oldest alone keeps the round cheap, however many there are.
    await sql`delete from mails where created_at < now() - make_interval(days => ${keptDays})
      and id in (select id from mails order by id limit 1000)`.execute(db);
  },
};
