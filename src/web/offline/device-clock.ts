import type { Instant } from '#domain/ground/instant.ts';
import { happenedAt, timesNow } from '../ui/device.ts';

/** Now, by a clock set right: the one by which the server will read what is done now. */
export function correctedNow(): Instant {
  return happenedAt(timesNow());
}
