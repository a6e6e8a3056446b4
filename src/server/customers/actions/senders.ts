import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';

// Its name is seen where a customer's name stands, by colleagues of either language.
const unknownName = '尚未认识的发件人 Not yet known';

/** The customer that stands for all senders whom nobody knows yet; made when the first one writes. */
export async function ensureUnknownCustomer(ctx: Context): Promise<string> {
  const find = () =>
    ctx.db
      .selectFrom('customers')
      .select('id')
      .where('stands_for', '=', 'unknown_senders')
      .executeTakeFirst();
  const known = await find();
  if (known) return known.id;
  const id = newId();
  await ctx.db
    .insertInto('customers')
    .values({ id, name: unknownName, stands_for: 'unknown_senders', created_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await find())?.id ?? id;
}

/** Somebody who wrote becomes a person of a customer, by what their mail says of them. */
export async function addContactByMail(
  ctx: Context,
  sender: { customer_id: string; email: string; name: string; locale: string },
): Promise<string> {
  const id = newId();
  await ctx.db
    .insertInto('contacts')
    .values({ id, ...sender, preferred_channel: 'email', created_at: ctx.now })
    .execute();
  ctx.record({
    name: 'contact.created',
    subject: { kind: 'contact', id },
    context: { kind: 'customer', id: sender.customer_id },
    customer_id: sender.customer_id,
    data: { name: sender.name, by: 'mail' },
  });
  return id;
}

/** A sender who was not yet known is known now, under another contact; or turned out to be nobody's customer. */
export async function retireSender(
  ctx: Context,
  contact: { id: string; customer_id: string },
): Promise<void> {
  await ctx.db.updateTable('contacts').set({ left_at: ctx.now }).where('id', '=', contact.id).execute();
  ctx.record({
    name: 'contact.left',
    subject: { kind: 'contact', id: contact.id },
    context: { kind: 'customer', id: contact.customer_id },
    customer_id: contact.customer_id,
    data: {},
  });
}
