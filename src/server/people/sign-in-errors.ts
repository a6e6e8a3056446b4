import { Refusal, type RefusalKind } from '#domain/ground/refusal.ts';

/** better-auth's errors in this house's words; what is not here is a bug. */
const refusals: Record<string, [RefusalKind, string]> = {
  INVALID_EMAIL: ['unauthenticated', 'people.wrong_sign_in'],
  INVALID_EMAIL_OR_PASSWORD: ['unauthenticated', 'people.wrong_sign_in'],
  PASSWORD_TOO_LONG: ['unauthenticated', 'people.wrong_sign_in'],
  PASSWORD_TOO_SHORT: ['invalid', 'people.password_too_short'],
  PERSON_DISABLED: ['forbidden', 'people.disabled'],
  INVALID_PASSWORD: ['invalid', 'people.wrong_password'],
  INVALID_CODE: ['invalid', 'people.wrong_code'],
  INVALID_BACKUP_CODE: ['invalid', 'people.wrong_code'],
  INVALID_TWO_FACTOR_COOKIE: ['unauthenticated', 'people.second_factor_expired'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['unauthenticated', 'people.second_factor_expired'],
  ACCOUNT_TEMPORARILY_LOCKED: ['limited', 'people.second_factor_locked'],
  TOTP_ALREADY_ENABLED: ['conflict', 'people.two_factor_on'],
  TOTP_NOT_ENABLED: ['conflict', 'people.two_factor_off'],
  TWO_FACTOR_NOT_ENABLED: ['conflict', 'people.two_factor_off'],
  BACKUP_CODES_NOT_ENABLED: ['conflict', 'people.two_factor_off'],
  INVALID_TOKEN: ['not_found', 'people.reset_link_invalid'],
  USER_NOT_FOUND: ['not_found', 'people.reset_link_invalid'],
  UNAUTHORIZED: ['unauthenticated', 'ground.sign_in_first'],
  SESSION_EXPIRED: ['unauthenticated', 'ground.sign_in_first'],
  SESSION_NOT_FRESH: ['unauthenticated', 'ground.sign_in_first'],
};

/** The refusal that an answer of better-auth stands for; throws where it stands for a bug. */
export function refusalOfAnswer(status: number, answer: unknown): Refusal {
  const { code = '' } = (answer ?? {}) as { code?: string };
  const known = refusals[code];
  if (known) return new Refusal(known[0], known[1]);
  if (status === 401) return new Refusal('unauthenticated', 'ground.sign_in_first');
  throw new Error(`better-auth answered ${status} ${code}`);
}
