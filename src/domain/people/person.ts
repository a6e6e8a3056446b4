import { z } from 'zod';
import { staffRoles } from '#domain/ground/policy.ts';
import { shortText } from '#domain/ground/text.ts';

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

export const locale = z.enum(locales);

/** An IANA zone by its form only; whether the zone exists is asked where zones are known (server, screen). */
export const zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/);

/** An e-mail address as people write it; kept in lower case, because that is how people mistype it. */
export const email = z
  .string()
  .trim()
  .max(254)
  .transform((text) => text.toLowerCase())
  .pipe(z.email());

export const personName = shortText(100);
/** Anything that can be dialled: digits with the usual signs between them. */
export const phone = z
  .string()
  .trim()
  .min(3)
  .max(40)
  .regex(/^\+?[0-9][0-9 ()#*,-]*$/);

export const staffRole = z.enum(staffRoles);
/** At least one role, each once, in the order of the list of roles. */
export const roles = z
  .array(staffRole)
  .min(1)
  .max(staffRoles.length)
  .refine((list) => new Set(list).size === list.length, { error: 'twice' })
  .transform((list) => staffRoles.filter((role) => list.includes(role)));
