import { z } from 'zod';
import { id, instant } from './text.ts';

/**
 * What every write from a device says about itself (header `X-Device`, JSON), so that acts done without signal
 * keep their own time and order. `since_server_ms` counts milliseconds on the device's monotonic clock since
 * `last_server_time` was heard; a device that never heard the server sends null for both.
 */
export const deviceEnvelope = z.strictObject({
  device_id: id,
  seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  device_time: instant,
  last_server_time: instant.nullable(),
  since_server_ms: z.number().min(0).max(1e12).nullable(),
  /** The device's clock less the server's, as measured when they last spoke; null when never measured. */
  offset_ms: z.number().min(-1e13).max(1e13).nullable().default(null),
  schema: z.number().int().min(1).max(100_000),
  depends_on: z.array(z.string().max(200)).max(20),
});
export type DeviceEnvelope = z.infer<typeof deviceEnvelope>;
