import type { MailRow } from '#domain/channels/commands.ts';
import { type MailState, refuseRetrying } from '#domain/channels/mail.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { loadMailRow } from './queries.ts';

/** Sends a mail again, now, with its attempts counted anew: somebody has looked at what stood in its way. */
export async function retryMail(ctx: Context, { params }: { params: { id: string } }): Promise<MailRow> {
  const mail = await ctx.db
    .selectFrom('mails')
    .select(['id', 'state', 'failure', 'to_email', 'customer_id', 'mailbox_id'])
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirst();
  if (!mail) throw new Refusal('not_found', 'ground.not_found');
  const refusal = refuseRetrying({ state: mail.state as MailState });
  if (refusal) throw refusal;
  await ctx.db
    .updateTable('mails')
    // A person who sends an old mail by hand knows that it is old.
    .set({
      state: 'waiting',
      next_try_at: ctx.now,
      sent_at: null,
      bounced_at: null,
      attempts: mail.failure === 'stale' ? 1 : 0,
    })
    .where('id', '=', mail.id)
    .execute();
  if (ctx.settings.smtp || mail.mailbox_id)
    ctx.enqueue('channels.send_mail', { mail_id: mail.id }, { key: `mail ${mail.id}` });
  ctx.record({
    name: 'mail.retried',
    subject: { kind: 'mail', id: mail.id },
    customer_id: mail.customer_id,
    data: { to: mail.to_email },
  });
  return loadMailRow(ctx, mail.id);
}
