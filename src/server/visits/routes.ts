import { z } from 'zod';
import { id, paging } from '#domain/ground/text.ts';
import { timeline } from '#domain/tickets/commands.ts';
import { planVisit as shapeOfPlan, visitActed, visitActs } from '#domain/visits/commands.ts';
import * as view from '#domain/visits/views.ts';
import { type Route, raw, read, write } from '../platform/http/route.ts';
import { actOn } from './actions/act-on-visit.ts';
import { actTogether } from './actions/act-together.ts';
import { planVisit } from './actions/plan-visit.ts';
import { decideQuarantined } from './actions/quarantine.ts';
import { listVisits } from './queries/list-visits.ts';
import { carryVisits } from './queries/on-board.ts';
import { openVisit } from './queries/open-visit.ts';
import { listQuarantined } from './queries/quarantined.ts';
import { readTimeline } from './queries/timeline.ts';

const params = z.strictObject({ id });
const result = visitActed;
/** Whoever had the visit may have lost their role by the time it comes home. */
const late = { asksForRole: true } as const;
const quarantined = z.strictObject({ items: z.array(view.quarantinedAct) });

export const routes: Route[] = [
  read('GET /api/visits', 'visits.list', { query: view.listVisits, result: view.visitList }, listVisits),
  read('GET /api/visits/on-board', 'visits.carry', { result: view.onBoard }, carryVisits),
  read('GET /api/visits/{id}', 'visits.open', { params, result: view.visitPage }, openVisit),
  read(
    'GET /api/visits/{id}/timeline',
    'visits.read_timeline',
    { params, query: z.strictObject(paging), result: timeline },
    readTimeline,
  ),
  raw('POST /api/visits/acts', 'visits.act_together', actTogether),
  write('POST /api/visits', 'visits.plan', { body: shapeOfPlan, result }, planVisit, { status: 201 }),
  write(
    'POST /api/visits/{id}/edit',
    'visits.edit',
    { params, body: visitActs.edit, result },
    actOn('edit'),
    late,
  ),
  write(
    'POST /api/visits/{id}/set_scope',
    'visits.set_scope',
    { params, body: visitActs.set_scope, result },
    actOn('set_scope'),
  ),
  write(
    'POST /api/visits/{id}/check_readiness',
    'visits.check_readiness',
    { params, body: visitActs.check_readiness, result },
    actOn('check_readiness'),
    late,
  ),
  write(
    'POST /api/visits/{id}/dispatch',
    'visits.dispatch',
    { params, body: visitActs.dispatch, result },
    actOn('dispatch'),
  ),
  write(
    'POST /api/visits/{id}/reassign',
    'visits.reassign',
    { params, body: visitActs.reassign, result },
    actOn('reassign'),
  ),
  write(
    'POST /api/visits/{id}/cancel',
    'visits.cancel',
    { params, body: visitActs.cancel, result },
    actOn('cancel'),
  ),
  write(
    'POST /api/visits/{id}/confirm_today',
    'visits.confirm_today',
    { params, body: visitActs.confirm_today, result },
    actOn('confirm_today'),
    late,
  ),
  write(
    'POST /api/visits/{id}/depart',
    'visits.depart',
    { params, body: visitActs.depart, result },
    actOn('depart'),
    late,
  ),
  write(
    'POST /api/visits/{id}/arrive',
    'visits.arrive',
    { params, body: visitActs.arrive, result },
    actOn('arrive'),
    late,
  ),
  write(
    'POST /api/visits/{id}/start',
    'visits.start',
    { params, body: visitActs.start, result },
    actOn('start'),
    late,
  ),
  write(
    'POST /api/visits/{id}/edit_kick_off',
    'visits.edit_kick_off',
    { params, body: visitActs.edit_kick_off, result },
    actOn('edit_kick_off'),
    late,
  ),
  write(
    'POST /api/visits/{id}/acknowledge_kick_off',
    'visits.acknowledge_kick_off',
    { params, body: visitActs.acknowledge_kick_off, result },
    actOn('acknowledge_kick_off'),
    late,
  ),
  write(
    'POST /api/visits/{id}/log',
    'visits.log',
    { params, body: visitActs.log, result },
    actOn('log'),
    late,
  ),
  write(
    'POST /api/visits/{id}/edit_log',
    'visits.edit_log',
    { params, body: visitActs.edit_log, result },
    actOn('edit_log'),
    late,
  ),
  write(
    'POST /api/visits/{id}/find',
    'visits.find',
    { params, body: visitActs.find, result },
    actOn('find'),
    late,
  ),
  write(
    'POST /api/visits/{id}/edit_finding',
    'visits.edit_finding',
    { params, body: visitActs.edit_finding, result },
    actOn('edit_finding'),
    late,
  ),
  write(
    'POST /api/visits/{id}/promise',
    'visits.promise',
    { params, body: visitActs.promise, result },
    actOn('promise'),
    late,
  ),
  write(
    'POST /api/visits/{id}/wrap_up',
    'visits.wrap_up',
    { params, body: visitActs.wrap_up, result },
    actOn('wrap_up'),
    late,
  ),
  write(
    'POST /api/visits/{id}/sign',
    'visits.sign',
    { params, body: visitActs.sign, result },
    actOn('sign'),
    late,
  ),
  write(
    'POST /api/visits/{id}/leave',
    'visits.leave',
    { params, body: visitActs.leave, result },
    actOn('leave'),
    late,
  ),
  write(
    'POST /api/visits/{id}/note',
    'visits.note',
    { params, body: visitActs.note, result },
    actOn('note'),
    late,
  ),
  write(
    'POST /api/visits/{id}/settle_clash',
    'visits.settle_clash',
    { params, body: visitActs.settle_clash, result },
    actOn('settle_clash'),
    late,
  ),
  read(
    'GET /api/visits/{id}/quarantined',
    'visits.list_quarantined',
    { params, result: quarantined },
    listQuarantined,
  ),
  write(
    'POST /api/quarantined-acts/{id}/decide',
    'visits.decide_quarantined',
    { params, body: view.decideQuarantined, result: view.quarantinedAct },
    decideQuarantined,
  ),
];
