import { uuidv7 } from 'uuidv7';
import { readStored, writeStored } from './device-storage.ts';

/** Raise it when the meaning of a queued command changes, so that the server can read old devices rightly. */
const schemaVersion = 1;

const deviceId = readStored<string>('device.id') ?? uuidv7();
writeStored('device.id', deviceId);

let lastServer: { time: string; at: number } | null = null;

/** Remembers the server's clock beside this device's monotonic one; a wrong wall clock then does no harm. */
export function noteServerTime(dateHeader: string | null): void {
  const ms = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (!Number.isNaN(ms)) lastServer = { time: new Date(ms).toISOString(), at: performance.now() };
}

/** Sequence numbers are handed out once per act, in the order in which people acted, over all tabs of the device. */
export function nextSequence(): number {
  const seq = (readStored<number>('device.seq') ?? 0) + 1;
  writeStored('device.seq', seq);
  return seq;
}

export type HappenedOnDevice = {
  seq: number;
  device_time: string;
  at: number;
  /** The server time that was last heard before the act. */
  heard: { time: string; at: number } | null;
};

export function happensNow(): HappenedOnDevice {
  return {
    seq: nextSequence(),
    device_time: new Date().toISOString(),
    at: performance.now(),
    heard: lastServer,
  };
}

/**
 * The envelope of one act: the time is the one when the person acted, not when a retry went out.
 * `since_server_ms` is null when no server time was seen before the act.
 */
export function deviceEnvelope(happened: HappenedOnDevice, dependsOn: string[]): string {
  const { heard } = happened;
  return JSON.stringify({
    device_id: deviceId,
    seq: happened.seq,
    device_time: happened.device_time,
    since_server_ms: heard === null ? null : Math.round(happened.at - heard.at),
    last_server_time: heard?.time ?? null,
    schema: schemaVersion,
    depends_on: dependsOn,
  });
}
