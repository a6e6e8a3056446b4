import { z } from 'zod';
import { id, instant, paging, plainDate } from '../ground/text.ts';
import { searchKinds } from './document.ts';

export const searchKind = z.enum(searchKinds);

/** Any text at all: what no text can hold counts as a space. Of a longer one, a whole log, the beginning is asked for. */
const words = z.string().transform((text) =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim(),
);

/** One value or several with commas: `kinds=ticket,message`. */
const kinds = z
  .string()
  .max(200)
  .transform((text) => text.split(',').filter((kind) => kind !== ''))
  .pipe(z.array(searchKind).max(searchKinds.length))
  .optional();

const marked = z.strictObject({ text: z.string(), marks: z.array(z.tuple([z.number(), z.number()])) });

const thing = {
  id,
  kind: searchKind,
  subject_id: id,
  number: z.number().nullable(),
  state: z.string().nullable(),
  happened_at: instant,
  title: marked,
  body: marked,
  ticket: z.strictObject({ id, number: z.number(), title: z.string() }).nullable(),
  visit: z.strictObject({ id, number: z.number() }).nullable(),
};

export const foundThing = z.strictObject({
  ...thing,
  is_internal: z.boolean(),
  customer: z.strictObject({ id, name: z.string() }),
});
export type FoundThing = z.output<typeof foundThing>;

/** What a customer's contact finds: nothing that is written for colleagues has a field here. */
export const foundForContact = z.strictObject(thing);
export type FoundForContact = z.output<typeof foundForContact>;

const limit = z.coerce.number().int().min(1).max(50).default(20);

export const search = {
  query: z.strictObject({
    q: words,
    kinds,
    customer_id: id.optional(),
    state: z
      .string()
      .regex(/^[a-z_]{1,40}$/)
      .optional(),
    from: plainDate.optional(),
    to: plainDate.optional(),
    after: paging.after,
    limit,
  }),
  /**
   * `next` is null on the last page; the best hundred are shown. `is_cut`: the text was longer than what is looked at of a
   * query, and only its beginning was asked for.
   */
  result: z.strictObject({ items: z.array(foundThing), next: z.string().nullable(), is_cut: z.boolean() }),
};

export const suggest = {
  query: z.strictObject({ q: words }),
  result: z.strictObject({ items: z.array(foundThing) }),
};

export const portalSearch = {
  query: z.strictObject({ q: words, after: paging.after, limit }),
  result: z.strictObject({
    items: z.array(foundForContact),
    next: z.string().nullable(),
    is_cut: z.boolean(),
  }),
};
