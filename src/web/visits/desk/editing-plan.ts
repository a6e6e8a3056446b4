import type { Instant } from '#domain/ground/instant.ts';
import type { ActBody } from '#domain/visits/commands.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { wallOf } from '../../ui/wall-time.ts';
import type { VisitPlan } from './VisitFields.tsx';

const edited = [
  'kind',
  'is_emergency',
  'emergency_reason',
  'planned_from',
  'planned_to',
  'site_id',
  'goal',
  'done_when',
  'not_today',
  'interface_contact_id',
  'signer_ids',
] as const;

type Fields = Pick<Visit, (typeof edited)[number]>;
type Changes = ActBody<'edit'>['changes'];

/** A plan being changed: what the record said when the form began, in which zone its times are, and what the form says. */
export type EditDraft = { base: Fields; zone: string; plan: VisitPlan };

/** The form as it begins: what the visit says now. */
export function beginEdit(visit: Fields, zone: string): EditDraft {
  const base = Object.fromEntries(edited.map((field) => [field, visit[field]])) as Fields;
  return { base, zone, plan: planOf(base, zone) };
}

/** An emergency from before anybody was asked why. */
export const isUnasked = (fields: Pick<Fields, 'is_emergency' | 'emergency_reason'>) =>
  fields.is_emergency && !fields.emergency_reason;

/**
 * What the form changes, each with what it is based on: the draft's own beginning, however long ago that was, so that the
 * server finds a clash with what came in meanwhile. `span` are the instants of the plan's times.
 */
export function changesOf(
  { base, zone, plan }: EditDraft,
  span: { from: Instant | null; to: Instant | null },
): Changes {
  // A draft from before it was asked for has no reason.
  const { from: _from, to: _to, emergency_reason = '', ...others } = plan;
  const { from, to } = span;
  const isSameTimes = same(timesOf(plan), timesOf(planOf(base, zone)));
  // A clock on the screen has no seconds: a time that nobody touched is the one that stands.
  const times = isSameTimes || from === null || to === null ? {} : { planned_from: from, planned_to: to };
  const after = { ...others, ...times } as Partial<Fields>;
  const changed = (Object.keys(after) as (keyof Fields)[]).filter(
    (field) => !same(after[field], base[field]),
  );
  const changes = changed.map((field) => [field, { from: base[field], to: after[field] }]);
  const { is_emergency, emergency_reason: reason = '' } = base;
  // Whoever makes it an emergency says why, even in the words of an earlier one.
  const says = others.is_emergency && (!is_emergency || reason !== emergency_reason);
  if (says) changes.push(['emergency_reason', { from: reason, to: emergency_reason }]);
  return Object.fromEntries(changes) as Changes;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const timesOf = ({ from, to, site_id }: VisitPlan) => [from, to, site_id];

function planOf(fields: Fields, zone: string): VisitPlan {
  const { planned_from, planned_to, ...others } = fields;
  const { kind, is_emergency, site_id, goal, done_when, not_today, interface_contact_id, signer_ids } =
    others;
  // The reason of an earlier emergency is none for another one.
  const emergency_reason = (is_emergency && fields.emergency_reason) || '';
  const words = { goal, done_when, not_today, emergency_reason };
  const times = { from: wallOf(planned_from, zone), to: wallOf(planned_to, zone) };
  return { kind, is_emergency, site_id, interface_contact_id, signer_ids, ...words, ...times };
}
