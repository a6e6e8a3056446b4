import type { FindSubject } from '../../promises/actions.ts';

/** How the promise ledger finds the ticket that a promise was given in. */
export const findTicketForPromise: FindSubject = async (ctx, { id, message_id, held }) => {
  const ticket = await ctx.db
    .selectFrom('tickets')
    .select(['customer_id', 'requester_id', 'state'])
    .where('id', '=', id)
    // Closing locks the row for update, which this keeps out; promises in one ticket do not wait for one another.
    .$if(held, (row) => row.forKeyShare())
    .executeTakeFirst();
  if (!ticket) return null;
  const message = message_id
    ? await ctx.db
        .selectFrom('messages')
        .select('id')
        .where('id', '=', message_id)
        .where('ticket_id', '=', id)
        .executeTakeFirst()
    : undefined;
  return {
    customer_id: ticket.customer_id,
    contact_id: ticket.requester_id,
    closed: ticket.state === 'closed',
    has_message: message !== undefined,
  };
};
