import type { z } from 'zod';
import type { createContact as CreateContact } from '#domain/customers/commands.ts';
import { refuseIfLeft } from '#domain/customers/portal-access.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { type ById, checkSite, editedFields, loadServedCustomer, notThere, type Patch } from './loading.ts';

/** A person of the customer's, with the parts they play and for whom we write. */
export async function createContact(
  ctx: Context,
  { params, body }: { params: ById; body: z.output<typeof CreateContact.body> },
) {
  const customer = await loadServedCustomer(ctx, params.id);
  await checkSite(ctx, body.site_id, customer.id);
  await checkEmail(ctx, body.email, { id: body.id, customer_id: customer.id });
  await ctx.db
    .insertInto('contacts')
    .values({ ...body, customer_id: customer.id, created_at: ctx.now })
    .execute();
  ctx.record({
    name: 'contact.created',
    subject: { kind: 'contact', id: body.id },
    context: { kind: 'customer', id: customer.id },
    customer_id: customer.id,
    data: { name: body.name, roles: body.roles },
  });
  return { id: body.id };
}

export async function editContact(ctx: Context, { params, body }: Patch) {
  const contact =
    (await ctx.db
      .selectFrom('contacts')
      .select([
        'id',
        'customer_id',
        'site_id',
        'name',
        'form_of_address',
        'title',
        'email',
        'phone',
        'preferred_channel',
        'roles',
        'reader_level',
        'locale',
        'left_at',
      ])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst()) ?? notThere();
  await loadServedCustomer(ctx, contact.customer_id);
  const refusal = refuseIfLeft(contact);
  if (refusal) throw refusal;
  const edited = editedFields(contact, body.changes);
  if (!edited) return { id: contact.id };
  await checkSite(ctx, edited.set.site_id, contact.customer_id);
  await checkEmail(ctx, edited.set.email, contact);
  await ctx.db.updateTable('contacts').set(edited.set).where('id', '=', contact.id).execute();
  ctx.record({
    name: 'contact.edited',
    subject: { kind: 'contact', id: contact.id },
    context: { kind: 'customer', id: contact.customer_id },
    customer_id: contact.customer_id,
    data: edited.data,
  });
  return { id: contact.id };
}

/** Refuses an address that a colleague already has; the same address at two customers is two people's matter. */
export async function checkEmail(
  ctx: Context,
  email: unknown,
  contact: { id: string; customer_id: string },
): Promise<void> {
  if (typeof email !== 'string') return;
  const twin = await ctx.db
    .selectFrom('contacts')
    .select('name')
    .where('customer_id', '=', contact.customer_id)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
    .where('left_at', 'is', null)
    .where('id', '<>', contact.id)
    .executeTakeFirst();
  if (twin) throw new Refusal('conflict', 'contacts.email_taken', { name: twin.name });
}
