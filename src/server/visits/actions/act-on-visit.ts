import { Refusal, unlessRefused } from '#domain/ground/refusal.ts';
import { applyAct } from '#domain/visits/acting.ts';
import type { ActBody, ActName, VisitAct, VisitActed } from '#domain/visits/commands.ts';
import type { Visit } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import { makePromise } from '../../promises/actions.ts';
import { lockVisit, type VisitRecord } from '../queries/visit-record.ts';
import { claimPhotos } from './claim-photos.ts';
import { holdAgainstRecords } from './hold-against-records.ts';
import { refuseActing } from './may-act.ts';
import { refuseTwoPlaces } from './plan-visit.ts';
import { keepInQuarantine } from './quarantine.ts';
import { saveVisit } from './save-visit.ts';
import { tellOfAct } from './tell-of-act.ts';
import { tellTicket } from './tell-ticket.ts';

/** The action of one act, for its route line. */
export function actOn<N extends ActName>(name: N) {
  return (ctx: Context, { params, body }: { params: { id: string }; body: ActBody<N> }) =>
    actOnVisit(ctx, params.id, { name, body } as VisitAct);
}

/**
 * One act on a visit: load with the row locked → whose is it → the rule → save what changed → record. What comes from
 * somebody whose visit it was until it was given to a colleague, or until they lost their role, is kept, and changes nothing
 * until a lead decides.
 */
export async function actOnVisit(ctx: Context, id: string, act: VisitAct): Promise<VisitActed> {
  const record = await lockVisit(ctx, id);
  if (!record) throw new Refusal('not_found', 'ground.not_found');
  const refused = refuseActing(ctx.actor, record.visit, act);
  if (refused && record.was_theirs) return keepInQuarantine(ctx, record, act);
  if (refused) throw refused;
  return playAct(ctx, record, act);
}

/** The act itself, in the name of whoever the context says; that they may, the caller has seen to. */
export async function playAct(ctx: Context, record: VisitRecord, act: VisitAct): Promise<VisitActed> {
  const { visit: before, ticket } = record;
  const by = { id: ctx.actor.id as string, name: ctx.actor.name as string, happened_at: ctx.happenedAt };
  const checked = await holdAgainstRecords(ctx, before, act);
  const after = unlessRefused(applyAct(before, checked.act, by));
  if (hasMoved(before, after)) await refuseTwoPlaces(ctx, after);
  await claimPhotos(ctx, { before, after, act });
  await saveVisit(ctx, { before, after });
  await keepPromises(ctx, { before, after });
  await tellTicket(ctx, { before, after, ticket, contactNames: checked.contactNames });
  tellOfAct(ctx, { before, after, act: checked.act, ticket });
  const outcome = after.clashes.length > before.clashes.length ? 'conflict' : 'done';
  return { outcome, version: after.version, happened_at: ctx.happenedAt };
}

function hasMoved(before: Visit, after: Visit): boolean {
  return (
    before.planned_from !== after.planned_from ||
    before.planned_to !== after.planned_to ||
    before.engineer_id !== after.engineer_id
  );
}

/** What was promised on the visit is promised in its ticket, whose closing it refuses until it is settled. */
async function keepPromises(ctx: Context, { before, after }: { before: Visit; after: Visit }): Promise<void> {
  for (const { state: _open, ...promise } of after.promises) {
    if (before.promises.some(({ id }) => id === promise.id)) continue;
    const subject = { kind: 'ticket', id: after.ticket_id } as const;
    await makePromise(ctx, { body: { ...promise, subject, message_id: null }, visit_id: after.id });
  }
}
