import { z } from 'zod';
import { id, instant, longText, optionalText, shortText } from '../ground/text.ts';

export const visitKinds = ['repair', 'inspection', 'installation', 'upgrade', 'training', 'survey'] as const;
export const visitKind = z.enum(visitKinds);
export type VisitKind = z.infer<typeof visitKind>;

/** In the order in which a visit lives; `cancelled` ends it before its time. */
export const visitStates = [
  'planned',
  'dispatched',
  'travelling',
  'on_site',
  'working',
  'wrapped_up',
  'signed',
  'done',
  'cancelled',
] as const;
export const visitState = z.enum(visitStates);
export type VisitState = z.infer<typeof visitState>;

/** What one side says the visit is to be. `hours` are hours of work on site; `night` is work between 22:00 and 06:00. */
export const scopeColumn = z.strictObject({
  what: longText(2_000),
  hours: z.number().min(0.25).max(500),
  night: z.boolean(),
  verification: optionalText(1_000),
  said_by: shortText(100),
  said_at: instant,
});
export type ScopeColumn = z.output<typeof scopeColumn>;
export const scopeParties = ['sales', 'customer', 'interface'] as const;
export const scopeParty = z.enum(scopeParties);
export type ScopeParty = z.infer<typeof scopeParty>;

export const who = { by_id: id, by_name: z.string(), at: instant };

export const readinessItems = ['rehearsal', 'backup', 'way_back', 'kit', 'access', 'offline_pack'] as const;
export const readinessItem = z.enum(readinessItems);
export type ReadinessItem = z.infer<typeof readinessItem>;
/** An item that nobody ticked or waived has no entry. */
export const readinessEntry = z.strictObject({
  item: readinessItem,
  state: z.enum(['ticked', 'waived']),
  reason: z.string().nullable(),
  ...who,
});
export type ReadinessEntry = z.output<typeof readinessEntry>;

/** R33: the card of the day. */
export const todayFields = {
  goal: optionalText(2_000),
  done_when: optionalText(2_000),
  not_today: optionalText(2_000),
};
export const todayCard = z.strictObject(todayFields);
export type TodayCard = z.output<typeof todayCard>;

const duty = z.strictObject({ name: shortText(100), duty: shortText(200) });
export const kickOffFields = {
  our_people: z.array(duty).max(30),
  their_people: z.array(duty).max(30),
  need: optionalText(4_000),
  expectations: optionalText(4_000),
  cooperation: optionalText(4_000),
  cooperation_ordered_by: optionalText(200),
  plan: optionalText(4_000),
  cautions: optionalText(4_000),
};
/** R22: the minutes of the kick-off. */
export const minutes = z.strictObject(kickOffFields);
export type Minutes = z.output<typeof minutes>;

/**
 * Somebody of the customer's said that it is so. `read` is what stood on the screen before them; null, or missing in what
 * comes from before it was kept, where nobody knows.
 */
const confirmedBy = { contact_id: id, name: z.string(), at: instant };
export const kickOff = z.strictObject({
  ...kickOffFields,
  acknowledged: z.strictObject({ ...confirmedBy, read: minutes.nullable().optional() }).nullable(),
});
export type KickOff = z.output<typeof kickOff>;

export const photo = z.strictObject({ file_id: id, caption: optionalText(300) });
export type Photo = z.output<typeof photo>;

export const workKinds = [
  'travel',
  'waiting',
  'work',
  'night',
  'verification',
  'report',
  'out_of_contract',
] as const;
export const workKind = z.enum(workKinds);
export type WorkKind = z.infer<typeof workKind>;

/** `line` is for colleagues, `customer_line` what the customer reads. An entry without an end still runs. */
export const logFields = {
  kind: workKind,
  started_at: instant,
  ended_at: instant.nullable(),
  line: optionalText(4_000),
  customer_line: optionalText(2_000),
  waiting_for: optionalText(500),
  waiting_on_contact_id: id.nullable(),
  photos: z.array(photo).max(20),
};
export const logEntry = z.strictObject({ id, ...logFields, ...who });
export type LogEntry = z.output<typeof logEntry>;

export const risks = ['low', 'medium', 'high', 'critical'] as const;
export const risk = z.enum(risks);
export type Risk = z.infer<typeof risk>;
export const reaction = z.enum(['agrees', 'disagrees', 'later']);
export const findingFields = {
  what: longText(2_000),
  risk,
  standard: optionalText(1_000),
  evidence: optionalText(4_000),
  advice: optionalText(4_000),
  cheaper_advice: optionalText(4_000),
  obstacle: optionalText(1_000),
  reaction: reaction.nullable(),
  reaction_words: optionalText(1_000),
  photos: z.array(photo).max(20),
};
export const finding = z.strictObject({ id, ...findingFields, ...who });
export type Finding = z.output<typeof finding>;

/** A promise as the visit shows it; its life is the promises module's. */
export const visitPromise = z.strictObject({
  id,
  words: z.string(),
  to_contact_id: id.nullable(),
  owner_id: id.nullable(),
  due_at: instant.nullable(),
  state: z.enum(['open', 'kept', 'declined']),
});
export type VisitPromise = z.output<typeof visitPromise>;

