import { z } from 'zod';
import { type Instant, plusMinutes } from '../ground/instant.ts';

export const receivedState = z.enum(['waiting', 'done', 'failed']);
export const receivedOutcome = z.enum([
  'ticket',
  'message',
  'repeat',
  'auto_reply',
  'bounce',
  'own_loop',
  'set_aside',
]);
export type ReceivedOutcome = z.infer<typeof receivedOutcome>;

/** Why a mail that came in is not read: too large to be taken, its bytes are gone, no sender, or something else. */
export const receivedFailures = ['too_large', 'unreadable', 'bytes_missing', 'other'] as const;
export const receivedFailure = z.enum(receivedFailures);
export type ReceivedFailure = (typeof receivedFailures)[number];

// A mail that fails three times fails for a reason that waiting does not mend.
const pausesMinutes = [1, 5];

/** When a mail that could not be read is tried again after so many attempts; null: a person has to look. */
export function nextReading(attempts: number, failure: ReceivedFailure, now: Instant): Instant | null {
  if (failure === 'too_large' || failure === 'unreadable') return null;
  const pause = pausesMinutes[attempts - 1];
  return pause === undefined ? null : plusMinutes(now, pause);
}

/** At most one answer that no person wrote goes to a sender within this time. */
export const receiptPauseHours = 24;
