import type { z } from 'zod';
import type { Ask, replyToFirm as ReplyToFirm, rate } from '#domain/channels/commands.ts';
import type { Context } from '../../platform/context.ts';
import { openTicketForContact, rateTicket, replyAsContact } from '../../tickets/actions/hear-customer.ts';

type ById = { id: string };

/** What a customer writes becomes a ticket at once; nothing but their words is asked of them. */
export async function askFirm(
  ctx: Context,
  { body }: { body: Ask },
): Promise<{ id: string; number: number }> {
  const { id, number } = await openTicketForContact(ctx, body);
  return { id, number };
}

export function replyToFirm(
  ctx: Context,
  call: { params: ById; body: z.output<typeof ReplyToFirm.body> },
): Promise<ById> {
  return replyAsContact(ctx, call);
}

export function rateFirm(
  ctx: Context,
  call: { params: ById; body: z.output<typeof rate.body> },
): Promise<ById> {
  return rateTicket(ctx, call);
}