/** `noted`: something was promised today, and each stands in the promise ledger. */
export const promisedToday = z.enum(['nothing', 'noted']);
export const wrapUpFields = {
  rested_on: longText(4_000),
  problems: optionalText(8_000),
  advice: optionalText(8_000),
  support_needed: optionalText(4_000),
  tomorrow: optionalText(4_000),
  reaction: optionalText(2_000),
  promised_today: promisedToday,
  /** How long the talk took. */
  minutes: z.number().int().min(0).max(600),
};
export const wrapUp = z.strictObject({ id, ...wrapUpFields, ...who });
export type WrapUp = z.output<typeof wrapUp>;

const strokesOf = (part: z.ZodType<number, number>) => z.array(z.array(part).min(2).max(4_000)).max(200);
const inBox = z.number().min(-100).max(1_100);
/** One stroke is x, y, x, y … in a box of 1000 × 400. */
export const strokes = strokesOf(inBox);
/**
 * As a hand draws them: rounded to tenths of the box, finer than a screen shows. A database writes 5e-324 out in 326 digits,
 * each time that it is read. What was kept before keeps its numbers.
 */
export const drawnStrokes = strokesOf(inBox.overwrite((part) => Math.round(part * 10) / 10));
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** `as_shown`: what was signed is what the record said at that moment; false when the two differed. */
export const signature = z.strictObject({
  id,
  contact_id: id,
  name: z.string(),
  role: z.string(),
  strokes,
  shown: z.string(),
  shown_sha256: sha256,
  as_shown: z.boolean(),
  ...who,
});
export type Signature = z.output<typeof signature>;

/** `photos` is missing on pages that a phone has kept since before notes had any. */
export const visitNote = z.strictObject({
  id,
  body: z.string(),
  photos: z.array(photo).max(20).optional(),
  ...who,
});
export type VisitNote = z.output<typeof visitNote>;

/**
 * Two people changed one field: `theirs` stands in the record, `mine` came later and waits beside it. `field` is a path:
 * `goal`, `kick_off.need`, `log.<id>.line`. Settled as `same`: nobody had to decide, the record came to say what waited.
 */
export const clash = z.strictObject({
  id: z.string(),
  field: z.string(),
  based_on: z.unknown(),
  theirs: z.unknown(),
  mine: z.unknown(),
  ...who,
  settled: z.strictObject({ keep: z.enum(['theirs', 'mine', 'same']), ...who }).nullable(),
});
export type Clash = z.output<typeof clash>;

/**
 * A day on site that ended with the engineer coming back: its times, why it had no wrap-up, and the ids of the wrap-ups,
 * promises and signatures that belong to it.
 */
export const visitDay = z.strictObject({
  departed_at: instant.nullable(),
  arrived_at: instant.nullable(),
  started_at: instant.nullable(),
  left_at: instant.nullable(),
  no_wrap_up_reason: z.string().nullable(),
  held: z.array(id),
});
export type VisitDay = z.output<typeof visitDay>;

/**
 * All of a visit that acts change. The same shape on the phone and on the server, so that one pure rule
 * (`applyAct` in acting.ts) gives the result on the one and the verdict on the other.
 */
export const visit = z.strictObject({
  id,
  number: z.number().int(),
  /** Counts the acts on it; a phone knows by it whether it has seen everything. */
  version: z.number().int(),
  ticket_id: id,
  customer_id: id,
  site_id: id.nullable(),
  engineer_id: id,
  engineer_name: z.string(),
  kind: visitKind,
  is_emergency: z.boolean(),
  /** Why it is one; empty where it is none, or was one before anybody was asked. Missing on pages that a phone kept since then. */
  emergency_reason: z.string().optional(),
  state: visitState,
  planned_from: instant,
  planned_to: instant,
  goal: z.string(),
  done_when: z.string(),
  not_today: z.string(),
  interface_contact_id: id.nullable(),
  /** Who may sign beside the interface person. */
  signer_ids: z.array(id),
  today_confirmed: z.strictObject({ ...confirmedBy, read: todayCard.nullable().optional() }).nullable(),
  /** By path (`goal`, `kick_off.need`), who last changed what customers confirm, or why it is an emergency; what nobody changed has none. */
  last_changed: z.record(z.string(), z.strictObject(who)).optional(),
  scope_sales: scopeColumn.nullable(),
  scope_customer: scopeColumn.nullable(),
  scope_interface: scopeColumn.nullable(),
  readiness: z.array(readinessEntry),
  dispatched: z
    .strictObject({ ...who, overridden: z.array(z.string()), override_reason: z.string().nullable() })
    .nullable(),
  /** Days before this one; missing on pages that a phone has kept since before visits had days. */
  days: z.array(visitDay).optional(),
  departed_at: instant.nullable(),
  arrived_at: instant.nullable(),
  started_at: instant.nullable(),
  left_at: instant.nullable(),
  /** Why a day ended without a wrap-up. */
  no_wrap_up_reason: z.string().nullable(),
  cancelled: z.strictObject({ ...who, reason: z.string() }).nullable(),
  kick_off: kickOff,
  log: z.array(logEntry),
  findings: z.array(finding),
  promises: z.array(visitPromise),
  wrap_ups: z.array(wrapUp),
  signatures: z.array(signature),
  notes: z.array(visitNote),
  clashes: z.array(clash),
});
export type Visit = z.output<typeof visit>;

export const emptyKickOff: KickOff = {
  our_people: [],
  their_people: [],
  need: '',
  expectations: '',
  cooperation: '',
  cooperation_ordered_by: '',
  plan: '',
  cautions: '',
  acknowledged: null,
};
