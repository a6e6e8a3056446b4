import { plusMinutes } from '#domain/ground/instant.ts';
import { waitingClimbsAfterMinutes } from '#domain/tickets/waiting.ts';
import type { Context } from '../platform/context.ts';
import type { JobTools, Ticker } from '../platform/jobs.ts';
import { addFacts, type ClockRow } from './actions/clock-rows.ts';
import { clockColumns } from './actions/clocks.ts';
import { aboutTicket } from './actions/load-ticket.ts';

const batch = 200;

type DueClock = ClockRow & {
  ticket_id: string;
  customer_id: string;
  requester_id: string;
  assignee_id: string | null;
};

/**
 * R7: warns at shares of the target and notes the breach. It reads only clocks whose next check has come, so its
 * cost grows with what is due and not with what is open; several processes share the work by row locks.
 */
export async function tickClocks({ asSystem }: Pick<JobTools, 'asSystem'>): Promise<number> {
  let ticked = 0;
  for (let found = batch; found === batch; ticked += found) {
    found = await asSystem(tickBatch);
  }
  return ticked;
}

async function tickBatch(ctx: Context): Promise<number> {
  const due = (await ctx.db
    .selectFrom('ticket_clocks as clock')
    .innerJoin('tickets', 'tickets.id', 'clock.ticket_id')
    .select([
      'clock.id',
      'clock.ticket_id',
      'clock.customer_id',
      'tickets.requester_id',
      'tickets.assignee_id',
      'clock.kind',
      'clock.state',
      'clock.facts',
      'clock.restatements',
      'clock.due_at',
      'clock.met_at',
      'clock.breached_at',
      'clock.next_check_at',
      'clock.warned_share',
    ])
    .where('clock.next_check_at', '<=', ctx.now)
    .orderBy('clock.next_check_at')
    .limit(batch)
    .forUpdate('clock')
    .skipLocked()
    .execute()) as DueClock[];
  for (const clock of due) await tickClock(ctx, clock);
  return due.length;
}

async function tickClock(ctx: Context, clock: DueClock): Promise<void> {
  const after = await addFacts(ctx, clock, []);
  await ctx.db
    .updateTable('ticket_clocks')
    .set({ ...clockColumns(after), updated_at: ctx.now })
    .where('id', '=', clock.id)
    .execute();
  const reached = after.warned_share ?? 0;
  if (reached <= (clock.warned_share ?? 0)) return;
  ctx.record({
    name: reached >= 100 ? 'ticket.clock_breached' : 'ticket.clock_warned',
    ...aboutTicket({ id: clock.ticket_id, customer_id: clock.customer_id, requester_id: clock.requester_id }),
    data: { clock: clock.kind, share: reached, due_at: after.due_at, assignee_id: clock.assignee_id },
  });
}

/** R7: waiting on the customer for long climbs to both superiors, once per waiting. */
export async function climbLongWaiting({ asSystem }: Pick<JobTools, 'asSystem'>): Promise<void> {
  await asSystem(async (ctx) => {
    const waiting = await ctx.db
      .selectFrom('tickets')
      .select([
        'id',
        'customer_id',
        'requester_id',
        'waiting_for',
        'waiting_on_contact_id',
        'waiting_since',
        'assignee_id',
      ])
      .where('state', '=', 'waiting_on_customer')
      .where('waiting_climbed_at', 'is', null)
      .where('waiting_since', '<=', plusMinutes(ctx.now, -waitingClimbsAfterMinutes))
      .orderBy('waiting_since')
      .limit(batch)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const ticket of waiting) {
      await ctx.db
        .updateTable('tickets')
        .set({ waiting_climbed_at: ctx.now })
        .where('id', '=', ticket.id)
        .execute();
      const { waiting_for, waiting_on_contact_id, waiting_since, assignee_id } = ticket;
      ctx.record({
        name: 'ticket.waiting_climbed',
        ...aboutTicket(ticket),
        visible_to_customer: true,
        data: { waiting_for, waiting_on_contact_id, waiting_since, assignee_id },
      });
    }
  });
}

export const tickers: Ticker[] = [
  // R7 asks that a breach is noticed within 60 s.
  { name: 'tickets.tick_clocks', everySeconds: 15, run: async (tools) => void (await tickClocks(tools)) },
  { name: 'tickets.climb_long_waiting', everySeconds: 300, run: climbLongWaiting },
];
