import type { Locale } from '#domain/people/person.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { newId } from '../../platform/ids.ts';
import type { Settings } from '../../platform/settings.ts';
import { asHtml, asText, type Letter, oneLine, type Sender } from './letter.ts';

export type NewMail = {
  /** What it is about and to whom; the second mail of one occasion is not written. */
  occasion: string;
  to: { email: string; name: string | null };
  locale: Locale;
  template: string;
  letter: Letter;
  secret?: string | null;
  ticket?: { id: string; customer_id: string } | null;
  customer_id?: string | null;
  /** The first mail of a ticket's thread; all others refer to it. */
  opens_thread?: boolean;
};

/** Puts a mail into the outbox and orders its sending, in the caller's transaction. Twice is once. */
export async function postMail(ctx: Context, mail: NewMail): Promise<void> {
  const sender = await loadSender(ctx.db, mail.locale);
  const id = newId();
  const domain = mailDomain(ctx.settings);
  const thread = mail.ticket ? `<ticket.${mail.ticket.id}@${domain}>` : null;
  const inserted = await ctx.db
    .insertInto('mails')
    .values({
      id,
      occasion: mail.occasion,
      to_email: mail.to.email,
      to_name: mail.to.name === null ? null : oneLine(mail.to.name) || null,
      locale: mail.locale,
      template: mail.template,
      subject: oneLine(mail.letter.subject),
      text: asText(mail.letter, sender),
      html: asHtml(mail.letter, sender),
      secret: mail.secret ?? null,
      state: 'waiting',
      next_try_at: ctx.now,
      message_id: mail.opens_thread && thread ? thread : `<mail.${id}@${domain}>`,
      thread_id: thread,
      ticket_id: mail.ticket?.id ?? null,
      customer_id: mail.ticket?.customer_id ?? mail.customer_id ?? null,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted && ctx.settings.smtp)
    ctx.enqueue('channels.send_mail', { mail_id: id }, { key: `mail ${id}` });
}

/** Under which name mails go out: the firm's, in the recipient's language where it has one. */
export async function loadSender(db: Database, locale: Locale): Promise<Sender> {
  const firm = await db
    .selectFrom('firm')
    .select(['name', 'name_en', 'accent_color', 'contact_phone'])
    .executeTakeFirst();
  return {
    name: (locale === 'en' ? firm?.name_en : null) ?? firm?.name ?? '',
    accent_color: firm?.accent_color ?? '#1f6feb',
    contact_phone: firm?.contact_phone ?? null,
  };
}

/** The part behind the @ of our message ids: the sender's domain, else the host that people use. */
function mailDomain(settings: Settings): string {
  const from = settings.smtp?.from.match(/@([a-z0-9.-]+)/i)?.[1];
  return from ?? new URL(settings.publicUrl).hostname.replace(/[[\]:]/g, '') ?? 'localhost';
}
