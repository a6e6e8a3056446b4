import type { Context } from '../../platform/context.ts';

/** Writes a message of the acting person. Whether it may be said, the caller has asked the rules. */
export async function writeMessage(
  ctx: Context,
  ticket: { id: string; customer_id: string },
  message: {
    id: string;
    voice: 'customer' | 'internal';
    body: string;
    no_answer_yet: boolean;
    next_update_at: string | null;
  },
): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'anyone') throw new Error('nobody cannot write a message');
  await ctx.db
    .insertInto('messages')
    .values({
      ...message,
      ticket_id: ticket.id,
      customer_id: ticket.customer_id,
      author_kind: actor.kind,
      author_id: actor.kind === 'contact' ? actor.contact_id : actor.id,
      author_name: actor.name,
      happened_at: ctx.happenedAt,
      received_at: ctx.now,
      created_at: ctx.now,
    })
    .execute();
}
