import type { SenderStanding } from '#domain/channels/placing.ts';
import type { ReceivedMail } from '#domain/channels/received-mail.ts';
import { addContactByMail, ensureUnknownCustomer } from '../../customers/actions/senders.ts';
import { findSender } from '../../customers/queries/senders.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';

export type Sender = {
  email: string;
  name: string;
  standing: SenderStanding;
  /** The contact under which they are kept, known or not yet known; null: none yet. */
  contact_id: string | null;
  waiting_id: string | null;
};

/** Who a mail's sender is to us. `From` is what mail says of itself; nothing is shown to anybody on its word. */
export async function findStanding(ctx: Context, mail: ReceivedMail): Promise<Sender> {
  const email = (mail.from?.address ?? '').toLowerCase();
  const name = nameOf(mail, email);
  const known = await findSender(ctx.db, email);
  if (known?.kind === 'contact') {
    const { customer_id, contact_id } = known;
    const standing = { kind: 'contact' as const, customer_id, contact_id };
    return { email, name: known.name, standing, contact_id, waiting_id: null };
  }
  if (known) return { email, name, standing: known, contact_id: null, waiting_id: null };
  const row = await ctx.db
    .selectFrom('mail_senders')
    .select(['id', 'state', 'contact_id'])
    .where('email', '=', email)
    .where('state', '<>', 'given')
    .executeTakeFirst();
  return {
    email,
    name,
    standing: { kind: row?.state === 'dismissed' ? 'dismissed' : 'unknown' },
    contact_id: row?.contact_id ?? null,
    waiting_id: row?.id ?? null,
  };
}

/**
 * The contact under whose name the sender's words stand: their own, a new one of the customer whose domain they write
 * from, or one among those not yet known; with `waits` somebody has to decide whose they are.
 */
export async function authorFor(
  ctx: Context,
  of: { sender: Sender; customer_id: string | null; locale: string; waits: boolean },
): Promise<{ contact_id: string; customer_id: string; name: string }> {
  const { sender, locale } = of;
  const { standing, name, email } = sender;
  if (standing.kind === 'contact')
    return { contact_id: standing.contact_id, customer_id: standing.customer_id, name };
  if (standing.kind === 'domain') {
    const { customer_id } = standing;
    return {
      contact_id: await addContactByMail(ctx, { customer_id, email, name, locale }),
      customer_id,
      name,
    };
  }
  const customer_id = await ensureUnknownCustomer(ctx);
  if (sender.waiting_id && sender.contact_id) {
    await ctx.db
      .updateTable('mail_senders')
      .set({ last_mail_at: ctx.now })
      .where('id', '=', sender.waiting_id)
      .execute();
    return { contact_id: sender.contact_id, customer_id, name };
  }
  const contact_id = await addContactByMail(ctx, { customer_id, email, name, locale });
  const id = newId();
  await ctx.db
    .insertInto('mail_senders')
    .values({
      id,
      customer_id,
      contact_id,
      email,
      name,
      state: 'waiting',
      last_mail_at: ctx.now,
      created_at: ctx.now,
    })
    .execute();
  ctx.record({
    name: 'mail_sender.appeared',
    subject: { kind: 'mail_sender', id },
    customer_id,
    data: { email, name, waits: of.waits },
  });
  return { contact_id, customer_id, name };
}

/** The name a mail gives, in one line a person's name could be; else what stands before the @. */
function nameOf(mail: ReceivedMail, email: string): string {
  const given = (mail.from?.name ?? '').replace(/\s+/g, ' ').trim();
  const name = given || email.slice(0, Math.max(1, email.lastIndexOf('@'))) || '?';
  return name
    .slice(0, 100)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim();
}
