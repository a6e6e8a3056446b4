import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import type { PlanVisit, VisitActed } from '#domain/visits/commands.ts';
import { refuseEmergency } from '#domain/visits/declaring-emergency.ts';
import { refuseOverlap } from '#domain/visits/overlapping.ts';
import { emptyKickOff, type Visit } from '#domain/visits/visit.ts';
import { loadEngineer, lockEngineer } from '../../people/queries/engineers.ts';
import type { Context } from '../../platform/context.ts';
import { loadTicket } from '../../tickets/actions/load-ticket.ts';
import { checkSite, loadContactNames } from './hold-against-records.ts';
import { assignmentOf, visitColumns } from './save-visit.ts';
import { aboutVisit, tellOfEmergency } from './tell-of-act.ts';

/** Plans a visit to a ticket's customer. Nobody is planned in two places at once. */
export async function planVisit(ctx: Context, { body }: { body: PlanVisit }): Promise<VisitActed> {
  const ticket = await loadTicket(ctx, body.ticket_id);
  if (ticket.state === 'closed')
    throw new Refusal('conflict', 'visits.ticket_closed', { number: ticket.number });
  unlessRefused(refuseEmergency(body));
  const { customer_id } = ticket;
  const engineer = await loadEngineer(ctx.db, body.engineer_id);
  await checkSite(ctx, customer_id, body.site_id);
  await loadContactNames(ctx, customer_id, [body.interface_contact_id, ...body.signer_ids]);
  await refuseTwoPlaces(ctx, body);
  const planned = { ...body, customer_id, last_changed: plannedBy(ctx, body) };
  await ctx.db
    .insertInto('visits')
    .values({
      ...visitColumns({ ...blank, ...planned }),
      id: body.id,
      version: 1,
      ticket_id: ticket.id,
      customer_id,
      created_by_id: ctx.actor.id,
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .execute();
  await ctx.db.insertInto('visit_assignments').values(assignmentOf(ctx, planned)).execute();
  const { kind, planned_from, planned_to, is_emergency } = body;
  ctx.record({
    name: 'visit.planned',
    ...aboutVisit(body.id, ticket),
    visible_to_customer: true,
    data: {
      kind,
      planned_from,
      planned_to,
      is_emergency,
      engineer_id: engineer.id,
      engineer_name: engineer.name,
    },
  });
  tellOfEmergency(ctx, { before: null, after: body, ticket });
  return { outcome: 'done', version: 1, happened_at: ctx.happenedAt };
}

/** Who made it an emergency stands beside the reason from the first. */
function plannedBy(ctx: Context, { is_emergency }: PlanVisit): Visit['last_changed'] {
  if (!is_emergency) return {};
  return {
    emergency_reason: {
      by_id: ctx.actor.id as string,
      by_name: ctx.actor.name as string,
      at: ctx.happenedAt,
    },
  };
}

/** Refuses a span in which the engineer is planned elsewhere; their row is held, so that no other plan comes between. */
export async function refuseTwoPlaces(
  ctx: Context,
  span: Pick<Visit, 'id' | 'engineer_id' | 'planned_from' | 'planned_to'>,
): Promise<void> {
  await lockEngineer(ctx.db, span.engineer_id);
  const others = await ctx.db
    .selectFrom('visits')
    .select(['id', 'number', 'planned_from', 'planned_to'])
    .where('engineer_id', '=', span.engineer_id)
    .where('state', 'not in', ['done', 'cancelled'])
    .where('planned_from', '<', span.planned_to)
    .where('planned_to', '>', span.planned_from)
    .execute();
  const refused = refuseOverlap(span, others);
  if (refused) throw refused;
}

const blank = {
  state: 'planned',
  today_confirmed: null,
  scope_sales: null,
  scope_customer: null,
  scope_interface: null,
  dispatched: null,
  departed_at: null,
  arrived_at: null,
  started_at: null,
  left_at: null,
  no_wrap_up_reason: null,
  cancelled: null,
  kick_off: emptyKickOff,
} as unknown as Visit;
