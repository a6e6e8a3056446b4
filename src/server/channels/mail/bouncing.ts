import type { ReceivedMail } from '#domain/channels/received-mail.ts';
import type { Context } from '../../platform/context.ts';

/**
 * A mail of ours came back: it is marked as not delivered, and whoever wrote what was in it hears of it. Only for a mail
 * that we sent to just that address; a delay is no bounce, since the other side still tries.
 */
export async function noteBounce(
  ctx: Context,
  mail: ReceivedMail,
): Promise<{ ticket_id: string | null } | null> {
  const { about_message_id = null, recipient = null, status = null } = mail.bounce ?? {};
  if (!about_message_id) return null;
  const sent = await ctx.db
    .selectFrom('mails')
    .select(['id', 'state', 'to_email', 'ticket_id', 'customer_id', 'about_message_id'])
    .where('message_id', '=', `<${about_message_id}>`)
    .forUpdate()
    .executeTakeFirst();
  if (!sent) return null;
  const isOurs = recipient === null || recipient.toLowerCase() === sent.to_email.toLowerCase();
  if (!isOurs || sent.state !== 'sent' || status?.startsWith('4')) return { ticket_id: sent.ticket_id };
  await ctx.db
    .updateTable('mails')
    .set({
      state: 'bounced',
      bounced_at: ctx.now,
      failure: 'refused',
      last_error: [status, mail.subject].filter(Boolean).join(' ').slice(0, 1_000) || null,
    })
    .where('id', '=', sent.id)
    .execute();
  ctx.record({
    name: 'mail.bounced',
    subject: { kind: 'mail', id: sent.id },
    ...(sent.ticket_id ? { context: { kind: 'ticket', id: sent.ticket_id } } : {}),
    customer_id: sent.customer_id,
    data: { message_id: sent.about_message_id, to: sent.to_email, status },
  });
  return { ticket_id: sent.ticket_id };
}
