import { uuidv7 } from 'uuidv7';
import type { DeviceEnvelope } from '#domain/ground/device.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { readStored, writeStored } from './device-storage.ts';

/**
 * Raise it when acts are written differently than before, and give those that older apps left on devices a step to the new
 * form (offline/machine/stored-act.ts). The server reads bodies, not this number: what is new in a body has a default there.
 */
export const schemaVersion = 1;

const deviceId = readStored<string>('device.id') ?? uuidv7();
writeStored('device.id', deviceId);

/** What was learned when the server last spoke: its time, and how far this device's wall clock was ahead of it. */
export type Contact = { time: Instant; offset_ms: number };

let heard: { time: Instant; at: number } | null = null;
let contact = readStored<Contact>('device.contact') ?? null;
let keptAt = Number.NEGATIVE_INFINITY;
/** Each write delays the ones after it; where it must not be lost it is kept elsewhere as well. */
const keepEveryMs = 30_000;

/**
 * Remembers the server's clock beside this device's monotonic one; a wrong wall clock then does no harm. What was
 * measured outlives the page, the monotonic clock does not.
 */
export function noteServerTime(dateHeader: string | null): void {
  const ms = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(ms)) return;
  const at = performance.now();
  heard = { time: new Date(ms).toISOString(), at };
  contact = { time: heard.time, offset_ms: Date.now() - ms };
  if (at - keptAt < keepEveryMs) return;
  keptAt = at;
  writeStored('device.contact', contact);
}

/** What was measured last, to be kept where it survives a kill. */
export function presentContact(): Contact | null {
  return contact;
}

/** Takes back what was kept; what this page has heard itself is newer. */
export function recallContact(kept: Contact | undefined): void {
  if (kept && (contact === null || kept.time > contact.time)) contact = kept;
}

/** True for an answer of our own server: a hotel's sign-in page answers 200 as well, with a clock of its own. */
export function isOurs(response: Response): boolean {
  return response.headers.has('X-Request-Id');
}

/** Sequence numbers are handed out once per act, in the order in which people acted, over all tabs of the device. */
export function nextSequence(atLeast = 0): number {
  const seq = Math.max(readStored<number>('device.seq') ?? 0, atLeast) + 1;
  writeStored('device.seq', seq);
  return seq;
}

export type HappenedOnDevice = Omit<DeviceEnvelope, 'depends_on'>;

/** The envelope of an act that happens now; its time is the one when the person acted, not when a retry went out. */
export function happensNow(seq = nextSequence()): HappenedOnDevice {
  return { device_id: deviceId, seq, schema: schemaVersion, ...timesNow() };
}

/** `since_server_ms` is null when this page has not heard the server: its monotonic clock began after that. */
export function timesNow() {
  return {
    device_time: new Date().toISOString(),
    since_server_ms: heard === null ? null : Math.round(performance.now() - heard.at),
    last_server_time: heard?.time ?? contact?.time ?? null,
    offset_ms: contact?.offset_ms ?? null,
  };
}

export function envelopeHeader(happened: HappenedOnDevice, dependsOn: string[]): string {
  return JSON.stringify({ ...happened, depends_on: dependsOn });
}
