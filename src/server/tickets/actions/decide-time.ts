import { Refusal } from '#domain/ground/refusal.ts';
import { decideTime as withDecidedTime } from '#domain/tickets/sla-clock.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { nextDue, replaceFacts } from './clock-rows.ts';
import { loadClocks, saveChanged } from './clocks.ts';
import { aboutTicket, loadTicket } from './load-ticket.ts';

/** Lays a device time that nobody can believe before a lead; the clocks use the later time until then. */
export async function noteDoubt(ctx: Context, ticket: { id: string; customer_id: string }): Promise<void> {
  const time = ctx.deviceTime;
  if (!time?.doubt) return;
  await ctx.db
    .insertInto('doubtful_times')
    .values({
      id: newId(),
      customer_id: ticket.customer_id,
      ticket_id: ticket.id,
      act: ctx.operation,
      device_at: time.device_at,
      corrected_at: time.corrected_at,
      received_at: time.received_at,
      used_at: time.happened_at,
      doubt: time.doubt,
      created_at: ctx.now,
    })
    .execute();
}

/** A lead decides when a doubtful act happened: by the device's time made right, or when it was received. */
export async function decideTime(
  ctx: Context,
  { params, body }: { params: { id: string }; body: { use: 'device' | 'received' } },
): Promise<{ id: string }> {
  const doubt = await ctx.db
    .selectFrom('doubtful_times')
    .select(['id', 'ticket_id', 'device_at', 'corrected_at', 'received_at', 'decided_at'])
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirst();
  if (!doubt) throw new Refusal('not_found', 'ground.not_found');
  if (doubt.decided_at) throw new Refusal('conflict', 'tickets.time_already_decided');
  const ticket = await loadTicket(ctx, doubt.ticket_id);
  const decided_at = body.use === 'device' ? doubt.corrected_at : doubt.received_at;
  await ctx.db
    .updateTable('doubtful_times')
    .set({ decided_at: ctx.now, decided_by_id: ctx.actor.id, decided_time: decided_at })
    .where('id', '=', doubt.id)
    .execute();
  const before = await loadClocks(ctx.db, ticket.id);
  const after = await Promise.all(
    before.map((row) => {
      const facts = withDecidedTime(row.facts, { ...doubt, decided_at });
      const cause = { at: ctx.now, cause: 'time_decided' as const, happened_at: decided_at };
      return replaceFacts(ctx, row, facts, cause);
    }),
  );
  await saveChanged(ctx, { ticket, before, after });
  await ctx.db
    .updateTable('tickets')
    .set({ next_due_at: nextDue(after), updated_at: ctx.now })
    .where('id', '=', ticket.id)
    .execute();
  ctx.record({
    name: 'ticket.time_decided',
    ...aboutTicket(ticket),
    data: { use: body.use, device_at: doubt.device_at, received_at: doubt.received_at, decided_at },
  });
  return { id: doubt.id };
}
