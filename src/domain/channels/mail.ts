import { z } from 'zod';
import { type Instant, plusMinutes } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';

export const mailStates = ['waiting', 'sent', 'failed', 'bounced'] as const;
export const mailState = z.enum(mailStates);
export type MailState = (typeof mailStates)[number];

/**
 * Why a mail did not leave: `refused` for good by the mail server, `put_off` by it for now, no way to it,
 * our sign-in refused, no answer in time, too old by the time there was a mail server, or something else.
 */
export const mailFailures = [
  'refused',
  'put_off',
  'unreachable',
  'sign_in_refused',
  'timed_out',
  'stale',
  'other',
] as const;
export const mailFailure = z.enum(mailFailures);
export type MailFailure = (typeof mailFailures)[number];

// Minutes until the next attempt: soon at first, since most failures pass, and about two days in all.
const pauses = [1, 5, 15, 60, 240, 720, 1_440];

/** When to try again after so many failed attempts; null when it is time to give up and say so. */
export function nextAttempt(mail: { attempts: number; failure: MailFailure }, now: Instant): Instant | null {
  // What a server refuses for good it refuses again; a person has to look.
  if (mail.failure === 'refused') return null;
  const pause = pauses[mail.attempts - 1];
  return pause === undefined ? null : plusMinutes(now, pause);
}

// News of last month reads like a mistake: after a week only a person sends it.
const freshDays = 7;

/** Whether a mail has waited so long (for a mail server, mostly) that it must not leave by itself any more. */
export function isStale(mail: { created_at: Instant }, now: Instant): boolean {
  return plusMinutes(mail.created_at, freshDays * 1_440) < now;
}

/** Says why a mail cannot be sent again by hand, or null. */
export function refuseRetrying(mail: { state: MailState }): Refusal | null {
  return mail.state === 'sent' ? new Refusal('conflict', 'mails.already_sent') : null;
}
