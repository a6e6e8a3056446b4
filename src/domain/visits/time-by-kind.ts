import type { Instant } from '../ground/instant.ts';
import { toMs } from '../ground/instant.ts';
import type { Visit, WorkKind } from './visit.ts';
import { workKinds } from './visit.ts';

/** Minutes of each kind of work, whole, in the kinds' own order; what still runs counts until `now`. */
export function minutesByKind(
  visit: Pick<Visit, 'log'>,
  now: Instant,
): { kind: WorkKind; minutes: number }[] {
  return workKinds.flatMap((kind) => {
    const ms = visit.log
      .filter((entry) => entry.kind === kind)
      .reduce(
        (sum, { started_at, ended_at }) => sum + Math.max(0, toMs(ended_at ?? now) - toMs(started_at)),
        0,
      );
    return ms > 0 ? [{ kind, minutes: Math.round(ms / 60_000) }] : [];
  });
}

/** All minutes of a log: the kinds as they are shown, so that whoever adds them up comes to the same sum. */
export function minutesWorked(visit: Pick<Visit, 'log'>, now: Instant): number {
  return minutesByKind(visit, now).reduce((sum, { minutes }) => sum + minutes, 0);
}
