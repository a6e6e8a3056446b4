import { Refusal } from '#domain/ground/refusal.ts';

export const shortestPassword = 10;
/** A limit only against megabytes sent to be hashed. */
export const longestPassword = 128;

/**
 * The stems that lead every published list of stolen passwords, here and abroad. A password is too common when
 * nothing but a stem, digits and signs is in it.
 */
const commonStems = [
  'password',
  'passw0rd',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
  'woaini',
  'welcome',
  'letmein',
  'monkey',
  'dragon',
  'football',
  'sunshine',
  'princess',
  'superman',
  'batman',
  'trustno',
  'abc',
  'abcd',
  'abcde',
  'abcdef',
  'abcdefg',
  'qazwsx',
  'qazwsxedc',
  'admin',
  'administrator',
  'root',
  'test',
  'user',
  'guest',
  'login',
  'master',
  'changeme',
  'default',
  'secret',
  'mima',
  'aini',
  'wang',
  'zhang',
];

/**
 * May this be somebody's password? Length counts, composition does not. Refusals: `people.password_too_short`,
 * `people.password_too_long`, `people.password_too_common`, `people.password_is_you`; null when it may.
 * `about` holds what everybody knows of the person (name, address).
 */
export function refusePassword(password: string, about: readonly string[]): Refusal | null {
  const length = [...password].length;
  if (length < shortestPassword) {
    return new Refusal('invalid', 'people.password_too_short', { min: shortestPassword });
  }
  if (password.length > longestPassword || !password.isWellFormed()) {
    return new Refusal('invalid', 'people.password_too_long', { max: longestPassword });
  }
  if (isCommon(password)) return new Refusal('invalid', 'people.password_too_common');
  if (isAbout(password, about)) return new Refusal('invalid', 'people.password_is_you');
  return null;
}

function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5) return true;
  if (isRun(lower)) return true;
  // Other scripts than these keys' count as letters, and nobody lists their words.
  if (/[^\x20-\x7e]/.test(lower)) return false;
  const core = lower
    .replace(/^[^a-z@$]+|[^a-z]+$/g, '')
    .replaceAll('@', 'a')
    .replaceAll('0', 'o')
    .replaceAll('$', 's');
  // No letters at all: a date, a telephone number, a row of keys.
  return core === '' || commonStems.includes(core.replace(/[^a-z]/g, ''));
}

/** Every character follows the one before it: 0123456789, abcdefghij, 9876543210. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((char, at) => char.charCodeAt(0) - text.charCodeAt(at));
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9);
}

function isAbout(password: string, about: readonly string[]): boolean {
  const lower = password.toLowerCase();
  return about
    .flatMap((text) => [text, text.split('@')[0] ?? ''])
    .map((text) => text.toLowerCase())
    .filter((text) => text.length >= 4)
    .some((text) => lower.replaceAll(text, '').length < 4);
}
