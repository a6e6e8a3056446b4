import type { Locale } from '#domain/people/person.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/db/connect.ts';
import { newId } from '../../platform/ids.ts';
import type { Settings } from '../../platform/settings.ts';
import { asHtml, asText, type Letter, oneLine, type Sender } from './letter.ts';
import { findThread, type MailThread } from './threads.ts';

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
  /** It goes into the customer's conversation: from the ticket's mailbox, where there is one, and answerable. */
  in_conversation?: boolean;
  /** The message of ours that it carries, so that the desk can say what became of it. */
  about_message_id?: string | null;
};

/** Puts a mail into the outbox and orders its sending, in the caller's transaction. Twice is once. */
export async function postMail(ctx: Context, mail: NewMail): Promise<void> {
  const thread = mail.ticket && mail.in_conversation ? await findThread(ctx, mail.ticket.id) : null;
  const firm = await loadSender(ctx.db, mail.locale);
  const sender = thread ? { ...firm, signature: thread.signature || null } : firm;
  const id = newId();
  const inserted = await ctx.db
    .insertInto('mails')
    .values({
      id,
      occasion: mail.occasion,
      to_email: mail.to.email,
      to_name: mail.to.name === null ? null : oneLine(mail.to.name) || null,
      locale: mail.locale,
      template: mail.template,
      subject: oneLine(thread?.subject ?? mail.letter.subject),
      text: asText(mail.letter, sender),
      html: asHtml(mail.letter, sender),
      secret: mail.secret ?? null,
      state: 'waiting',
      next_try_at: ctx.now,
      ...idsOf(ctx, mail, { id, thread }),
      mailbox_id: thread?.mailbox_id ?? null,
      about_message_id: mail.about_message_id ?? null,
      ticket_id: mail.ticket?.id ?? null,
      customer_id: mail.ticket?.customer_id ?? mail.customer_id ?? null,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted && (ctx.settings.smtp || thread?.has_sender))
    ctx.enqueue('channels.send_mail', { mail_id: id }, { key: `mail ${id}` });
}

/** How the mail is called and what it refers to. In a mailbox's thread the ids carry the token that brings answers back. */
function idsOf(ctx: Context, mail: NewMail, { id, thread }: { id: string; thread: MailThread | null }) {
  if (thread) {
    const domain = thread.address.slice(thread.address.lastIndexOf('@') + 1);
    return {
      message_id: `<mail.${id}.ref-${thread.token}@${domain}>`,
      thread_id: null,
      in_reply_to: thread.refers_to.at(-1) ?? null,
      refers_to: thread.refers_to,
    };
  }
  const domain = mailDomain(ctx.settings);
  const thread_id = mail.ticket ? `<ticket.${mail.ticket.id}@${domain}>` : null;
  return {
    message_id: mail.opens_thread && thread_id ? thread_id : `<mail.${id}@${domain}>`,
    thread_id,
    in_reply_to: null,
    refers_to: [],
  };
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
export function mailDomain(settings: Settings): string {
  const from = settings.smtp?.from.match(/@([a-z0-9.-]+)/i)?.[1];
  return from ?? new URL(settings.publicUrl).hostname.replace(/[[\]:]/g, '') ?? 'localhost';
}
