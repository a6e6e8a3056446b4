import type { DeviceEnvelope } from '#domain/ground/device.ts';
import { correctedTime } from '#domain/ground/device-time.ts';
import { type Instant, later } from '#domain/ground/instant.ts';
import { timesNow } from '../ui/device.ts';

/** When an act happened as far as this device can know: the rule by which the server will set its time right. */
export function happenedAt(
  envelope: Pick<DeviceEnvelope, 'device_time' | 'since_server_ms' | 'last_server_time' | 'offset_ms'>,
): Instant {
  const { corrected_at } = correctedTime({ ...envelope, received_at: envelope.device_time });
  // A wall clock set back while the page was closed: nothing happens before what the server is known to have said.
  return later(corrected_at, envelope.last_server_time ?? corrected_at);
}

/** Now, by a clock set right: the one by which the server will read what is done now. */
export function correctedNow(): Instant {
  return happenedAt(timesNow());
}
