import { openClashes } from '#domain/visits/clashes.ts';
import type { ActName, VisitAct } from '#domain/visits/commands.ts';
import type { Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import type { VisitRecord } from '../queries/visit-record.ts';

const events: Record<ActName, string> = {
  edit: 'visit.edited',
  set_scope: 'visit.scope_set',
  check_readiness: 'visit.readiness_checked',
  dispatch: 'visit.dispatched',
  reassign: 'visit.reassigned',
  cancel: 'visit.cancelled',
  confirm_today: 'visit.today_confirmed',
  depart: 'visit.departed',
  arrive: 'visit.arrived',
  start: 'visit.started',
  edit_kick_off: 'visit.kick_off_edited',
  acknowledge_kick_off: 'visit.kick_off_acknowledged',
  log: 'visit.logged',
  edit_log: 'visit.log_edited',
  find: 'visit.found',
  edit_finding: 'visit.finding_edited',
  promise: 'visit.promised',
  wrap_up: 'visit.wrapped_up',
  sign: 'visit.signed',
  leave: 'visit.left',
  note: 'visit.noted',
  settle_clash: 'visit.clash_settled',
};

/** Where an event on a visit belongs: the visit, in its ticket, of that ticket's customer and contact. */
export function aboutVisit(id: string, ticket: { id: string; customer_id: string; requester_id: string }) {
  return {
    subject: { kind: 'visit', id },
    context: { kind: 'ticket', id: ticket.id },
    customer_id: ticket.customer_id,
    contact_id: ticket.requester_id,
  };
}

/**
 * Records the act. The customer hears of what they may read afterwards; what they hear of carries no word that was written
 * for colleagues.
 */
export function tellOfAct(
  ctx: Context,
  {
    before,
    after,
    act,
    ticket,
  }: { before: Visit; after: Visit; act: VisitAct; ticket: VisitRecord['ticket'] },
): void {
  ctx.record({
    name: events[act.name],
    ...aboutVisit(after.id, ticket),
    visible_to_customer: concernsCustomer(before, after, act),
    data: { number: after.number, state: after.state, ...dataOf(before, after, act) },
  });
  tellOfAgreed(ctx, { before, after, ticket });
  tellOfEmergency(ctx, { before, after, ticket });
}

/** R28: clashes that this act settled by the way, as both sides say the same by now. */
function tellOfAgreed(
  ctx: Context,
  { before, after, ticket }: { before: Visit; after: Visit; ticket: VisitRecord['ticket'] },
): void {
  const open = new Set(openClashes(before).map(({ id }) => id));
  for (const { id, field, settled } of after.clashes) {
    if (settled?.keep !== 'same' || !open.has(id)) continue;
    ctx.record({
      name: 'visit.clash_agreed',
      ...aboutVisit(after.id, ticket),
      data: { number: after.number, clash_id: id, field },
    });
  }
}

type Emergency = Pick<Visit, 'id' | 'is_emergency' | 'emergency_reason'>;

/** R20: who made a visit an emergency, and why; in an event of its own, for the reason is for colleagues. */
export function tellOfEmergency(
  ctx: Context,
  { before, after, ticket }: { before: Emergency | null; after: Emergency; ticket: VisitRecord['ticket'] },
): void {
  const isSame =
    before?.is_emergency === after.is_emergency && before.emergency_reason === after.emergency_reason;
  if (!after.is_emergency || isSame) return;
  ctx.record({
    name: 'visit.emergency_declared',
    ...aboutVisit(after.id, ticket),
    data: { reason: after.emergency_reason },
  });
}

function concernsCustomer(before: Visit, after: Visit, act: VisitAct): boolean {
  switch (act.name) {
    case 'set_scope':
    case 'check_readiness':
    case 'edit_kick_off':
    case 'note':
    case 'settle_clash':
      return false;
    case 'edit':
      return (
        ['planned_from', 'planned_to', 'goal', 'done_when', 'not_today', 'kind', 'site_id'] as const
      ).some((field) => before[field] !== after[field]);
    case 'log':
      return act.body.customer_line.trim() !== '';
    case 'edit_log':
      return [before, after].some(({ log }) =>
        log.some(({ id, customer_line }) => id === act.body.entry_id && customer_line.trim() !== ''),
      );
    default:
      return true;
  }
}

function dataOf(before: Visit, after: Visit, act: VisitAct): Record<string, unknown> {
  switch (act.name) {
    case 'edit':
    case 'edit_kick_off':
      return { edit_id: act.body.id, fields: Object.keys(act.body.changes) };
    case 'set_scope':
      return {
        party: act.body.party,
        from: before[`scope_${act.body.party}`],
        to: after[`scope_${act.body.party}`],
      };
    case 'check_readiness':
      return act.body;
    case 'reassign':
      return { from: before.engineer_id, to: after.engineer_id, to_name: after.engineer_name };
    case 'confirm_today':
    case 'acknowledge_kick_off':
      return { contact_id: act.body.contact_id, name: act.body.name, read: act.body.read };
    case 'log':
      return { entry_id: act.body.id, kind: act.body.kind };
    case 'edit_log':
      return { entry_id: act.body.entry_id, fields: Object.keys(act.body.changes) };
    case 'find':
      return { finding_id: act.body.id, risk: act.body.risk };
    case 'edit_finding':
      return { finding_id: act.body.finding_id, fields: Object.keys(act.body.changes) };
    case 'promise':
      return { promise_id: act.body.id, words: act.body.words };
    case 'wrap_up':
      return { wrap_up_id: act.body.id };
    case 'sign': {
      const as_shown = after.signatures.find(({ id }) => id === act.body.id)?.as_shown;
      return {
        contact_id: act.body.contact_id,
        name: act.body.name,
        shown_sha256: act.body.shown_sha256,
        as_shown,
      };
    }
    case 'leave':
      return { comes_back: act.body.comes_back };
    case 'note':
      return { note_id: act.body.id };
    case 'settle_clash':
      return { clash_id: act.body.clash_id, keep: act.body.keep };
    default:
      return {};
  }
}
