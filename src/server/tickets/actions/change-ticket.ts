import { type Change, joinChanges } from '#domain/ground/patch.ts';
import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { TicketActed } from '#domain/tickets/commands.ts';
import { priorityOf } from '#domain/tickets/priority.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import type { Context } from '../../platform/context.ts';
import { clocksOf, retargetClocks } from './clocks.ts';
import { aboutTicket, loadTicket } from './load-ticket.ts';

type ById = { id: string };

/** Changes facts of a ticket. A new kind, severity or contract changes the targets; the clocks follow. */
export async function editTicket(
  ctx: Context,
  { params, body }: { params: ById; body: { changes: Record<string, Change | undefined> } },
): Promise<TicketActed> {
  const ticket = await loadTicket(ctx, params.id);
  if (ticket.state === 'closed') throw new Refusal('conflict', 'tickets.already_closed');
  const row = await ctx.db
    .selectFrom('tickets')
    .select([
      'title',
      'kind',
      'impact',
      'urgency',
      'felt_severity',
      'site_id',
      'asset_id',
      'contract_id',
      'priority',
    ])
    .where('id', '=', ticket.id)
    .executeTakeFirstOrThrow();
  const changes = unlessRefused(joinChanges(row, body.changes)) as Partial<typeof row>;
  const after = { ...row, ...changes };
  const priority = priorityOf(after.impact, after.urgency);
  if (Object.keys(changes).length > 0) {
    await ctx.db
      .updateTable('tickets')
      .set({ ...changes, priority, updated_at: ctx.now })
      .where('id', '=', ticket.id)
      .execute();
    ctx.record({
      name: 'ticket.edited',
      ...aboutTicket(ticket),
      visible_to_customer: 'title' in changes,
      data: { from: only(row, Object.keys(changes)), to: changes, priority },
    });
  }
  const moved = priority !== row.priority || after.kind !== row.kind || after.contract_id !== row.contract_id;
  const clocks = moved
    ? await retargetClocks(ctx, ticket, {
        kind: after.kind as TicketKind,
        priority,
        contract_id: after.contract_id,
        why: after.contract_id !== row.contract_id ? 'contract' : 'priority',
      })
    : await clocksOf(ctx, ticket.id);
  return acted(ctx, ticket, clocks);
}

/** Gives a ticket to somebody, or back to the queue with null. The one who takes it gives it to themselves. */
export async function assignTicket(
  ctx: Context,
  { params, body }: { params: ById; body: { assignee_id: string | null } },
): Promise<TicketActed> {
  const ticket = await loadTicket(ctx, params.id);
  if (ticket.state === 'closed') throw new Refusal('conflict', 'tickets.already_closed');
  const assignee = body.assignee_id ? await loadColleague(ctx, body.assignee_id) : null;
  if (ticket.assignee_id !== body.assignee_id) {
    await ctx.db
      .updateTable('tickets')
      .set({ assignee_id: body.assignee_id, updated_at: ctx.now })
      .where('id', '=', ticket.id)
      .execute();
    ctx.record({
      name: 'ticket.assigned',
      ...aboutTicket(ticket),
      visible_to_customer: true,
      data: { from: ticket.assignee_id, to: body.assignee_id, to_name: assignee?.name ?? null },
    });
  }
  return acted(ctx, ticket, await clocksOf(ctx, ticket.id));
}

async function loadColleague(ctx: Context, id: string): Promise<{ id: string; name: string }> {
  const colleague = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'disabled_at'])
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
  if (!colleague) throw new Refusal('invalid', 'tickets.assignee_unknown');
  if (colleague.disabled_at)
    throw new Refusal('conflict', 'tickets.assignee_disabled', { name: colleague.name });
  return colleague;
}

function acted(
  ctx: Context,
  ticket: { id: string; number: number; state: TicketActed['state'] },
  clocks: { next_due_at: string | null; views: TicketActed['clocks'] },
): TicketActed {
  const { id, number, state } = ticket;
  return { id, number, state, updated_at: ctx.now, next_due_at: clocks.next_due_at, clocks: clocks.views };
}

function only(row: Record<string, unknown>, fields: string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}
