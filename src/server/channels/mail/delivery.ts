import { sql } from 'kysely';
import { isStale, type MailFailure, nextAttempt } from '#domain/channels/mail.ts';
import type { Locale } from '#domain/people/person.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Job, JobTools, Ticker } from '../../platform/jobs.ts';
import { escapeHtml } from './escape.ts';
import { loadSender } from './outbox.ts';
import { sendBySmtp } from './smtp.ts';

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
  created_at: string;
};

/** Tries to send one mail, if it is due and nobody else is at it. The outcome is written down either way. */
export async function deliver(tools: JobTools, mailId: string): Promise<void> {
  if (!tools.settings.smtp) return;
  const mail = await take(tools.db, mailId);
  if (!mail) return;
  const now = new Date().toISOString();
  if (mail.attempts === 1 && isStale(mail, now)) return fail(tools.db, mail, { failure: 'stale', words: '' });
  const sender = await loadSender(tools.db, mail.locale as Locale);
  const outcome = await sendBySmtp(tools.settings, {
    ...mail,
    sender_name: sender.name,
    automatic: !written.includes(mail.template),
  });
  if (outcome.failure === null) return settle(tools.db, mail);
  tools.log.warn({ mail: mail.id, failure: outcome.failure }, 'a mail did not leave');
  await fail(tools.db, mail, outcome);
}

/** Takes a mail for one attempt. The lease stands in the row, so that no transaction waits for a mail server. */
async function take(db: Database, id: string): Promise<Due | undefined> {
  const { rows } = await sql<Due>`update mails set attempts = attempts + 1,
      next_try_at = now() + make_interval(mins => ${attemptMinutes})
    where id = ${id} and state = 'waiting' and next_try_at <= now()
    returning id, to_email, to_name, locale, template, subject, text, html, secret, attempts, message_id, thread_id,
      created_at`.execute(db);
  return rows[0];
}

async function settle(db: Database, mail: Due): Promise<void> {
  const strike = (text: string, secret: string) => text.replaceAll(secret, '…');
  await db
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
}

async function fail(db: Database, mail: Due, why: { failure: MailFailure; words: string }): Promise<void> {
  const next =
    why.failure === 'stale'
      ? null
      : nextAttempt({ attempts: mail.attempts, failure: why.failure }, new Date().toISOString());
  await db
    .updateTable('mails')
    .set({
      state: next === null ? 'failed' : 'waiting',
      next_try_at: next,
      failure: why.failure,
      last_error: why.words || null,
    })
    .where('id', '=', mail.id)
    .execute();
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
    if (!tools.settings.smtp) return;
    const { rows } = await sql<{ id: string }>`select id from mails
      where state = 'waiting' and next_try_at <= now() order by next_try_at limit ${batch}`.execute(tools.db);
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
