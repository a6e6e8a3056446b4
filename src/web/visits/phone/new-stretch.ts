import { type Instant, later } from '#domain/ground/instant.ts';
import type { Visit } from '#domain/visits/visit.ts';

/**
 * What people mean most by a new entry of the log: from where the last one ended until now; after a stretch that still runs,
 * or when this one is to run, from now on. The server says its time in whole seconds and so, right after, "now" can lie
 * before what was written down a moment ago: then the stretch has no length, and is not turned round.
 */
export function newStretch(
  visit: Pick<Visit, 'log' | 'started_at'>,
  { runs, now }: { runs: boolean; now: Instant },
): { started_at: Instant; ended_at: Instant | null } {
  if (runs || visit.log.some(({ ended_at }) => ended_at === null)) return { started_at: now, ended_at: null };
  const lastEnd = visit.log.findLast(({ ended_at }) => ended_at !== null)?.ended_at;
  const started_at = lastEnd ?? visit.started_at ?? now;
  return { started_at, ended_at: later(now, started_at) };
}
