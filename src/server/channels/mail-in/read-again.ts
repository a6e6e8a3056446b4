import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';

/** Puts a mail that could not be read up for reading again: somebody has looked at what stood in its way. */
export async function readMailAgain(
  ctx: Context,
  { params }: { params: { id: string } },
): Promise<{ id: string }> {
  const mail = await ctx.db
    .selectFrom('received_mails')
    .select(['id', 'mailbox_id', 'state', 'file_id', 'customer_id'])
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirst();
  if (!mail) throw new Refusal('not_found', 'ground.not_found');
  if (mail.state === 'done') throw new Refusal('conflict', 'received_mails.already_read');
  if (!mail.file_id) throw new Refusal('conflict', 'received_mails.not_kept');
  await ctx.db
    .updateTable('received_mails')
    .set({ state: 'waiting', attempts: 0, next_try_at: ctx.now })
    .where('id', '=', mail.id)
    .execute();
  const { mailbox_id } = mail;
  ctx.enqueue('channels.read_mails', { mailbox_id }, { key: `read mails ${mailbox_id}` });
  ctx.record({
    name: 'mail.read_again',
    subject: { kind: 'received_mail', id: mail.id },
    customer_id: mail.customer_id,
    data: {},
  });
  return { id: mail.id };
}
