import { z } from 'zod';
import { password } from '#domain/people/commands.ts';
import { email } from '#domain/people/person.ts';

const code = z.string().trim().min(1).max(40);

/** What one of better-auth's endpoints takes and gives in this house; the rest of them does not exist. */
export type Endpoint = {
  body: z.ZodType<Record<string, unknown>>;
  /** Only for one who is signed in with a session; an API key does not count. */
  signedIn?: true;
  toAuth: (body: Record<string, unknown>) => Record<string, unknown>;
  /** What of better-auth's answer goes out; never its session token, which is the cookie's alone. */
  answer: (answer: Record<string, unknown>) => Record<string, unknown>;
};

const same = (body: Record<string, unknown>) => body;
const nothing = () => ({});

export const endpoints: Record<string, Endpoint> = {
  'sign-in/email': {
    // Whatever is no address belongs to nobody, and is answered like any other wrong one.
    body: z.strictObject({ email: z.string().trim().toLowerCase().max(320), password }),
    toAuth: same,
    answer: (answer) => ({ second_factor_needed: answer.twoFactorRedirect === true }),
  },
  'two-factor/verify-totp': {
    body: z.strictObject({ code, trust_device: z.boolean().optional() }),
    toAuth: (body) => ({
      code: String(body.code).replace(/\s/g, ''),
      trustDevice: body.trust_device === true,
    }),
    answer: nothing,
  },
  'two-factor/verify-backup-code': {
    body: z.strictObject({ code, trust_device: z.boolean().optional() }),
    toAuth: (body) => ({ code: body.code, trustDevice: body.trust_device === true }),
    answer: nothing,
  },
  'sign-out': { body: z.strictObject({}), toAuth: same, answer: nothing },
  'request-password-reset': { body: z.strictObject({ email }), toAuth: same, answer: nothing },
  'reset-password': {
    body: z.strictObject({ token: z.string().regex(/^[\w-]{1,200}$/), password }),
    toAuth: (body) => ({ token: body.token, newPassword: body.password }),
    answer: nothing,
  },
  'change-password': {
    body: z.strictObject({ current_password: password, password }),
    signedIn: true,
    toAuth: (body) => ({
      currentPassword: body.current_password,
      newPassword: body.password,
      // Whoever changes a password may do so because somebody else knows the old one.
      revokeOtherSessions: true,
    }),
    answer: nothing,
  },
  'two-factor/enable': {
    body: z.strictObject({ password }),
    signedIn: true,
    toAuth: (body) => ({ password: body.password, method: 'totp' }),
    answer: (answer) => ({ uri: answer.totpURI, backup_codes: answer.backupCodes }),
  },
  'two-factor/disable': {
    body: z.strictObject({ password }),
    signedIn: true,
    toAuth: same,
    answer: nothing,
  },
  'two-factor/generate-backup-codes': {
    body: z.strictObject({ password }),
    signedIn: true,
    toAuth: same,
    answer: (answer) => ({ backup_codes: answer.backupCodes }),
  },
};
