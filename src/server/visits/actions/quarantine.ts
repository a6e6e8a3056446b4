import { sql } from 'kysely';
import type { StaffActor } from '#domain/ground/actor.ts';
import type { CorrectedTime } from '#domain/ground/device-time.ts';
import type { StaffRole } from '#domain/ground/policy.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import { type VisitAct, type VisitActed, visitActs } from '#domain/visits/commands.ts';
import type { QuarantinedAct } from '#domain/visits/views.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { listQuarantinedOf } from '../queries/quarantined.ts';
import { lockVisit, type VisitRecord } from '../queries/visit-record.ts';
import { playAct } from './act-on-visit.ts';
import { photosIn, placePhotos } from './claim-photos.ts';
import { worksOnVisits } from './may-act.ts';
import { aboutVisit } from './tell-of-act.ts';

/**
 * So many acts of one person wait on one visit, and no more: three days without signal are 200 edits (R28), and whoever has
 * nothing more to do here must not fill the lead's list. Further ones stay on the phone, refused and in sight.
 */
const mostWaiting = 500;
/** What waits on one visit, whoever did it: all of it stands on the visit's page, which a phone carries as well. */
const mostWaitingMegabytes = 20;

/** Keeps an act of somebody whose visit it was, as it came and with its photos. It changes nothing until a lead decides. */
export async function keepInQuarantine(
  ctx: Context,
  { visit, ticket }: VisitRecord,
  act: VisitAct,
): Promise<VisitActed> {
  await refuseTooMany(ctx, visit.id);
  await placePhotos(ctx, visit, photosIn(act));
  const id = newId();
  const reason: QuarantinedAct['reason'] = worksOnVisits(ctx.actor) ? 'reassigned' : 'permission_withdrawn';
  await ctx.db
    .insertInto('quarantined_acts')
    .values({
      id,
      visit_id: visit.id,
      customer_id: visit.customer_id,
      act: act.name,
      body: JSON.stringify(act.body),
      reason,
      done_by_id: ctx.actor.id as string,
      done_by_name: ctx.actor.name as string,
      happened_at: ctx.happenedAt,
      device_time: ctx.deviceTime && JSON.stringify(ctx.deviceTime),
      received_at: ctx.now,
      created_at: ctx.now,
    })
    .execute();
  await ctx.db.updateTable('visits').set({ updated_at: ctx.now }).where('id', '=', visit.id).execute();
  ctx.record({
    name: 'visit.quarantined',
    ...aboutVisit(visit.id, ticket),
    data: { quarantined_act_id: id, act: act.name, reason },
  });
  return { outcome: 'quarantined', version: visit.version, happened_at: ctx.happenedAt };
}

/** The visit is locked: two acts can't both be the last that fits. */
async function refuseTooMany(ctx: Context, visitId: string): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('quarantined_acts')
    .select((from) => [
      from.fn.countAll<string>().filterWhere('done_by_id', '=', ctx.actor.id).as('own'),
      // As it is read and sent, not as the database packs it: a megabyte of one letter is packed into a few hundred bytes.
      sql<string>`coalesce(sum(octet_length(body::text)), 0)`.as('bytes'),
    ])
    .where('visit_id', '=', visitId)
    .where('verdict', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(waiting.own) >= mostWaiting)
    throw new Refusal('conflict', 'visits.too_many_waiting', { limit: mostWaiting });
  if (Number(waiting.bytes) >= mostWaitingMegabytes * 1_000_000)
    throw new Refusal('conflict', 'visits.too_much_waiting', { megabytes: mostWaitingMegabytes });
}

/**
 * A lead applies what was kept, in the name of whoever did it and at its own time, or drops it with a reason. What the rule
 * refuses is said, and the act stays undecided.
 */
export async function decideQuarantined(
  ctx: Context,
  { params, body }: { params: { id: string }; body: { verdict: 'apply' | 'drop'; reason: string | null } },
): Promise<QuarantinedAct> {
  const kept = await ctx.db
    .selectFrom('quarantined_acts')
    .select([
      'id',
      'visit_id',
      'act',
      'body',
      'done_by_id',
      'happened_at',
      'device_time',
      'verdict',
      'decided_by_name',
    ])
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirst();
  if (!kept) throw new Refusal('not_found', 'ground.not_found');
  if (kept.verdict) throw new Refusal('conflict', 'visits.already_decided', { name: kept.decided_by_name });
  const reason = body.reason?.trim() || null;
  if (body.verdict === 'drop' && reason === null) throw new Refusal('invalid', 'visits.drop_needs_reason');
  const record = await lockVisit(ctx, kept.visit_id);
  if (!record) throw new Refusal('not_found', 'ground.not_found');
  if (body.verdict === 'apply') await playAct(await contextOf(ctx, kept), record, actOf(kept));
  const verdict = body.verdict === 'apply' ? ('applied' as const) : ('dropped' as const);
  await ctx.db
    .updateTable('quarantined_acts')
    .set({
      verdict,
      decided_at: ctx.now,
      decided_by_id: ctx.actor.id,
      decided_by_name: ctx.actor.name,
      decision_reason: reason,
    })
    .where('id', '=', kept.id)
    .execute();
  await ctx.db.updateTable('visits').set({ updated_at: ctx.now }).where('id', '=', kept.visit_id).execute();
  ctx.record({
    name: 'visit.quarantine_decided',
    ...aboutVisit(kept.visit_id, record.ticket),
    data: { quarantined_act_id: kept.id, act: kept.act, verdict, reason },
  });
  const { items } = await listQuarantinedOf(ctx, { visit_id: kept.visit_id, id: kept.id });
  return items[0] as QuarantinedAct;
}

function actOf(kept: { act: string; body: unknown }): VisitAct {
  const name = kept.act as VisitAct['name'];
  return { name, body: visitActs[name].parse(kept.body) } as VisitAct;
}

/** The transaction as whoever did the act would have it, at the time of the act as it was judged when it came in. */
async function contextOf(
  ctx: Context,
  kept: { act: string; done_by_id: string; happened_at: string; device_time: unknown },
): Promise<Context> {
  const { id, name, roles, locale, zone } = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'roles', 'locale', 'zone'])
    .where('id', '=', kept.done_by_id)
    .executeTakeFirstOrThrow();
  const actor: StaffActor = {
    kind: 'staff',
    id,
    name,
    roles: roles as StaffRole[],
    locale,
    zone,
    session_id: null,
    api_key_id: null,
    scopes: null,
  };
  return ctx.inTheNameOf(actor, {
    happenedAt: kept.happened_at,
    deviceTime: kept.device_time as CorrectedTime | null,
    operation: `visits.${kept.act}`,
  });
}
