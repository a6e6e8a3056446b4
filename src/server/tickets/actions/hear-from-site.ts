import { sql } from 'kysely';
import type { Instant } from '#domain/ground/instant.ts';
import { stateAfterReply } from '#domain/tickets/replying.ts';
import type { Context } from '../../platform/context.ts';
import { answerClocks, waitClocks } from './clocks.ts';
import { aboutTicket, type LoadedTicket, loadTicket } from './load-ticket.ts';

/** A waiting for the customer as it stands in a log: it began, or ended, or both. `since` tells it from other waitings. */
export type SiteWaiting = {
  waiting_for: string;
  contact_id: string;
  contact_name: string;
  began_at: Instant | null;
  since: Instant;
  ended_at: Instant | null;
};

type KeptWaiting = { waiting_for: string; contact_id: string; since: Instant };

/** A waiting that still runs was written down otherwise than it was. */
export type SiteCorrection = { from: KeptWaiting; to: KeptWaiting & { contact_name: string } };

/**
 * R7: what happened on site and moves the clocks: a word to the customer, waiting for them, and its end, each at its own
 * time. A correction of what still runs moves no clock. What comes in after the ticket was closed changes nothing.
 */
export async function hearFromSite(
  ctx: Context,
  ticketId: string,
  news: { said: boolean; waitings: readonly SiteWaiting[]; corrections: readonly SiteCorrection[] },
): Promise<void> {
  const ticket = await loadTicket(ctx, ticketId);
  if (ticket.state === 'closed') return;
  if (news.said) await hearWord(ctx, ticket);
  for (const correction of news.corrections) await hearCorrection(ctx, ticket, correction);
  for (const waiting of news.waitings) await hearWaiting(ctx, ticket, waiting);
}

async function hearWord(ctx: Context, ticket: LoadedTicket): Promise<void> {
  const clocks = await answerClocks(ctx, ticket, { next_update_at: null });
  ticket.state = stateAfterReply(ticket);
  await ctx.db
    .updateTable('tickets')
    .set({
      state: ticket.state,
      // A late word may be older than one that came in before it.
      last_reply_at: sql<Instant>`greatest(last_reply_at, ${ctx.happenedAt}::timestamptz)`,
      next_due_at: clocks.next_due_at,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
}

async function hearWaiting(ctx: Context, ticket: LoadedTicket, waiting: SiteWaiting): Promise<void> {
  const { waiting_for, contact_id, contact_name, began_at, ended_at } = waiting;
  const begins = began_at !== null && ended_at === null && ticket.state !== 'waiting_on_customer';
  const ends = began_at === null && (await isWaitingFor(ctx, ticket, waiting));
  // Somebody at the desk waits for the customer, too, or the customer has answered: that is not ended from here.
  if (began_at === null && !ends) return;
  const clocks = await waitClocks(ctx, ticket, { waiting_for, asked_of: contact_name, began_at, ended_at });
  if (begins) ticket.state = 'waiting_on_customer';
  if (ends) ticket.state = 'open';
  await ctx.db
    .updateTable('tickets')
    .set({
      ...(begins
        ? { state: ticket.state, waiting_for, waiting_on_contact_id: contact_id, waiting_since: began_at }
        : {}),
      ...(ends
        ? {
            state: ticket.state,
            waiting_for: null,
            waiting_on_contact_id: null,
            waiting_since: null,
            waiting_climbed_at: null,
          }
        : {}),
      next_due_at: clocks.next_due_at,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
  if (begins)
    ctx.record({
      name: 'ticket.waited',
      ...aboutTicket(ticket),
      visible_to_customer: true,
      data: { waiting_for, contact_id, contact_name },
    });
  if (ends)
    ctx.record({ name: 'ticket.resumed', ...aboutTicket(ticket), visible_to_customer: true, data: {} });
}

/** The ticket goes on waiting, as it is written down now: its end is known by that, and whoever is asked now hears of it. */
async function hearCorrection(
  ctx: Context,
  ticket: LoadedTicket,
  { from, to }: SiteCorrection,
): Promise<void> {
  if (!(await isWaitingFor(ctx, ticket, from))) return;
  const { waiting_for, contact_id, contact_name, since } = to;
  await ctx.db
    .updateTable('tickets')
    .set({
      waiting_for,
      waiting_on_contact_id: contact_id,
      waiting_since: since,
      updated_at: ctx.now,
    })
    .where('id', '=', ticket.id)
    .execute();
  if (contact_id === from.contact_id) return;
  ctx.record({
    name: 'ticket.waited',
    ...aboutTicket(ticket),
    visible_to_customer: true,
    data: { waiting_for, contact_id, contact_name },
  });
}

async function isWaitingFor(
  ctx: Context,
  ticket: LoadedTicket,
  waiting: Pick<SiteWaiting, 'contact_id' | 'since'>,
): Promise<boolean> {
  if (ticket.state !== 'waiting_on_customer') return false;
  const row = await ctx.db
    .selectFrom('tickets')
    .select(['waiting_on_contact_id', 'waiting_since'])
    .where('id', '=', ticket.id)
    .executeTakeFirstOrThrow();
  return row.waiting_on_contact_id === waiting.contact_id && row.waiting_since === waiting.since;
}
