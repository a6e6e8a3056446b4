import { z } from 'zod';
import { deviceEnvelope } from '../ground/device.ts';
import { patchOf } from '../ground/patch.ts';
import { id, instant, longText, optionalText, shortText } from '../ground/text.ts';
import {
  drawnStrokes,
  findingFields,
  kickOffFields,
  logFields,
  minutes,
  photo,
  promisedToday,
  reaction,
  readinessItem,
  scopeColumn,
  scopeParty,
  sha256,
  todayCard,
  todayFields,
  visitKind,
  workKind,
  wrapUpFields,
} from './visit.ts';

const emergencyReason = optionalText(500);
const nothing = z.strictObject({});
const patched = <T extends Record<string, z.ZodType>>(fields: T) =>
  z.strictObject({ id, ...patchOf(fields).shape });

export const planVisit = z.strictObject({
  id,
  ticket_id: id,
  engineer_id: id,
  site_id: id.nullable().default(null),
  kind: visitKind,
  is_emergency: z.boolean().default(false),
  emergency_reason: emergencyReason.default(''),
  planned_from: instant,
  planned_to: instant,
  goal: todayFields.goal.default(''),
  done_when: todayFields.done_when.default(''),
  not_today: todayFields.not_today.default(''),
  interface_contact_id: id.nullable().default(null),
  signer_ids: z.array(id).max(10).default([]),
});
export type PlanVisit = z.output<typeof planVisit>;

/**
 * The body of each act on a visit, by its name: `POST /api/visits/{id}/<act>`, permission `visits.<act>`. All can wait
 * in a phone's outbox. An act that makes something carries that thing's id; an edit carries an id of its own, by which
 * a clash is named, and for each field the value it was based on.
 */
export const visitActs = {
  edit: patched({
    kind: visitKind,
    planned_from: instant,
    planned_to: instant,
    site_id: id.nullable(),
    ...todayFields,
    interface_contact_id: id.nullable(),
    signer_ids: z.array(id).max(10),
    is_emergency: z.boolean(),
    emergency_reason: emergencyReason,
  }),
  set_scope: z.strictObject({
    id,
    party: scopeParty,
    from: scopeColumn.nullable(),
    to: scopeColumn.nullable(),
  }),
  /** `open` takes a tick or a waiver back. A waiver needs its reason. */
  check_readiness: z.strictObject({
    item: readinessItem,
    state: z.enum(['ticked', 'waived', 'open']),
    reason: shortText(500).nullable().default(null),
  }),
  dispatch: z.strictObject({ override_reason: shortText(500).nullable().default(null) }),
  reassign: z.strictObject({ engineer_id: id, engineer_name: shortText(100) }),
  cancel: z.strictObject({ reason: shortText(500) }),
  /** `read` is what was on the screen; a phone whose app is older than this field doesn't say. */
  confirm_today: z.strictObject({
    contact_id: id,
    name: shortText(100),
    read: todayCard.nullable().default(null),
  }),
  depart: nothing,
  arrive: nothing,
  start: nothing,
  edit_kick_off: patched(kickOffFields),
  acknowledge_kick_off: z.strictObject({
    contact_id: id,
    name: shortText(100),
    read: minutes.nullable().default(null),
  }),
  log: z.strictObject({
    id,
    kind: workKind,
    started_at: instant,
    ended_at: instant.nullable().default(null),
    line: optionalText(4_000).default(''),
    customer_line: optionalText(2_000).default(''),
    waiting_for: optionalText(500).default(''),
    waiting_on_contact_id: id.nullable().default(null),
    photos: z.array(photo).max(20).default([]),
  }),
  edit_log: z.strictObject({ entry_id: id, ...patched(logFields).shape }),
  find: z.strictObject({
    id,
    what: longText(2_000),
    risk: findingFields.risk,
    standard: optionalText(1_000).default(''),
    evidence: optionalText(4_000).default(''),
    advice: optionalText(4_000).default(''),
    cheaper_advice: optionalText(4_000).default(''),
    obstacle: optionalText(1_000).default(''),
    reaction: reaction.nullable().default(null),
    reaction_words: optionalText(1_000).default(''),
    photos: z.array(photo).max(20).default([]),
  }),
  edit_finding: z.strictObject({ finding_id: id, ...patched(findingFields).shape }),
  /** Caught in passing, a promise may lack all but its words. */
  promise: z.strictObject({
    id,
    words: shortText(1_000),
    to_contact_id: id.nullable().default(null),
    owner_id: id.nullable().default(null),
    due_at: instant.nullable().default(null),
  }),
  wrap_up: z.strictObject({ id, ...wrapUpFields }),
  /** `shown` is the text of `signingText` in signing-off.ts as the signer read it, `shown_sha256` its SHA-256. */
  sign: z.strictObject({
    id,
    contact_id: id,
    name: shortText(100),
    role: shortText(100),
    strokes: drawnStrokes,
    shown: longText(200_000),
    shown_sha256: sha256,
  }),
  /** `comes_back`: the day ends and the visit goes on. */
  leave: z.strictObject({
    promised_today: promisedToday,
    comes_back: z.boolean().default(false),
    no_wrap_up_reason: shortText(500).nullable().default(null),
  }),
  note: z.strictObject({ id, body: longText(20_000), photos: z.array(photo).max(20).default([]) }),
  settle_clash: z.strictObject({ clash_id: shortText(200), keep: z.enum(['theirs', 'mine']) }),
} satisfies Record<string, z.ZodType>;

export type ActName = keyof typeof visitActs;
export type ActBody<N extends ActName> = z.output<(typeof visitActs)[N]>;
/** One act on a visit, named. */
export type VisitAct = { [N in ActName]: { name: N; body: ActBody<N> } }[ActName];

/** What is done on site, by the visit's engineer; the rest is the desk's. */
export const fieldActs: readonly ActName[] = [
  'edit',
  'check_readiness',
  'confirm_today',
  'depart',
  'arrive',
  'start',
  'edit_kick_off',
  'acknowledge_kick_off',
  'log',
  'edit_log',
  'find',
  'edit_finding',
  'promise',
  'wrap_up',
  'sign',
  'leave',
  'note',
  'settle_clash',
];

/** Acts that waited on a phone, in the order in which they were done; each as it would go alone. */
export const actsTogether = z.strictObject({
  acts: z
    .array(
      z.strictObject({
        visit_id: id,
        name: z.enum(Object.keys(visitActs) as [ActName, ...ActName[]]),
        key: z.string().regex(/^[\x21-\x7e]{8,200}$/),
        device: deviceEnvelope,
        body: z.unknown(),
      }),
    )
    .min(1)
    .max(40),
});
export type ActTogether = z.output<typeof actsTogether>['acts'][number];
/** What one of them would have been answered alone; `body` is the text. */
export type ActAnswer = { key: string; status: number; retry_after_seconds: number | null; body: string };

/**
 * `conflict`: all is stored, and some field waits beside another's value. `quarantined`: the visit was no longer the
 * actor's, or the actor no longer an engineer; the act is kept as it came, and a lead decides.
 */
export const visitActed = z.strictObject({
  outcome: z.enum(['done', 'conflict', 'quarantined']),
  version: z.number().int(),
  happened_at: instant,
});
export type VisitActed = z.output<typeof visitActed>;
