import { sql } from 'kysely';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import { findContractInForce } from '../../customers/queries/customers.ts';
import type { Context } from '../../platform/context.ts';
import { moveFiles } from '../../platform/files/claiming.ts';
import { movePromisesOf } from '../../promises/actions.ts';
import { retargetClocks } from './clocks.ts';
import { aboutTicket, loadTicket } from './load-ticket.ts';

type Person = { customer_id: string; contact_id: string };

/**
 * All tickets of a person go to another one, of another customer: whoever wrote turned out to be somebody we know.
 * Words, files, promises and clocks go along; the clocks follow what that customer's contract says, from now on.
 */
export async function moveTickets(ctx: Context, move: { from: Person; to: Person }): Promise<string[]> {
  const { from, to } = move;
  const rows = await ctx.db
    .selectFrom('tickets')
    .select('id')
    .where('customer_id', '=', from.customer_id)
    .where('requester_id', '=', from.contact_id)
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  for (const id of ids) await moveTicket(ctx, id, move);
  if (ids.length === 0) return [];
  const messages = await ctx.db.selectFrom('messages').select('id').where('ticket_id', 'in', ids).execute();
  await ctx.db
    .updateTable('messages')
    .set({ author_id: to.contact_id })
    .where('ticket_id', 'in', ids)
    .where('author_kind', '=', 'contact')
    .where('author_id', '=', from.contact_id)
    .execute();
  const subject_ids = messages.map(({ id }) => id);
  await moveFiles(ctx, { subject_kind: 'message', subject_ids, customer_id: to.customer_id });
  await movePromisesOf(ctx, { subject: { kind: 'ticket', ids }, from_contact_id: from.contact_id, to });
  return ids;
}

async function moveTicket(
  ctx: Context,
  id: string,
  { from, to }: { from: Person; to: Person },
): Promise<void> {
  const { kind, state } = await loadTicket(ctx, id);
  const contract = await findContractInForce(ctx.db, { customer_id: to.customer_id, on: ctx.now });
  const { priority } = await ctx.db
    .updateTable('tickets')
    .set({
      customer_id: to.customer_id,
      requester_id: to.contact_id,
      contract_id: contract?.id ?? null,
      // Places and things of one customer are nothing at another.
      site_id: null,
      asset_id: null,
      waiting_on_contact_id: sql<string | null>`case when waiting_on_contact_id = ${from.contact_id}
        then ${to.contact_id}::uuid else waiting_on_contact_id end`,
      updated_at: ctx.now,
    })
    .where('id', '=', id)
    .returning('priority')
    .executeTakeFirstOrThrow();
  const { customer_id } = to;
  await ctx.db.updateTable('ticket_clocks').set({ customer_id }).where('ticket_id', '=', id).execute();
  await ctx.db.updateTable('doubtful_times').set({ customer_id }).where('ticket_id', '=', id).execute();
  const ticket = { id, customer_id, requester_id: to.contact_id };
  if (state !== 'closed')
    await retargetClocks(ctx, ticket, {
      kind: kind as TicketKind,
      priority,
      contract_id: contract?.id ?? null,
      why: 'contract',
    });
  ctx.record({ name: 'ticket.moved', ...aboutTicket(ticket), data: { from: from.customer_id } });
}
