import { Refusal } from '#domain/ground/refusal.ts';
import type { CreateTicket, TicketActed } from '#domain/tickets/commands.ts';
import { priorityOf } from '#domain/tickets/priority.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';
import { claimFiles } from '../../platform/files/claiming.ts';
import { newId } from '../../platform/ids.ts';
import { startClocks } from './clocks.ts';
import { aboutTicket } from './load-ticket.ts';
import { loadTerms } from './terms.ts';

/** A ticket that one of us writes down for a contact: said at the desk, on the phone, or sent by a program. */
export async function createTicket(ctx: Context, { body }: { body: CreateTicket }): Promise<TicketActed> {
  const requester = await ctx.db
    .selectFrom('contacts')
    .select(['id', 'name', 'left_at'])
    .where('id', '=', body.requester_id)
    .where('customer_id', '=', body.customer_id)
    .executeTakeFirst();
  if (!requester) throw new Refusal('invalid', 'tickets.requester_unknown');
  if (requester.left_at) throw new Refusal('conflict', 'tickets.requester_left');
  return openTicket(ctx, {
    ...body,
    author: { kind: 'contact', id: body.requester_id, name: requester.name },
    first_message_id: newId(),
  });
}

export type Ask = {
  id: string;
  customer_id: string;
  requester_id: string;
  site_id: string | null;
  asset_id: string | null;
  kind: TicketKind;
  title: string;
  body: string;
  impact: number;
  urgency: number;
  felt_severity: number | null;
  channel: 'portal' | 'desk' | 'phone' | 'api' | 'mail';
  assignee_id?: string | null;
  file_ids: string[];
  author: { kind: 'contact'; id: string; name: string };
  first_message_id: string;
};

/** The one way in which a ticket comes to be, whoever writes it down: row, first words, clocks, event. */
export async function openTicket(ctx: Context, ask: Ask): Promise<TicketActed> {
  const priority = priorityOf(ask.impact, ask.urgency);
  const terms = await ctx.asApp(() =>
    loadTerms(ctx, { customer_id: ask.customer_id, kind: ask.kind, priority }),
  );
  const { number } = await ctx.db
    .insertInto('tickets')
    .values({
      id: ask.id,
      customer_id: ask.customer_id,
      requester_id: ask.requester_id,
      site_id: ask.site_id,
      asset_id: ask.asset_id,
      contract_id: terms.contract_id,
      kind: ask.kind,
      title: ask.title,
      state: 'new',
      impact: ask.impact,
      urgency: ask.urgency,
      priority,
      felt_severity: ask.felt_severity,
      customer_words: ask.body,
      assignee_id: ask.assignee_id ?? null,
      channel: ask.channel,
      next_due_at: terms.clocks.next_due_at,
      last_customer_message_at: ctx.happenedAt,
      created_by_kind: ctx.actor.kind === 'anyone' ? 'system' : ctx.actor.kind,
      created_by_id: ctx.actor.kind === 'contact' ? ctx.actor.contact_id : ctx.actor.id,
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  await writeFirstWords(ctx, ask);
  await ctx.asApp(async () => {
    await startClocks(ctx, { ticket: ask, clocks: terms.clocks.rows });
    await claimFiles(ctx, {
      file_ids: ask.file_ids,
      customer_id: ask.customer_id,
      subject: { kind: 'message', id: ask.first_message_id },
      visible_to_customer: true,
    });
  });
  ctx.record({
    name: 'ticket.created',
    ...aboutTicket(ask),
    visible_to_customer: true,
    data: {
      number,
      title: ask.title,
      kind: ask.kind,
      priority,
      channel: ask.channel,
      message_id: ask.first_message_id,
    },
  });
  return {
    id: ask.id,
    number,
    state: 'new',
    updated_at: ctx.now,
    next_due_at: terms.clocks.next_due_at,
    clocks: terms.clocks.views,
  };
}

async function writeFirstWords(ctx: Context, ask: Ask): Promise<void> {
  await ctx.db
    .insertInto('messages')
    .values({
      id: ask.first_message_id,
      ticket_id: ask.id,
      customer_id: ask.customer_id,
      voice: 'customer',
      author_kind: ask.author.kind,
      author_id: ask.author.id,
      author_name: ask.author.name,
      body: ask.body,
      happened_at: ctx.happenedAt,
      received_at: ctx.now,
      created_at: ctx.now,
    })
    .execute();
}
