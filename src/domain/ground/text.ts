import { z } from 'zod';

/**
 * Text that a database can hold and a screen can show: no NUL (PostgreSQL refuses it), no lone surrogate
 * (UTF-8 cannot carry it), no other control characters than tab and line breaks.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function isClean(text: string): boolean {
  return text.isWellFormed() && !forbidden.test(text);
}

/** One line of at least one visible character, trimmed, at most `max` UTF-16 units. */
export function shortText(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isClean(text) && !/[\r\n]/.test(text), { error: 'text' });
}

/** Text of several lines, at least one visible character, at most `max` UTF-16 units. */
export function longText(max: number) {
  return z
    .string()
    .max(max)
    .refine(isClean, { error: 'text' })
    .refine((text) => text.trim() !== '', { error: 'empty' });
}

/** Like longText, and may be empty: a remark that people may leave out. */
export function optionalText(max: number) {
  return z.string().max(max).refine(isClean, { error: 'text' });
}

export const id = z.uuid();
export const instant = z.iso.datetime({ precision: 3 }).refine(isSinceYearOne, { error: 'year' });
export const plainDate = z.iso.date().refine(isSinceYearOne, { error: 'year' });

/** ISO 8601 has a year 0000; PostgreSQL's calendar begins with the year 1. */
function isSinceYearOne(text: string): boolean {
  return !text.startsWith('0000');
}

/** A key-paged list: `next` is the cursor of the following page, null on the last one. */
export function page<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() });
}

/** Query fields that every list takes. `limit` counts rows, at most 100. */
export const paging = {
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};
