import { uuidv7, V7Generator } from 'uuidv7';

/** A new primary key: UUIDv7, so that rows made one after the other lie side by side in their index. */
export function newId(): string {
  return uuidv7();
}

const dated = new V7Generator();

/**
 * A key as it would have been made at `ms` since 1970: what came from elsewhere takes its place in lists by key. Of
 * several with one time the later call gives the later key, if none with another time lies between.
 */
export function newIdAt(ms: number): string {
  return dated.generateOrResetWithTs(ms).toString();
}
