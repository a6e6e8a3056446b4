import { uuidv7 } from 'uuidv7';

/** A new primary key: UUIDv7, so that rows made one after the other lie side by side in their index. */
export function newId(): string {
  return uuidv7();
}
