import { z } from 'zod';
import { id, instant, longText, optionalText, page, paging, shortText } from '../ground/text.ts';

export const promiseStates = ['open', 'kept', 'declined'] as const;
export const promiseState = z.enum(promiseStates);
export type PromiseState = z.infer<typeof promiseState>;

/** How the customer was told. */
export const toldHow = z.enum(['message', 'phone', 'in_person', 'im', 'email']);
export const promiseParams = z.strictObject({ id });

/** Caught in passing, a promise may lack to whom, by whom and due; words are never missing. */
export const makePromise = z.strictObject({
  id,
  subject: z.strictObject({ kind: z.literal('ticket'), id }),
  message_id: id.nullable().default(null),
  words: shortText(1_000),
  to_contact_id: id.nullable().default(null),
  owner_id: id.nullable().default(null),
  due_at: instant.nullable().default(null),
});
export type MakePromise = z.output<typeof makePromise>;

export const completePromise = z.strictObject({
  to_contact_id: id.optional(),
  owner_id: id.optional(),
  due_at: instant.optional(),
});

const told = {
  told_how: toldHow,
  told_at: instant,
  told_note: optionalText(1_000).default(''),
};
export const keepPromise = z.strictObject({ ...told });
export const declinePromise = z.strictObject({ reason: longText(1_000), ...told });
export const movePromise = z.strictObject({
  to: instant,
  agreed_by: shortText(200),
  reason: longText(1_000),
});

export const promiseRow = z.strictObject({
  id,
  customer_id: id,
  customer_name: z.string(),
  customer_zone: z.string(),
  subject_kind: z.literal('ticket'),
  subject_id: id,
  message_id: id.nullable(),
  words: z.string(),
  to_contact_id: id.nullable(),
  to_contact_name: z.string().nullable(),
  owner_id: id.nullable(),
  owner_name: z.string().nullable(),
  due_at: instant.nullable(),
  first_due_at: instant.nullable(),
  moved_count: z.number().int(),
  state: promiseState,
  settled_at: instant.nullable(),
  told_how: toldHow.nullable(),
  told_at: instant.nullable(),
  told_note: z.string().nullable(),
  decline_reason: z.string().nullable(),
  created_at: instant,
});
export type PromiseRow = z.output<typeof promiseRow>;

export const listPromises = z.strictObject({
  ...paging,
  state: promiseState.default('open'),
  owner: z.union([z.enum(['me', 'none']), id]).optional(),
  customer_id: id.optional(),
  subject_id: id.optional(),
});
export type ListPromises = z.output<typeof listPromises>;
export const promiseList = page(promiseRow);
