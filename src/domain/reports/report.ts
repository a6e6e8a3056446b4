import { z } from 'zod';
import { id, instant } from '../ground/text.ts';
import { reaction, risk, sha256, strokes, visitKind, workKind } from '../visits/visit.ts';

const text = z.string();
const person = z.strictObject({ name: text, duty: text });
/** `n` counts the report's photos from 1, in the order in which they are printed. */
export const reportPhoto = z.strictObject({ n: z.number().int(), file_id: id, caption: text });
export type ReportPhoto = z.output<typeof reportPhoto>;

/**
 * Somebody of the customer's said that it is so. `changed` is what this report says otherwise than they read, empty where it
 * says the same; it is missing where nobody kept what was read.
 */
export const reportConfirmation = z.strictObject({
  name: text,
  at: instant,
  changed: z
    .array(z.strictObject({ field: text, read: text, by_name: text.nullable(), at: instant.nullable() }))
    .optional(),
});
export type ReportConfirmation = z.output<typeof reportConfirmation>;

export const workLine = z.strictObject({
  kind: workKind,
  started_at: instant,
  /** Null while it still runs; then it has no minutes either. */
  ended_at: instant.nullable(),
  minutes: z.number().int().nullable(),
  line: text,
  waiting_for: text,
  waiting_on: text.nullable(),
  photos: z.array(reportPhoto),
});

export const reportFinding = z.strictObject({
  what: text,
  risk,
  standard: text,
  evidence: text,
  advice: text,
  cheaper_advice: text,
  reaction: reaction.nullable(),
  reaction_words: text,
  /** R27: when the customer heard of it in a wrap-up that has its words; null marks it as new. */
  heard_at: instant.nullable(),
  photos: z.array(reportPhoto),
});
export type ReportFinding = z.output<typeof reportFinding>;

export const reportWrapUp = z.strictObject({
  at: instant,
  by_name: text,
  minutes: z.number().int(),
  rested_on: text,
  problems: text,
  advice: text,
  support_needed: text,
  tomorrow: text,
  reaction: text,
});

export const reportSignature = z.strictObject({
  id,
  name: text,
  role: text,
  at: instant,
  strokes,
  shown_sha256: sha256,
  as_shown: z.boolean(),
  /** The text that was read and signed, where this report says anything else; left out where it says the same. */
  shown: text.optional(),
});
export type ReportSignature = z.output<typeof reportSignature>;

/** The service firm as it was when the report was made. */
export const reportFirm = z.strictObject({
  name: text,
  name_en: text.nullable(),
  accent_color: text,
  contact_phone: text.nullable(),
  logo_file_id: id.nullable(),
});
export type ReportFirm = z.output<typeof reportFirm>;

/**
 * All that a report says, in whatever language and on whatever paper: what the customer may know of a visit and nothing
 * else. `form` counts the shapes, so that an old version can always be read.
 */
export const reportFacts = z.strictObject({
  form: z.literal(1),
  firm: reportFirm,
  customer: z.strictObject({ name: text }),
  site: z.strictObject({ name: text, address: text.nullable(), city: text.nullable() }).nullable(),
  /** Times are printed as the clocks of this zone show them. */
  zone: text,
  ticket: z.strictObject({ number: z.number().int(), title: text }),
  asset: z
    .strictObject({ name: text, model: text.nullable(), serial: text.nullable(), version: text.nullable() })
    .nullable(),
  visit: z.strictObject({
    id,
    number: z.number().int(),
    kind: visitKind,
    /** When it was called off; why stays inside. Versions from before this was told lack it. */
    cancelled_at: instant.nullable().optional(),
    planned_from: instant,
    planned_to: instant,
    engineer: text,
    arrived_at: instant.nullable(),
    started_at: instant.nullable(),
    left_at: instant.nullable(),
    /** Where the visit has several: each day's coming and going. */
    days: z.array(z.strictObject({ arrived_at: instant.nullable(), left_at: instant.nullable() })).optional(),
  }),
  interface_person: z.strictObject({ name: text, title: text.nullable() }).nullable(),
  people: z.strictObject({ ours: z.array(person), theirs: z.array(person) }),
  today: z.strictObject({
    goal: text,
    done_when: text,
    not_today: text,
    confirmed: reportConfirmation.nullable(),
  }),
  /** What was agreed with the customer's own side; what sales wrote stays inside. */
  scope: z
    .strictObject({
      what: text,
      hours: z.number(),
      night: z.boolean(),
      verification: text,
      said_by: text,
      said_at: instant,
    })
    .nullable(),
  kick_off: z
    .strictObject({
      need: text,
      expectations: text,
      cooperation: text,
      cooperation_ordered_by: text,
      plan: text,
      cautions: text,
      acknowledged: reportConfirmation.nullable(),
    })
    .nullable(),
  work: z.array(workLine),
  /** Minutes of each kind that occurred, in the order of the kinds. */
  minutes: z.array(z.strictObject({ kind: workKind, minutes: z.number().int() })),
  /** The gravest first. */
  findings: z.array(reportFinding),
  promises: z.array(
    z.strictObject({
      words: text,
      to: text.nullable(),
      due_at: instant.nullable(),
      state: z.enum(['open', 'kept', 'declined']),
    }),
  ),
  wrap_ups: z.array(reportWrapUp),
  signatures: z.array(reportSignature),
});
export type ReportFacts = z.output<typeof reportFacts>;
