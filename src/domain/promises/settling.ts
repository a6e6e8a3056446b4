import type { Instant } from '../ground/instant.ts';
import { Refusal } from '../ground/refusal.ts';
import type { PromiseState } from './commands.ts';

export type Promised = {
  state: PromiseState;
  to_contact_id: string | null;
  owner_id: string | null;
  due_at: Instant | null;
};

/** An unsettled promise as the thing that cannot close names it. */
export type OpenPromise = { id: string; words: string; due_at: Instant | null };

/** What a promise caught in passing still lacks; a complete one lacks nothing. */
export function missingParts(promise: Promised): ('to_contact_id' | 'owner_id' | 'due_at')[] {
  return (['to_contact_id', 'owner_id', 'due_at'] as const).filter((part) => promise[part] === null);
}

/**
 * Says why a promise cannot be settled (kept or declined), or null. The customer has been told, and one cannot
 * have been told in the future: `told_at` may lie at most five minutes ahead, the drift of an honest clock.
 */
export function refuseSettling(promise: Promised, told: { told_at: Instant }, now: Instant): Refusal | null {
  if (promise.state !== 'open')
    return new Refusal('conflict', 'promises.already_settled', { state: promise.state });
  if (Date.parse(told.told_at) > Date.parse(now) + 5 * 60_000)
    return new Refusal('invalid', 'promises.told_in_future');
  return null;
}

/** Says why a promise cannot be moved to another time, or null. Only what is due can be moved, and only ahead. */
export function refuseMoving(promise: Promised, to: Instant, now: Instant): Refusal | null {
  if (promise.state !== 'open')
    return new Refusal('conflict', 'promises.already_settled', { state: promise.state });
  if (promise.due_at === null) return new Refusal('conflict', 'promises.incomplete', { missing: ['due_at'] });
  if (to <= now) return new Refusal('invalid', 'promises.due_in_past', { due_at: to });
  return null;
}

/** Says why a promise cannot be completed, or null. A due time once said is moved, not overwritten. */
export function refuseCompleting(
  promise: Promised,
  parts: { to_contact_id?: string; owner_id?: string; due_at?: Instant },
  now: Instant,
): Refusal | null {
  if (promise.state !== 'open')
    return new Refusal('conflict', 'promises.already_settled', { state: promise.state });
  if (parts.due_at !== undefined && promise.due_at !== null && parts.due_at !== promise.due_at) {
    return new Refusal('conflict', 'promises.move_instead');
  }
  if (parts.due_at !== undefined && parts.due_at <= now) {
    return new Refusal('invalid', 'promises.due_in_past', { due_at: parts.due_at });
  }
  return null;
}
